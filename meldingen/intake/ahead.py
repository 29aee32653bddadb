"""What comes after sending, in dated lines: received, looked at, done. The page of thanks reads them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meldingen import calendar
from meldingen.calendar import ServiceLevel
from meldingen.notifications import reading
from meldingen.notifications.labels import OTHERS_WORDS, expected, expected_for_others, stands, team_name
from meldingen.record import workflow
from meldingen.record.models import Melding
from meldingen.routing import planning
from meldingen.tenancy.days_off import read_days_off
from meldingen.tenancy.models import Team


@dataclass(frozen=True)
class Line:
    """When, and what; `is_done` for what happened already."""

    when: str
    what: str
    is_done: bool = False


def lines_ahead(melding: Melding, now: datetime) -> list[Line]:
    """The three of a melding that was just received, in the order of their moments, in local time; of any other when
    it was, and how it stands.

    Nothing is said that was not told before.
    """
    words = _("We received your report")
    if not is_just_received(melding, now):
        day = formats.date_format(timezone.localtime(melding.received_at), "l j F")
        return [Line(capfirst(day), words, is_done=True), _standing(melding)]
    receipt = Line(_("Now"), words, is_done=True)
    return [receipt, _look_at_danger(melding) if melding.danger else _with_a_team(melding), _end(melding)]


def is_just_received(melding: Melding, now: datetime) -> bool:
    """Whether what is told on its day still holds: the page of thanks has an address, and is opened later too."""
    zone = melding.municipality.time_zone
    is_today = calendar.local_day(melding.received_at, zone) == calendar.local_day(now, zone)
    return is_today and melding.lead_id is None and workflow.public(melding.state) in (workflow.NEW, workflow.ASSIGNED)


def is_under_way(melding: Melding) -> bool:
    """Whether anybody is still going to work on it."""
    return workflow.public(reading.standing(melding).state) in workflow.OPEN


def _standing(melding: Melding) -> Line:
    """The words of the private page: of one that was merged, how the other stands."""
    lead = reading.standing(melding)
    if lead is melding:
        return Line(_("Now"), f"{stands(melding)} {expected(melding)}".strip())
    return Line(_("Now"), f"{OTHERS_WORDS[lead.state]} {expected_for_others(lead)}".strip())


def _look_at_danger(melding: Melding) -> Line:
    """A danger is looked at by the clock, also at night: never later than a team would look at anything else."""
    team = _team(melding)
    words = _("{team} has looked at the danger").format(team=team) if team else _("Somebody has looked at the danger")
    until = melding.promised_at
    return Line(_last(until, with_time=True) if until else _("First"), words)


def _with_a_team(melding: Melding) -> Line:
    """Somebody reads it on the next day that is worked: at night too nobody is told that it is sooner."""
    zone = melding.municipality.time_zone
    today = calendar.local_day(melding.received_at, zone)
    end = calendar.end_of_term(melding.received_at, ServiceLevel(1), zone, read_days_off(melding.municipality_id))
    when = _by(calendar.local_day(end, zone), today)
    team = _team(melding)
    if team:
        return Line(when, _("{team} looks at it").format(team=team))
    return Line(when, _("A colleague looks which team can solve it"))


def _team(melding: Melding) -> str:
    """To which it goes, as far as its category says so; an emergency is looked at first."""
    if melding.category is None or melding.is_emergency:
        return ""
    plan = planning.plan(melding, planning.read_rulebook(melding.municipality_id, [melding]))
    team = Team.objects.of(melding.municipality_id).filter(pk=plan.team or 0).first()
    return team_name(team.name) if team else ""


def _end(melding: Melding) -> Line:
    day = melding.done_by if melding.danger else melding.promised_at
    if day is None:
        return Line(_("After that"), _("Your own page says when it will be done"))
    return Line(_last(day), _("It is done, as far as we can see now"))


def _by(day: date, today: date) -> str:
    """The next day that is worked, as people say it."""
    if day <= today + timedelta(days=1):
        return _("Today or tomorrow")
    return capfirst(_("{day} at the latest").format(day=formats.date_format(day, "l j F")))


def _last(moment: datetime, *, with_time: bool = False) -> str:
    local = timezone.localtime(moment)
    day = formats.date_format(local, "l j F")
    time = f", {formats.date_format(local, 'H:i')}" if with_time else ""
    return capfirst(_("{day} at the latest").format(day=f"{day}{time}"))
