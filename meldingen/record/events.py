"""What can happen to a melding, one type per kind of Event, and by whom.

An Event is stored as codes and references. `of` gives back the type. Who writes one leaves out the old and the new
values of what changes: lifecycle sees them and puts them in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, ClassVar, Self

from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import User

Kind = Event.Kind


@dataclass(frozen=True, slots=True)
class Actor:
    """Who or what did it; `person` for a colleague and for nobody else."""

    kind: str
    person: User | None = None


REPORTER = Actor(Event.ActorKind.REPORTER)
MODEL = Actor(Event.ActorKind.MODEL)
RULE = Actor(Event.ActorKind.RULE)
SWEEP = Actor(Event.ActorKind.SWEEP)
IMPORT = Actor(Event.ActorKind.IMPORT)
EXECUTOR = Actor(Event.ActorKind.EXECUTOR)
CLIENT = Actor(Event.ActorKind.CLIENT)
# Whose acts a colleague must have seen before they act themselves.
DECIDING = (Event.ActorKind.PERSON, Event.ActorKind.REPORTER)


def by(person: User) -> Actor:
    """A colleague."""
    return Actor(Event.ActorKind.PERSON, person)


@dataclass(frozen=True, slots=True)
class Change:
    """From what to what: a code, a number, the id of a row, or a moment as ISO text; None for nothing."""

    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What all have: `kind`, and how they are stored."""

    kind: ClassVar[str]

    def codes(self) -> dict[str, Any]:
        """As JSON keeps it, without what is not there. The state stands in columns of its own."""
        codes: dict[str, Any] = {}
        for name in _names_of(type(self)):
            value = getattr(self, name)
            if isinstance(value, Change):
                codes[name] = {"from": value.old, "to": value.new}
            elif value not in (None, "", False):
                codes[name] = value
        codes.pop("state", None)
        return codes

    @classmethod
    def read(cls, codes: Mapping[str, Any]) -> Self:
        """From what `codes` gave."""
        names = _names_of(cls)
        return cls(**{name: _value(value) for name, value in codes.items() if name in names})

    def with_changes(self, changes: Mapping[str, Change]) -> Self:
        """The same with old and new values. TypeError where this kind has no such change."""
        return replace(self, **changes) if changes else self


_NAMES: dict[type[Happening], tuple[str, ...]] = {}


def _names_of(kind: type[Happening]) -> tuple[str, ...]:
    """Of its fields, looked up once: an import makes five of them for each melding."""
    if kind not in _NAMES:
        _NAMES[kind] = tuple(each.name for each in fields(kind))
    return _NAMES[kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Happening):
    """Its values at receipt are changes from nothing. `part_of` is the melding from which staff split it.

    `saw`: labels of the suggestions that the reporter was shown, best first; empty when there were none, None when
    nobody knows. `is_back`: the reporter says that what was solved at this place is back.
    """

    kind: ClassVar[str] = Kind.RECEIVED
    channel: str = ""
    danger: str = ""
    is_suspect: bool = False
    part_of: int | None = None
    saw: Sequence[str] | None = None
    is_back: bool = False
    state: Change | None = None
    category: Change | None = None
    team: Change | None = None
    priority: Change | None = None
    deadline: Change | None = None
    promised_at: Change | None = None
    done_by: Change | None = None
    lead: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned(Happening):
    """The reporter was told to call 112; `answer` is one of Event.Answer."""

    kind: ClassVar[str] = Kind.WARNED
    danger: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Classified(Happening):
    """`model`: its version. `reason`: a code of the prediction."""

    kind: ClassVar[str] = Kind.CLASSIFIED
    model: int | None = None
    reason: str = ""
    category: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routed(Happening):
    """`rule`: the number of the rule that fitted, None for none. `standard_text`: the id of what it has ready."""

    kind: ClassVar[str] = Kind.ROUTED
    rule: int | None = None
    standard_text: int | None = None
    team: Change | None = None
    assignee: Change | None = None
    priority: Change | None = None
    deadline: Change | None = None
    promised_at: Change | None = None
    done_by: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Recategorised(Happening):
    """`was_by`: who chose the category before, one of Melding.CategoryBy.

    `saw`: labels of the guesses that the page showed, best first; empty when it showed none, None when nobody knows.
    """

    kind: ClassVar[str] = Kind.RECATEGORISED
    was_by: str = ""
    saw: Sequence[str] | None = None
    category: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed(Happening):
    """A colleague said what danger there is."""

    kind: ClassVar[str] = Kind.ASSESSED
    danger: Change
    priority: Change | None = None
    deadline: Change | None = None
    promised_at: Change | None = None
    done_by: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prioritised(Happening):
    """A colleague said how soon it is to be done; why, where they said so, stands in a Note."""

    kind: ClassVar[str] = Kind.PRIORITISED
    priority: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned(Happening):
    """To a team, to a colleague, or both."""

    kind: ClassVar[str] = Kind.ASSIGNED
    team: Change | None = None
    assignee: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Happening):
    """Into another state; `reason` is a code where there is one. `along`: the id of the melding that leads this one and
    was moved by somebody; this one only went along.
    """

    kind: ClassVar[str] = Kind.MOVED
    reason: str = ""
    along: int | None = None
    state: Change | None = None
    assignee: Change | None = None
    deadline: Change | None = None
    promised_at: Change | None = None
    done_by: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Happening):
    """The words stand in an Answer."""

    kind: ClassVar[str] = Kind.ANSWERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Added(Happening):
    """By its reporter; words stand in an Addition. `danger`: what these words name and the melding did not; `photos`:
    how many.
    """

    kind: ClassVar[str] = Kind.ADDED
    photos: int | None = None
    danger: Change | None = None
    priority: Change | None = None
    deadline: Change | None = None
    promised_at: Change | None = None
    done_by: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Happening):
    """Its reporter says whether it is solved (`answer`: yes or no, `reason`: why not), or how content they are."""

    kind: ClassVar[str] = Kind.RATED
    answer: str = ""
    reason: str = ""
    grade: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Happening):
    """The words stand in a Note."""

    kind: ClassVar[str] = Kind.NOTED


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressConfirmed(Happening):
    """The holder of the address says: my report."""

    kind: ClassVar[str] = Kind.ADDRESS_CONFIRMED


