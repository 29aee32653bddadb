"""What follows of a choice, line by line, for a colleague to read before they save it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from meldingen.handling import foreseeing, striking
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.routing.people import names as names_of
from meldingen.tenancy.models import Team


@dataclass(frozen=True)
class Line:
    """One thing as it is now, and as it would be."""

    name: str
    now: str
    then: str

    @property
    def changes(self) -> bool:
        """Whether it would be another."""
        return self.now != self.then


def correction(melding: Melding, data: Mapping[str, Any]) -> list[Line]:
    """What follows of another category."""
    then = foreseeing.foresee(melding, data["category"], reroute=data["reroute"])
    return _lines(melding, then)


def priority(melding: Melding, data: Mapping[str, Any]) -> list[Line]:
    """What follows of another priority: no term does, and nobody's hands are other ones."""
    return _lines(melding, foreseeing.with_priority(melding, data["priority"]))


def _lines(melding: Melding, then: Melding) -> list[Line]:
    teams = [each for each in (melding.team_id, then.team_id) if each]
    names = dict(Team.objects.filter(pk__in=teams).values_list("pk", "name"))
    people = names_of({one.assignee_id for one in (melding, then) if one.assignee_id})
    rows: tuple[tuple[str, Callable[[Melding], str]], ...] = (
        (_("Team"), lambda one: names.get(one.team_id or 0, "–")),
        *([(_("Colleague"), lambda one: people.get(one.assignee_id or 0, "–"))] if people else []),
        (_("Priority"), lambda one: str(Melding.Priority(one.priority).label)),
        (_("Deadline"), lambda one: _day(one.deadline, is_danger=bool(one.danger))),
        (_("The reporter was told"), lambda one: _day(one.promised_at, is_danger=bool(one.danger))),
    )
    return [Line(name, words(melding), words(then)) for name, words in rows]


def strikeout(melding: Melding, data: Mapping[str, Any]) -> list[Line]:
    """What will read otherwise when these words are struck out, and where."""
    try:
        passages = striking.passages(melding, data["words"])
    except Refused:
        return []
    nowhere = _("These words stand nowhere in it.")
    return [Line(capfirst(str(each.where)), each.now, each.then) for each in passages] or [Line("", nowhere, nowhere)]


def _day(moment: datetime | None, *, is_danger: bool) -> str:
    if moment is None:
        return "–"
    local = timezone.localtime(moment)
    day = formats.date_format(local, "l j F" if local.year == timezone.localdate().year else "l j F Y")
    return f"{day}, {formats.time_format(local, 'H:i')}" if is_danger else day
