"""What an address of the inbox asks: which worklist, narrowed by what, in which order. Of words it has an id alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext as _

from meldingen import calendar
from meldingen.categories.models import Category
from meldingen.handling import saved_worklists
from meldingen.handling.desk.orders import ORDERS, Order
from meldingen.handling.desk.worklists import BUILT_IN, Reader
from meldingen.places.models import Area
from meldingen.record import queries, workflow
from meldingen.record.models import OPEN, Melding
from meldingen.tenancy.models import Membership, Municipality, Team

Meldingen = QuerySet[Melding]
NONE = 0  # no team, nobody, no category: as an id
MOST = 40  # values of one filter: more is not what somebody chose
DEADLINES = ("late", "today", "week")


class Unknown(Exception):
    """An address that none of our pages gives: another town's id, a state that there is not."""


class UnknownWords(Unknown):
    """An id of words that this colleague has not typed, or not lately. Nobody learns which."""


class UnreadableDate(Exception):
    """A day that was typed and is none; the page with the filters says so."""


@dataclass(frozen=True)
class Asked:
    """A worklist by its slug and the filters on it. Each filter that is empty narrows nothing."""

    worklist: str
    state: tuple[str, ...] = ()
    team: tuple[int, ...] = ()
    person: tuple[int, ...] = ()
    category: tuple[int, ...] = ()
    area: tuple[str, ...] = ()
    deadline: str = ""
    channel: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    words: int = 0
    sort: str = ""

    @property
    def order(self) -> Order:
        """As it was asked, else as the worklist stands by itself."""
        return ORDERS[self.sort] if self.sort else BUILT_IN[self.worklist].order

    @property
    def filters(self) -> dict[str, Any]:
        """What narrows, by name."""
        return {name: value for name in _FILTERS if (value := getattr(self, name))}

    def query(self, **more: str | int) -> str:
        """As it stands in an address; `more` that is empty is left out."""
        pairs = [("list", self.worklist)]
        for name, value in self.filters.items():
            pairs += [(name, str(each)) for each in (value if isinstance(value, tuple) else (value,))]
        pairs += [("sort", self.sort)] if self.sort else []
        return urlencode([*pairs, *((name, value) for name, value in more.items() if value)])


_FILTERS = tuple(each.name for each in fields(Asked) if each.name not in ("worklist", "sort"))


def read(query: QueryDict, default: str) -> Asked:
    """What the address asks. Unknown for what stands on no list of ours, UnreadableDate for a day that is none."""
    return Asked(
        worklist=_one_of(BUILT_IN, query.get("list") or default),
        state=_each_of(Melding.State.values, query.getlist("state")),
        team=_ids(query.getlist("team")),
        person=_ids(query.getlist("person")),
        category=_ids(query.getlist("category")),
        area=tuple(value for value in query.getlist("area") if value)[:MOST],
        deadline=_one_of(("", *DEADLINES), query.get("deadline", "")),
        channel=_each_of(Melding.Source.values, query.getlist("channel")),
        since=_day(query.get("since", "")),
        until=_day(query.get("until", "")),
        words=next(iter(_ids([query.get("words", "")])), 0),
        sort=_one_of(("", *ORDERS), query.get("sort", "")),
    )


def _one_of(choices: Iterable[str], value: str) -> str:
    if value not in choices:
        raise Unknown(value)
    return value


def _each_of(choices: Iterable[str], values: Sequence[str]) -> tuple[str, ...]:
    return tuple(_one_of(choices, value) for value in dict.fromkeys(values) if value)


def _ids(values: Sequence[str]) -> tuple[int, ...]:
    texts = [value for value in dict.fromkeys(values) if value]
    if len(texts) > MOST or not all(value.isascii() and value.isdecimal() and len(value) < 19 for value in texts):
        raise Unknown
    return tuple(map(int, texts))


def _day(value: str) -> date | None:
    if not value:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise UnreadableDate(value) from error
    if not 1900 <= day.year <= 2200:  # a slip of a finger; the calendar ends somewhere too
        raise UnreadableDate(value)
    return day


@dataclass(frozen=True)
class Known:
    """The rows that the filters name, looked up in this municipality: what they narrow to, and their names."""

    categories: frozenset[int] = frozenset()
    buurten: frozenset[int] = frozenset()
    words: str = ""
    names: dict[str, list[str]] = field(default_factory=dict)


def look_up(asked: Asked, where: Municipality, reader_id: int = 0) -> Known:
    """The rows that are named. Unknown where one of them is not of this municipality, or words not of this colleague.
    Asks only for what is named.
    """
    names: dict[str, list[str]] = {}
    if keys := set(asked.team) - {NONE}:
        rows = dict(Team.objects.of(where).filter(pk__in=keys).values_list("pk", "name"))
        names["team"] = _all_of(keys, rows)
    if keys := set(asked.person) - {NONE}:
        members = Membership.objects.of(where).filter(user__in=keys).select_related("user")
        people = {each.user_id: each.user.get_full_name() or each.user.get_username() for each in members}
        if keys - people.keys():
            people |= {each.pk: each.get_full_name() or each.get_username() for each, _n in queries.leavers(where)}
        names["person"] = _all_of(keys, people)
    categories: set[int] = set()
    if keys := set(asked.category) - {NONE}:
        below = list(Category.objects.of(where).filter(Q(pk__in=keys) | Q(parent__in=keys)))
        names["category"] = _all_of(keys, {each.pk: each.name for each in below})
        categories = {each.pk for each in below}
    buurten: set[int] = set()
    if asked.area:
        buurten, names["area"] = _areas(asked.area, where)
    words = saved_worklists.words_of(where, reader_id, asked.words) if asked.words else ""
    if words is None:
        raise UnknownWords
    return Known(frozenset(categories), frozenset(buurten), words, names)