@dataclass(frozen=True, slots=True, kw_only=True)
class AddressRefused(Happening):
    """The holder of the address says: not my report."""

    kind: ClassVar[str] = Kind.ADDRESS_REFUSED


@dataclass(frozen=True, slots=True, kw_only=True)
class Released(Happening):
    """Not suspect any more."""

    kind: ClassVar[str] = Kind.RELEASED


@dataclass(frozen=True, slots=True, kw_only=True)
class Struck(Happening):
    """Words were struck out of the text; which ones is kept nowhere."""

    kind: ClassVar[str] = Kind.STRUCK


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged(Happening):
    """Into another melding, which leads from then on; a term of its own it has no more."""

    kind: ClassVar[str] = Kind.MERGED
    lead: Change | None = None
    deadline: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden(Happening):
    """Kept out of what the public sees one by one."""

    kind: ClassVar[str] = Kind.HIDDEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown(Happening):
    """Not hidden any more."""

    kind: ClassVar[str] = Kind.SHOWN


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Happening):
    """Nothing is forgotten of it before the day after `until`, as ISO text; why stands in a Hold."""

    kind: ClassVar[str] = Kind.HELD
    until: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReporterForgotten(Happening):
    """The contact details are gone."""

    kind: ClassVar[str] = Kind.REPORTER_FORGOTTEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Happening):
    """`of`: the ids of the Events of one act that do not hold any more; what they changed is changed back."""

    kind: ClassVar[str] = Kind.UNDONE
    of: Sequence[int]
    state: Change | None = None
    category: Change | None = None
    team: Change | None = None
    assignee: Change | None = None
    priority: Change | None = None
    deadline: Change | None = None
    promised_at: Change | None = None
    done_by: Change | None = None
    lead: Change | None = None


@dataclass(frozen=True, slots=True)
class Past:
    """Something that happened to a melding before it came here: `values` are what it changed, `state` among them."""

    when: datetime
    actor: Actor
    happened: Happening
    values: Mapping[str, Any] = field(default_factory=dict)


TYPES: Mapping[str, type[Happening]] = {
    str(each.kind): each
    for each in (
        Received, Warned, Classified, Routed, Recategorised, Assessed, Prioritised, Assigned, Moved, Answered,
        Added, Rated, Noted, AddressConfirmed, AddressRefused, Released, Struck, Merged, Hidden, Shown, Held,
        ReporterForgotten, Undone,
    )
}  # fmt: skip
# Columns of a melding of which every change stands in an Event.
IN_HISTORY = ("state", "category", "team", "assignee", "priority", "deadline", "promised_at", "done_by", "lead")
_COLUMNS = tuple((name, Melding._meta.get_field(name).attname) for name in IN_HISTORY)  # type: ignore[union-attr]


def of(event: Event) -> Happening:
    """What an Event says happened."""
    codes = dict(event.codes)
    if event.to_state:
        codes["state"] = {"from": event.from_state or None, "to": event.to_state}
    return TYPES[event.kind].read(codes)


def history_of(melding: Melding) -> dict[str, Any]:
    """The values of a melding that history keeps, as it keeps them."""
    values: dict[str, Any] = {}
    for name, column in _COLUMNS:
        value = getattr(melding, column)
        values[name] = value.isoformat() if isinstance(value, datetime) else value
    return values


def _value(code: Any) -> Any:
    return Change(code["from"], code["to"]) if isinstance(code, dict) else code
