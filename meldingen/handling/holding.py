"""Keeps for a while what would be forgotten: who sent a threat must be known, for a report to the police, say."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen import calendar
from meldingen.record import events, lifecycle
from meldingen.record.models import Event, Hold, Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import User

MOST_DAYS = 180
LONGEST_REASON = 200


@dataclass(frozen=True)
class Keep:
    """Until which day it is kept, and why."""

    until: date
    reason: str


def keep(melding: Melding, hold: Keep, *, by: User) -> Event:
    """Let nothing be forgotten of a locked melding before the day after that; a hold that was there is replaced."""
    where = melding.municipality
    today = calendar.local_day(timezone.now(), where.time_zone)
    reason = " ".join(hold.reason.split())
    if not reason:
        raise Refused("empty", _("Write why it is kept."), "reason")
    if len(reason) > LONGEST_REASON:
        raise Refused("too_long", format_lazy(_("Use at most {most} characters."), most=LONGEST_REASON), "reason")
    if hold.until < today:
        raise Refused("past", _("This day is over. Choose today or a later day."), "until")
    if hold.until > today + timedelta(days=MOST_DAYS):
        message = _("It is kept for at most {most} days; a coordinator may choose a later day before it ends.")
        raise Refused("far", format_lazy(message, most=MOST_DAYS), "until")
    before = Hold.objects.filter(melding=melding).values_list("until", flat=True).first()
    values = {"until": hold.until, "reason": reason, "author": by, "municipality": where}
    Hold.objects.update_or_create(melding=melding, defaults=values)
    change = events.Change(before.isoformat() if before else None, hold.until.isoformat())
    return lifecycle.change(melding, events.Held(until=change), actor=events.by(by))