def _all_of(keys: Iterable[Any], rows: dict[Any, str]) -> list[str]:
    try:
        return sorted(rows[each] for each in keys)
    except KeyError as error:
        raise Unknown from error


def _areas(codes: Sequence[str], where: Municipality) -> tuple[set[int], list[str]]:
    """The ids of the buurten of these codes, in whatever year's borders, and of those in a wijk; and their names."""
    here = Area.objects.of(where).filter(Q(code__in=codes) | Q(parent__code__in=codes))
    rows = list(here.values_list("pk", "code", "name", "level"))
    names = {code: name for _pk, code, name, _level in rows}
    return {pk for pk, _code, _name, level in rows if level == Area.Level.BUURT}, _all_of(dict.fromkeys(codes), names)


def narrow(meldingen: Meldingen, asked: Asked, known: Known, reader: Reader) -> Meldingen:
    """The meldingen that are asked for, in no order yet."""
    rows = BUILT_IN[asked.worklist].hold(meldingen, reader)
    for name in asked.filters:
        rows = _NARROW[name](rows, asked, known, reader)
    return rows


def _with_none(rows: Meldingen, column: str, ids: Sequence[int], values: Iterable[int]) -> Meldingen:
    some = Q(**{f"{column}__in": sorted(values)}) if set(ids) - {NONE} else Q()
    return rows.filter(some | Q(**{f"{column}__isnull": True}) if NONE in ids else some)


def _due(rows: Meldingen, asked: Asked, known: Known, reader: Reader) -> Meldingen:
    """By days of the municipality; a week ends on Sunday."""
    running = rows.filter(OPEN, state__in=sorted(workflow.RUNNING))
    if asked.deadline == "late":
        return running.filter(deadline__lt=reader.now)
    end = reader.end_of_today
    if asked.deadline == "week":
        today = calendar.local_day(reader.now, reader.zone)
        end = calendar.start_of_day(today + timedelta(days=7 - today.weekday()), reader.zone)
    return running.filter(deadline__gte=reader.now, deadline__lt=end)


_NARROW: dict[str, Callable[[Meldingen, Asked, Known, Reader], Meldingen]] = {
    "state": lambda rows, asked, known, reader: rows.filter(state__in=asked.state),
    "team": lambda rows, asked, known, reader: _with_none(rows, "team", asked.team, set(asked.team) - {NONE}),
    "person": lambda rows, asked, known, reader: _with_none(rows, "assignee", asked.person, set(asked.person) - {NONE}),
    "category": lambda rows, asked, known, reader: _with_none(rows, "category", asked.category, known.categories),
    "area": lambda rows, asked, known, reader: rows.filter(buurt__in=sorted(known.buurten)),
    "deadline": _due,
    "channel": lambda rows, asked, known, reader: rows.filter(source__in=asked.channel),
    "since": lambda rows, asked, known, reader: rows.filter(
        received_at__gte=calendar.start_of_day(asked.since or date.min, reader.zone)
    ),
    "until": lambda rows, asked, known, reader: rows.filter(
        received_at__lt=calendar.start_of_day((asked.until or date.max) + timedelta(days=1), reader.zone)
    ),
    "words": lambda rows, asked, known, reader: queries.with_words(rows, known.words),
}


@dataclass(frozen=True)
class Chip:
    """A filter that holds, in words, and what the inbox asks without it."""

    words: str
    without: str


def chips(asked: Asked, known: Known) -> list[Chip]:
    """The filters that hold."""
    return [Chip(_words(name, asked, known), _without(asked, name).query()) for name in asked.filters]


def in_log(asked: Asked, known: Known) -> list[str]:
    """The filters that hold, for what others read and what is kept: that there are words, and not which."""
    return [_("words") if name == "words" else _words(name, asked, known) for name in asked.filters]


def _without(asked: Asked, name: str) -> Asked:
    empty: dict[str, Any] = {each.name: each.default for each in fields(Asked)}
    return replace(asked, **{name: empty[name]})


def _words(name: str, asked: Asked, known: Known) -> str:
    none = {"team": _("no team yet"), "person": _("nobody"), "category": _("no category yet")}
    names = list(known.names.get(name, []))
    names += [none[name]] if name in none and NONE in getattr(asked, name) else []
    match name:
        case "state":
            names = [str(Melding.State(each).label) for each in asked.state]
        case "channel":
            names = [str(Melding.Source(each).label) for each in asked.channel]
        case "deadline":
            names = [{"late": _("too late"), "today": _("due today"), "week": _("due this week")}[asked.deadline]]
        case "since" | "until":
            day = formats.date_format(getattr(asked, name), "j b Y")
            names = [(_("from %(day)s") if name == "since" else _("until %(day)s")) % {"day": day}]
        case "words":
            names = [f"“{known.words}”"]
    return ", ".join(names)
