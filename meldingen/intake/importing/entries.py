"""What happened to meldingen in a former system: a file with a row for each thing, beside that of the meldingen."""

from collections import defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from django.utils.translation import gettext as _

from meldingen.categories.models import Category
from meldingen.files.reading import UTF8, in_line
from meldingen.files.sheets import read_csv
from meldingen.intake.importing.known import Known
from meldingen.intake.importing.moments import Moments
from meldingen.intake.importing.refusal import Rejected
from meldingen.record import events, workflow
from meldingen.record.events import Actor
from meldingen.record.models import Satisfaction
from meldingen.tenancy.models import Team, User

ID, WHEN, BY = "id", "op", "door"
STATE, CATEGORY, TEAM, ASSIGNEE, DEADLINE = "status", "categorie_slug", "team", "behandelaar", "termijn"
ANSWER, NOTE, GRADE = "antwoord", "notitie", "tevredenheid"
LONGEST_WORDS = 5000
GRADES = tuple(str(grade) for grade in Satisfaction.Grade.values)
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")
# Who it was when it was no colleague.
ACTORS: Mapping[str, Actor] = {
    "": events.IMPORT,
    "melder": events.REPORTER,
    "model": events.MODEL,
    "regel": events.RULE,
    "uitvoerder": events.EXECUTOR,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One row: who did it and when, and what it changed or said. Of a day without an hour `until` is its end."""

    line: int
    when: datetime
    until: datetime
    actor: Actor
    state: str = ""
    category: Category | None = None
    team: Team | None = None
    assignee: User | None = None
    deadline: datetime | None = None
    answer: str = ""
    note: str = ""
    grade: int | None = None


@dataclass
class Entries:
    """The rows of a file by the melding that they belong to. `unread` are those of meldingen nobody asked for yet,
    `passed_over` the ids of meldingen that were refused: another row may still come with one of them.
    """

    name: str = ""
    unread: dict[str, list[Entry]] = field(default_factory=lambda: defaultdict(list))
    refusals: dict[str, str] = field(default_factory=dict)
    passed_over: set[str] = field(default_factory=set)

    def take(self, external_id: str, received_at: datetime) -> list[Entry]:
        """Those of one melding, in the order of their moments. Rejected where one of them cannot be read.

        What happened on the day of its receipt, at an hour that the file does not say, happened then.
        """
        rows = self.unread.pop(external_id, [])
        if external_id in self.refusals:
            raise Rejected("", self.refusals[external_id])
        entries = (replace(each, when=received_at) if each.when < received_at <= each.until else each for each in rows)
        return sorted(entries, key=lambda entry: entry.when)

    def refusal(self, line: int, column: str, reason: str) -> str:
        """What is wrong in which line and column of this file, for the melding that is refused because of it."""
        where = {"file": self.name, "line": line, "column": column, "reason": reason}
        return _("%(file)s, line %(line)d, column %(column)s: %(reason)s") % where


@dataclass(frozen=True)
class EntryReader:
    """Reads the rows of one file."""

    known: Known
    moments: Moments

    def read_all(self, path: Path, encoding: str = UTF8) -> Entries:
        """Every row, or BrokenFile for a file that is no table, or has a row that names no melding."""
        entries = Entries(path.name)
        for line, cells in read_csv(path, (ID, WHEN, BY), encoding):
            external_id = cells[ID].strip()
            if not external_id:
                raise in_line(path, line, ID, _("empty: to which melding does this belong?"))
            try:
                entries.unread[external_id].append(self.read(line, cells))
            except Rejected as rejected:
                entries.refusals.setdefault(external_id, entries.refusal(line, rejected.column, rejected.reason))
        return entries

    def read(self, line: int, cells: Mapping[str, str]) -> Entry:
        """One row. Rejected, with its column, where it cannot be read or says nothing."""
        when = self._when(cells)
        entry = Entry(
            line=line,
            when=when,
            until=_moment(self.moments.ends, cells, WHEN) or when,
            actor=self._actor(cells[BY]),
            state=self._state(cells),
            category=_of(self.known.categories, CATEGORY, cells, _key),
            team=_of(self.known.teams, TEAM, cells, str),
            assignee=_of(self.known.colleagues, ASSIGNEE, cells, str),
            deadline=self._deadline(cells),
            answer=_words(cells, ANSWER),
            note=_words(cells, NOTE),
            grade=_grade(cells),
        )
        if not any(cells.get(column) for column in (STATE, CATEGORY, TEAM, ASSIGNEE, DEADLINE, ANSWER, NOTE, GRADE)):
            raise Rejected(STATE, _("nothing happened: fill in what changed or what was written"))
        if (entry.answer or entry.note) and entry.actor.person is None:
            raise Rejected(BY, _("an answer or a note needs the colleague who wrote it"))
        if entry.grade and entry.actor != events.REPORTER:
            raise Rejected(BY, _("only the reporter (melder) says how content they are"))
        return entry

    def _when(self, cells: Mapping[str, str]) -> datetime:
        when = _moment(self.moments.begins, cells, WHEN)
        if when is None or when > self.moments.now:
            raise Rejected(WHEN, _("no moment in the past"))
        return when

    def _deadline(self, cells: Mapping[str, str]) -> datetime | None:
        return _moment(lambda value: [self.moments.through(value)], cells, DEADLINE)

    def _actor(self, name: str) -> Actor:
        if name in ACTORS:
            return ACTORS[name]
        if name not in self.known.colleagues:
            raise Rejected(BY, _("“%(name)s” is nobody here") % {"name": name[:60]})
        return events.by(self.known.colleagues[name])

    def _state(self, cells: Mapping[str, str]) -> str:
        value = cells.get(STATE, "")
        if value and value not in workflow.STATES:
            raise Rejected(STATE, _("not one of: %(names)s") % {"names": ", ".join(workflow.STATES)})
        return value


def _of(row_of: Mapping[Key, Value], column: str, cells: Mapping[str, str], key: Callable[[str], Key]) -> Value | None:
    """The row of ours that a cell names, None for an empty cell."""
    name = cells.get(column, "")
    if not name:
        return None
    value = row_of.get(key(name))
    if value is None:
        raise Rejected(column, _("“%(name)s” is not known here") % {"name": name[:60]})
    return value


def _key(slug: str) -> tuple[str, str]:
    return "", slug


def _moment(reader: Callable[[str], list[datetime]], cells: Mapping[str, str], column: str) -> datetime | None:
    value = cells.get(column, "")
    try:
        return reader(value)[0] if value else None
    except (ValueError, OverflowError) as error:
        raise Rejected(column, _("not a date or time as in 2026-01-31T12:00:00+01:00")) from error


def _grade(cells: Mapping[str, str]) -> int | None:
    value = cells.get(GRADE, "")
    if value and value not in GRADES:
        raise Rejected(GRADE, _("no grade from 1 (very dissatisfied) to 5 (very satisfied)"))
    return int(value) if value else None


def _words(cells: Mapping[str, str], column: str) -> str:
    value = cells.get(column, "")
    if len(value) > LONGEST_WORDS:
        raise Rejected(column, _("longer than %(most)d characters, or not text") % {"most": LONGEST_WORDS})
    return value
