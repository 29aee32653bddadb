"""The columns of an export: which right each asks for, and what stands in it."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen.exports.sheets import Cell
from meldingen.questions.reading import InWords
from meldingen.record import references, workflow
from meldingen.record.models import Melding
from meldingen.tenancy.roles import Right

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Names:
    """What ids stand for, in the language of the export: read once, for they are few beside the meldingen."""

    categories: Mapping[int, tuple[str, str]]  # main category and category
    teams: Mapping[int, str]
    buurten: Mapping[int, tuple[str, str]]  # wijk and buurt
    zone: ZoneInfo

    def local(self, moment: datetime | None) -> datetime | None:
        """The clock of the municipality, as a spreadsheet has it: without a time zone."""
        return moment.astimezone(self.zone).replace(tzinfo=None, second=0, microsecond=0) if moment else None


@dataclass(frozen=True)
class Line:
    """One melding: its columns as the database has them, how long it was in each state, and what its reporter
    answered.
    """

    values: Mapping[str, Any]
    times: Mapping[str, timedelta]
    names: Names
    answers: Sequence[InWords] = ()


@dataclass(frozen=True)
class Column:
    """`words` stand above it; `fields` are the columns of the database that it reads."""

    key: str
    words: str | Promise
    fields: Sequence[str]
    cell: Callable[[Line], Cell]
    right: Right = Right.VIEW


def _plain(key: str, words: Any, right: Right = Right.VIEW, field: str = "") -> Column:
    name = field or key
    return Column(key, words, (name,), lambda line: line.values[name], right)


def _moment(key: str, words: Any) -> Column:
    return Column(key, words, (key,), lambda line: line.names.local(line.values[key]))


def _choice(key: str, words: Any, choices: Any) -> Column:
    return Column(key, words, (key,), lambda line: str(choices(line.values[key]).label))


def _category(line: Line) -> tuple[str, str]:
    return line.names.categories.get(line.values["category_id"], ("", ""))


def _buurt(line: Line) -> tuple[str, str]:
    return line.names.buurten.get(line.values["buurt_id"], ("", ""))


def _promise(line: Line) -> Cell:
    """The day that was told: the moment is its last."""
    moment = line.names.local(line.values["promised_at"])
    return moment.date() if moment else None


def _colleague(line: Line) -> str:
    names = (line.values["assignee__first_name"], line.values["assignee__last_name"])
    return " ".join(filter(None, names)) or line.values["assignee__username"] or ""


def _degrees(key: str, words: Any) -> Column:
    return Column(key, words, (key,), lambda line: None if line.values[key] is None else round(line.values[key], 6))


def _hours(state: str, words: Any) -> Column:
    """How long it was in a state, all times together; empty when it never was."""

    def cell(line: Line) -> Cell:
        return round(line.times[state] / HOUR, 1) if state in line.times else None

    return Column(f"hours_{state}", words, (), cell)


PEOPLE = ("assignee__first_name", "assignee__last_name", "assignee__username")
HOURS = {
    workflow.NEW: _("hours new"),
    workflow.ASSIGNED: _("hours with a team"),
    workflow.IN_PROGRESS: _("hours in progress"),
    workflow.PLANNED: _("hours planned"),
    workflow.WAITING: _("hours waiting for the reporter"),
    workflow.REOPENED: _("hours opened again"),
}
COLUMNS = (
    Column("reference", _("reference"), ("reference",), lambda line: references.spaced(line.values["reference"])),
    _moment("received_at", _("received")),
    _choice("state", _("state"), Melding.State),
    _choice("priority", _("priority"), Melding.Priority),
    _choice("danger", _("danger"), Melding.Danger),
    Column("main_category", _("main category"), ("category_id",), lambda line: _category(line)[0]),
    Column("category", _("category"), ("category_id",), lambda line: _category(line)[1]),
    _plain("text", _("what is the matter")),
    Column("answers", _("answers"), (), lambda line: "\n".join(f"{e.question}: {e.answer}" for e in line.answers)),
    _plain("address", _("address")),
    _plain("place_text", _("place as it was described")),
    Column("wijk", _("Wijk"), ("buurt_id",), lambda line: _buurt(line)[0]),
    Column("buurt", _("Buurt"), ("buurt_id",), lambda line: _buurt(line)[1]),
    _degrees("latitude", _("latitude")),
    _degrees("longitude", _("longitude")),
    _plain("asset", _("object"), field="asset__number"),
    _choice("source", _("channel"), Melding.Source),
    Column("team", _("team"), ("team_id",), lambda line: line.names.teams.get(line.values["team_id"], "")),
    Column("assignee", _("colleague"), PEOPLE, _colleague),
    _moment("deadline", _("deadline")),
    Column("promised_at", _("day that was promised"), ("promised_at",), _promise),
    _moment("closed_at", _("closed")),
    *(_hours(state, words) for state, words in HOURS.items()),
)
CONTACT = (
    _plain("reporter_name", _("name of the reporter"), Right.CONTACT, "reporter__name"),
    _plain("reporter_email", _("e-mail address"), Right.CONTACT, "reporter__email"),
    _plain("reporter_phone", _("telephone"), Right.CONTACT, "reporter__phone"),
)
# In each row, so that it stays with what is copied out of the file; no line above the headings, for a reader takes the
# first line as those.
MARK = Column("confidentiality", _("confidentiality"), (), lambda line: gettext("internal, for colleagues alone"))


def columns_of(rights: Collection[Right], *, with_contact: bool) -> list[Column]:
    """Those that somebody with these rights gets; contact details for who asks for them; last, for whom it is."""
    columns = (*COLUMNS, *(CONTACT if with_contact else ()), MARK)
    return [column for column in columns if column.right in rights]
