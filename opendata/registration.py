"""In which periods a municipality registered meldingen: by what it declares in public, never by the meldingen.

A month without registration is not a month without meldingen: its table would tell zeros that mean nothing. Because
the days are declared, what is drawn and what is not tells nothing about any melding.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from meldingen.tenancy.models import Municipality
from opendata.disclosure import Period

Span = tuple[date, date]  # first and last day, both included
ONE_DAY = timedelta(days=1)
# A period is drawn when at most one in so many of its days lies in a gap.
ONE_IN = 10
AHEAD = 24  # months that are looked at for the first figures


@dataclass(frozen=True)
class Registration:
    """The days on which a municipality registered meldingen, as it declares in public: from `first` (None: it did not
    say) to `last` (None: still), but for `gaps`. Nothing of it is looked up in meldingen.
    """

    first: date | None
    last: date | None
    gaps: tuple[Span, ...]


def registration_of(municipality: Municipality) -> Registration:
    """What a municipality declares; one query."""
    gaps = municipality.gaps.order_by("first_day", "last_day").values_list("first_day", "last_day")
    return Registration(municipality.registered_from, municipality.registered_until, tuple(gaps))


def registrations() -> dict[int, Registration]:
    """What all municipalities declare, by their ids; one query."""
    rows = Municipality.objects.order_by("pk", "gaps__first_day", "gaps__last_day")
    of_town: dict[int, Registration] = {}
    columns = ("pk", "registered_from", "registered_until", "gaps__first_day", "gaps__last_day")
    for pk, first, last, begin, end in rows.values_list(*columns):
        earlier = of_town[pk].gaps if pk in of_town else ()
        of_town[pk] = Registration(first, last, earlier if begin is None else (*earlier, (begin, end)))
    return of_town


class Lack(enum.Enum):
    """Why a period is not drawn."""

    UNDECLARED = "it has not declared since when it registers meldingen"
    OUTSIDE = "not all of its days are ones on which meldingen were registered"
    GAPS = "more than a tenth of its days lie in declared gaps"

    @property
    def remedy(self) -> str:
        if self is Lack.UNDECLARED:
            return "Declare registered_from in the file of load_municipality or in the settings of the municipality."
        return "Months without registration are no months without meldingen: nothing is drawn."


def lack(registration: Registration, period: Period) -> Lack | None:
    """Why the municipality cannot draw this period; None when it can."""
    last_day = period.day_after - ONE_DAY
    if registration.first is None:
        return Lack.UNDECLARED
    if period.first_day < registration.first or (registration.last is not None and registration.last < last_day):
        return Lack.OUTSIDE
    days = (period.day_after - period.first_day).days
    return Lack.GAPS if number_of_days(missing(registration, period.first_day, last_day)) * ONE_IN > days else None


def first_figures(registration: Registration, today: date) -> date | None:
    """The earliest day on which figures of a municipality that has none can appear; None when no month of the next
    two years can be drawn.
    """
    if registration.first is None:
        return None
    start = max(registration.first, today - timedelta(days=31))
    months = (start.year * 12 + start.month - 1 + ahead for ahead in range(AHEAD))
    periods = (Period.month(number // 12, number % 12 + 1) for number in months)
    return next((max(period.day_after, today) for period in periods if lack(registration, period) is None), None)


def missing(registration: Registration, first_day: date, last_day: date) -> tuple[Span, ...]:
    """The days from `first_day` to `last_day` on which nothing was registered, as spans in order that do not touch."""
    if registration.first is None:
        return ((first_day, last_day),)
    spans = list(registration.gaps)
    if first_day < registration.first:
        spans.append((first_day, registration.first - ONE_DAY))
    if registration.last is not None and registration.last < last_day:
        spans.append((registration.last + ONE_DAY, last_day))
    inside = sorted((max(first, first_day), min(last, last_day)) for first, last in spans)
    return _join(span for span in inside if span[0] <= span[1])


def number_of_days(spans: tuple[Span, ...]) -> int:
    """How many days the spans have together."""
    return sum((last - first).days + 1 for first, last in spans)


def _join(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order of their first day, made into ones that do not touch."""
    result: list[Span] = []
    for first, last in spans:
        if result and first <= result[-1][1] + ONE_DAY:
            result[-1] = (result[-1][0], max(result[-1][1], last))
        else:
            result.append((first, last))
    return tuple(result)
