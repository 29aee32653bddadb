"""Periods that are not drawn for a while: who looks after the open data holds them, with a public reason and a day."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from analytics import grid
from meldingen.tenancy.models import Municipality, User
from opendata.datasets.wording import period_in_words
from opendata.disclosure import DisclosureError, Period
from opendata.models import Hold, Release
from opendata.refusals import HoldRefused

LONGEST = timedelta(days=366)
SHORTEST_REASON = 10


@dataclass(frozen=True)
class Standstill:
    """A hold as everybody may read it."""

    period: Period
    reason: str
    until: date

    def in_words(self) -> str:
        """In the language of the reader."""
        words = _("The figures of %(period)s are held until %(day)s: %(reason)s")
        figures = {"period": period_in_words(self.period), "day": date_format(self.until, "j F Y")}
        return words % (figures | {"reason": self.reason})


def current(municipality: Municipality) -> dict[Period, Standstill]:
    """What is held today, by its period; of pages of the public too: who holds it is not read. One query where nothing
    is held, which is nearly always; what day it is there takes another.
    """
    # Nowhere it is an earlier day than the one before that of UTC, so what ended by then is held nowhere.
    holds = Hold.objects.of(municipality).filter(lifted_at=None, until__gte=timezone.now().date())
    rows = list(holds.order_by("period").values_list("period", "reason", "until"))
    today = grid.today(municipality) if rows else date.min
    standstills = (Standstill(Period.parse(period), reason, until) for period, reason, until in rows if until > today)
    return {one.period: one for one in standstills}


def hold(municipality: Municipality, name: str, reason: str, until: date, by: User) -> Hold:
    """Keep a period from being drawn until a day. HoldRefused for what is out, without a reason, and for too long."""
    period, today = _period(name), grid.today(municipality)
    if len(reason.strip()) < SHORTEST_REASON:
        raise HoldRefused("reason", _("Say why, in a sentence: everybody reads it on the page of open data."), "reason")
    if not today < until <= today + LONGEST:
        raise HoldRefused("until", _("Choose a day after today, at most a year from now."), "until")
    if Release.objects.drawn().of(municipality).filter(period=str(period)).exists():
        raise HoldRefused("drawn", _("These figures are out. What was drawn is never taken back."), "period")
    try:
        with transaction.atomic():
            Hold.objects.of(municipality).filter(period=str(period), lifted_at=None, until__lte=today).update(
                lifted_at=timezone.now()
            )
            return Hold.objects.create(
                municipality=municipality, period=str(period), reason=reason.strip(), until=until, held_by=by
            )
    except IntegrityError as error:
        raise HoldRefused("held", _("This period is held already. Look at the page again."), "period") from error


def lift(municipality: Municipality, name: str, by: User) -> None:
    """Let a period be drawn again. HoldRefused when it is not held."""
    period = _period(name)
    open_holds = Hold.objects.of(municipality).filter(period=str(period), lifted_at=None)
    if not open_holds.update(lifted_at=timezone.now(), lifted_by=by):
        raise HoldRefused("not_held", _("This period is not held. Look at the page again."), "period")


def _period(name: str) -> Period:
    try:
        return Period.parse(name)
    except DisclosureError as error:
        words = _("Write a month as 2026-07, a quarter as 2026-Q3, a year as 2026.")
        raise HoldRefused("period", words, "period") from error
