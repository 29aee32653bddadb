"""The draws of periods, made again from their releases. What is released never changes, so it is kept in memory."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef

from analytics import grid
from analytics.grid import FixedGrid
from meldingen.tenancy.models import Municipality
from opendata.datasets import caveats_of, disclosure_grid
from opendata.datasets.keys import Names
from opendata.disclosure import Cell, Drawn, DrawnTable, Grid, Period
from opendata.models import Release, ReleaseFile
from opendata.models.planned_table import table_of
from opendata.models.release import ReleaseQuerySet
from opendata.registration import Registration

# Five years of months of a few towns; a draw is a few hundred cells.
_KEPT = 512


@dataclass(frozen=True)
class Year:
    """The keys of a year, with their names and the year of their borders."""

    fixed: FixedGrid
    grid: Grid
    names: Names


@dataclass(frozen=True)
class Draw:
    """What was released of one period, with the keys of its year."""

    drawn: Drawn
    year: Year
    releases: tuple[Release, ...]

    def caveats(self, registration: Registration) -> list[str]:
        """What to know before concluding anything from it, in Dutch, as its files say it."""
        found = (words for release in self.releases for words in caveats_of(release, registration).in_file())
        return list(dict.fromkeys(found))


class NotReleased(LookupError):
    """Nothing is public of these periods."""

    def __init__(self, periods: Sequence[Period]) -> None:
        super().__init__(", ".join(map(str, periods)))
        self.periods = tuple(periods)


# By the releases and their hashes: the same key is the same numbers, for ever.
_Key = tuple[tuple[int, str], ...]
_memory: OrderedDict[_Key, Drawn] = OrderedDict()


def draws(municipality: Municipality, periods: Sequence[Period]) -> list[Draw]:
    """The draws of the periods, in their order: a query, another for what is not in memory, and one for a new year.

    NotReleased names the periods of which nothing is public.
    """
    of_period: dict[str, list[Release]] = {str(period): [] for period in periods}
    for release in _public(municipality).filter(period__in=list(of_period)).defer("rows", "noise").order_by("pk"):
        of_period[release.period].append(release)
    absent = [period for period in periods if not of_period[str(period)]]
    if absent:
        raise NotReleased(absent)
    years = {
        release.grid_year: _year(municipality, release.grid_year) for group in of_period.values() for release in group
    }
    found = [(period, tuple(of_period[str(period)])) for period in periods]
    _remember([(period, group, years[group[0].grid_year].grid) for period, group in found])
    return [Draw(_memory[_key(group)], years[group[0].grid_year], group) for _period, group in found]


def newest(municipality: Municipality) -> Period | None:
    """The newest period that is public; of two that begin on one day the shorter."""
    row = _public(municipality).order_by("-first_day", "last_day").values_list("period", flat=True).first()
    return None if row is None else Period.parse(row)


def _public(municipality: Municipality) -> ReleaseQuerySet:
    with_files = Exists(ReleaseFile.objects.of(municipality).filter(release=OuterRef("pk")))
    found: ReleaseQuerySet = Release.objects.of(municipality)
    return found.drawn().filter(with_files)


@lru_cache(maxsize=64)
def _year(municipality: Municipality, year: int) -> Year:
    fixed = grid.read(municipality, year)
    if fixed is None:
        raise LookupError(f"there is no grid of {year}")
    return Year(fixed, disclosure_grid(fixed), Names(fixed))


def _key(group: Sequence[Release]) -> _Key:
    return tuple((release.pk, release.sha256) for release in group)


def _remember(groups: Sequence[tuple[Period, tuple[Release, ...], Grid]]) -> None:
    """Read the numbers of what is not in memory, all in one query; the oldest in it make room."""
    lost = [one for one in groups if _key(one[1]) not in _memory]
    ids = [release.pk for _period, group, _grid in lost for release in group]
    rows: dict[int, Any] = dict(Release.objects.filter(pk__in=ids).values_list("pk", "rows")) if ids else {}
    while len(_memory) + len(lost) > _KEPT and _memory:
        _memory.popitem(last=False)
    for period, group, keys in lost:
        tables = tuple(_table(release, keys, rows[release.pk]) for release in group)
        _memory[_key(group)] = Drawn(period, keys, tables)
    for _period, group, _grid in groups:
        _memory.move_to_end(_key(group))


def _table(release: Release, keys: Grid, rows: list[list[Any]]) -> DrawnTable:
    cells = tuple(Cell(tuple(row[:-4]), *row[-4:]) for row in rows)
    return DrawnTable(table_of(release.table), Fraction(release.epsilon), keys, cells)
