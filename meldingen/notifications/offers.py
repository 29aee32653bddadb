"""What the private page of a melding offers who made it: words to add, taking it back, saying whether it is solved.

The page asks here what it shows, and the use cases ask here once more before they do it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from meldingen import calendar
from meldingen.record import workflow
from meldingen.record.models import Melding

# After it was closed: who is not content says so within two weeks. After that it is a melding of its own.
DAYS_AFTER = 14


@dataclass(frozen=True, kw_only=True)
class Offers:
    """What may be done now. `until`: the last day on which it can be said that it is not solved."""

    adds: bool
    withdraws: bool
    asks_whether_solved: bool
    until: date | None


def offers(melding: Melding, now: datetime) -> Offers:
    """What its reporter may do with the melding; a question to the database only where it may be withdrawn."""
    last = last_day(melding)
    in_time = last is not None and calendar.local_day(now, melding.municipality.time_zone) <= last
    asks = in_time and melding.state == workflow.SOLVED and melding.lead_id is None
    return Offers(
        adds=melding.state in workflow.OPEN or (in_time and melding.state != workflow.WITHDRAWN),
        withdraws=melding.state in workflow.OPEN and not melding.is_emergency and not melding.merged.exists(),
        asks_whether_solved=asks,
        until=last if asks else None,
    )


def last_day(melding: Melding) -> date | None:
    """The last day on which its reporter can say something of how it ended; None while it is open."""
    if melding.closed_at is None:
        return None
    return calendar.local_day(melding.closed_at, melding.municipality.time_zone) + timedelta(days=DAYS_AFTER)
