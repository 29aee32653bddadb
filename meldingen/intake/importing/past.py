"""From the rows about one melding to what happened to it, step by step, as history keeps it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from meldingen.categories.models import Category
from meldingen.intake.importing import entries as columns
from meldingen.intake.importing.entries import Entries, Entry
from meldingen.intake.importing.refusal import Rejected
from meldingen.intake.importing.rows import Row
from meldingen.record import events, workflow
from meldingen.record.events import Past
from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import Team

_CHOSE: Mapping[str, Melding.CategoryBy] = {
    Event.ActorKind.PERSON: Melding.CategoryBy.STAFF,
    Event.ActorKind.MODEL: Melding.CategoryBy.MODEL,
    Event.ActorKind.REPORTER: Melding.CategoryBy.RESIDENT,
}


@dataclass(frozen=True)
class Told:
    """Something that happened, and what was written then."""

    past: Past
    answer: str = ""
    note: str = ""


@dataclass(frozen=True)
class Arrival:
    """A row as it was at its receipt, and what happened since. `is_planned`: team and term are known already."""

    row: Row
    category: Category | None
    team: Team | None
    deadline: datetime | None
    told: Sequence[Told]
    is_planned: bool

    @property
    def closed_at(self) -> datetime | None:
        """Since when it is closed, None while it is open."""
        moves = [each.past for each in self.told if "state" in each.past.values]
        return moves[-1].when if moves and moves[-1].values["state"] in workflow.CLOSED else None


def arrive(row: Row, entries: Entries) -> Arrival:
    """What the rows of a melding say together. Rejected where they contradict each other, or the order of states.

    The row says how it stands now; what a row of the file of events speaks of was not known at its receipt.
    """
    entries_here = entries.take(row.external_id, row.received_at)
    _check(row, entries_here, entries)
    story = [story for entry in entries_here for story in _tell(entry)]
    category = None if any(entry.category for entry in entries_here) else row.category
    usual = row.category.default_team if row.category else None
    team = None if any(entry.team for entry in entries_here) else row.team or usual
    deadline = None if any(entry.deadline for entry in entries_here) else row.deadline
    has_team = team is not None or any(entry.team for entry in entries_here)
    is_planned = bool(entries_here) or row.team is not None
    story += _missing(row, entries_here, has_team=has_team)
    return Arrival(row, category, team, deadline, story, is_planned)


def _check(row: Row, own: Sequence[Entry], entries: Entries) -> None:
    state = workflow.NEW
    for entry in own:
        if entry.when < row.received_at:
            raise Rejected("", entries.refusal(entry.line, columns.WHEN, _("before it was received")))
        try:
            if entry.state:
                workflow.check(state, entry.state)
        except workflow.TransitionRefused as refused:
            words = _("no way from “%(old)s” to “%(new)s”") % {"old": refused.from_state, "new": refused.to_state}
            raise Rejected("", entries.refusal(entry.line, columns.STATE, words)) from refused
        state = entry.state or state
    _compare(columns.CATEGORY, row.category, [entry for entry in own if entry.category], entries)
    _compare(columns.TEAM, row.team, [entry for entry in own if entry.team], entries)
    if own and row.closed_at and state in workflow.OPEN and own[-1].when > row.closed_at:
        words = _("after it was closed, by the row of the melding")
        raise Rejected("", entries.refusal(own[-1].line, columns.WHEN, words))


def _compare(column: str, stands: Category | Team | None, spoke: Sequence[Entry], entries: Entries) -> None:
    """Rejected where the last that was said is not what the row of the melding says."""
    last = getattr(spoke[-1], "category" if column == columns.CATEGORY else "team") if spoke else stands
    if stands is not None and last != stands:
        words = _("the melding itself says “%(name)s”") % {"name": stands.slug}
        raise Rejected("", entries.refusal(spoke[-1].line, column, words))


def _tell(entry: Entry) -> Iterator[Told]:
    """One row as what history keeps of it: a thing of each kind."""
    person, values = entry.actor.person, {"team": entry.team, "deadline": entry.deadline}
    changes: dict[str, Any] = {name: value for name, value in values.items() if value is not None}
    assignee = {"assignee": entry.assignee} if entry.assignee else {}
    if entry.category:
        category = {"category": entry.category, "category_by": _CHOSE.get(entry.actor.kind, Melding.CategoryBy.IMPORT)}
        is_guess = entry.actor.kind == Event.ActorKind.MODEL
        yield _past(entry, events.Classified() if is_guess else events.Recategorised(), category)
    if changes and (person is None or entry.deadline):
        yield _past(entry, events.Routed(), changes)
    elif changes:
        yield _past(entry, events.Assigned(), changes)
    if assignee and not entry.state:
        yield _past(entry, events.Assigned(), assignee)
    if entry.state:
        yield replace(_past(entry, events.Moved(), {"state": entry.state, **assignee}), answer=entry.answer)
    elif entry.answer:
        yield replace(_past(entry, events.Answered(), {}), answer=entry.answer)
    if entry.note:
        yield replace(_past(entry, events.Noted(), {}), note=entry.note)
    if entry.grade:
        yield _past(entry, events.Rated(grade=entry.grade), {})


def _past(entry: Entry, happening: events.Happening, values: dict[str, Any]) -> Told:
    return Told(Past(entry.when, entry.actor, happening, values))


def _missing(row: Row, entries: Sequence[Entry], *, has_team: bool) -> list[Told]:
    """What must have happened though no row says it: it was closed, or it went to its team."""
    states = [entry.state for entry in entries if entry.state]
    state = states[-1] if states else workflow.NEW
    if row.closed_at and state in workflow.OPEN:
        return [Told(Past(row.closed_at, events.IMPORT, events.Moved(), {"state": workflow.SOLVED}))]
    if state == workflow.NEW and has_team:
        when = max([row.received_at, *(entry.when for entry in entries)])
        return [Told(Past(when, events.IMPORT, events.Moved(), {"state": workflow.ASSIGNED}))]
    return []
