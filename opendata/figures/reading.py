"""The draws of periods, made again from their releases. What is released never changes, so it is kept in memory."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from threading import Lock
from typing import Any

from django.db.models import Exists, OuterRef

from analytics import grid
from analytics.grid import FixedGrid
from meldingen.tenancy.models import Municipality
from opendata.datasets import Dataset, caveats_of, disclosure_grid
from opendata.datasets.keys import Names
from opendata.disclosure import Cell, Drawn, DrawnTable, Grid, Period
from opendata.models import Release, ReleaseFile
from opendata.models.planned_table import table_of
from opendata.models.release import ReleaseQuerySet
from opendata.registration import Registration

# Five years of months of a few towns; a draw is a few hundred cells.
_MOST_IN_MEMORY = 512


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
        sentences = (words for release in self.releases for words in caveats_of(release, registration).in_file())
        return list(dict.fromkeys(sentences))


class NotReleased(LookupError):
    """Nothing is public of these periods."""

    def __init__(self, periods: Sequence[Period]) -> None:
        super().__init__(", ".join(map(str, periods)))
        self.periods = tuple(periods)


# By the releases and their hashes: the same key is the same numbers and the same grid, for ever.
_Key = tuple[tuple[int, str], ...]
_memory: OrderedDict[_Key, tuple[Drawn, Year]] = OrderedDict()
_lock = Lock()


def draws(municipality: Municipality, periods: Sequence[Period]) -> list[Draw]:
    """The draws of the periods, in their order: a query, and of what is not in memory its numbers and grids.

    NotReleased names the periods of which nothing is public.
    """
    of_period: dict[str, list[Release]] = {str(period): [] for period in periods}
    for release in _public(municipality).filter(period__in=list(of_period)).defer("rows", "noise").order_by("pk"):
        of_period[release.period].append(release)
    absent = [period for period in periods if not of_period[str(period)]]
    if absent:
        raise NotReleased(absent)
    groups = [(period, tuple(of_period[str(period)])) for period in periods]
    pairs = _remember(municipality, groups)
    return [Draw(*one, group) for one, (_period, group) in zip(pairs, groups, strict=True)]


def periods(municipality: Municipality, dataset: str) -> tuple[Dataset, list[Period]] | None:
    """A public dataset with its periods, oldest first; None when nothing of that name is public. One query."""
    rows = list(_public(municipality).filter(dataset=dataset).order_by("first_day").values_list("period", "table"))
    if not rows:
        return None
    return Dataset(table_of(rows[-1][1])), [Period.parse(period) for period, _table in rows]


def newest(municipality: Municipality) -> Period | None:
    """The newest period that is public; of two that begin on one day the shorter."""
    row = _public(municipality).order_by("-first_day", "last_day").values_list("period", flat=True).first()
    return None if row is None else Period.parse(row)


def _public(municipality: Municipality) -> ReleaseQuerySet:
    with_files = Exists(ReleaseFile.objects.of(municipality).filter(release=OuterRef("pk")))
    own: ReleaseQuerySet = Release.objects.of(municipality)
    return own.drawn().filter(with_files)


def _year(municipality: Municipality, year: int) -> Year:
    fixed_grid = grid.read(municipality, year)
    if fixed_grid is None:
        raise LookupError(f"there is no grid of {year}")
    return Year(fixed_grid, disclosure_grid(fixed_grid), Names(fixed_grid))


def _key(group: Sequence[Release]) -> _Key:
    return tuple((release.pk, release.sha256) for release in group)


def _remember(
    municipality: Municipality, groups: Sequence[tuple[Period, tuple[Release, ...]]]
) -> list[tuple[Drawn, Year]]:
    """The draws of the groups; the numbers of what is not in memory are read in one query, and kept."""
    of_group = {key: entry for _period, group in groups if (entry := _memory.get(key := _key(group)))}
    missing = [(period, group) for period, group in groups if _key(group) not in of_group]
    ids = [release.pk for _period, group in missing for release in group]
    rows: dict[int, Any] = dict(Release.objects.filter(pk__in=ids).values_list("pk", "rows")) if ids else {}
    years = {year: _year(municipality, year) for year in {group[0].grid_year for _period, group in missing}}
    for period, group in missing:
        year = years[group[0].grid_year]
        tables = tuple(_table(release, year.grid, rows[release.pk]) for release in group)
        of_group[_key(group)] = Drawn(period, year.grid, tables), year
    _keep(of_group)
    return [of_group[_key(group)] for _period, group in groups]


def _keep(of_group: dict[_Key, tuple[Drawn, Year]]) -> None:
    """Until others are asked for more lately."""
    with _lock:
        for key, entry in of_group.items():
            _memory[key] = entry
            _memory.move_to_end(key)
        while len(_memory) > _MOST_IN_MEMORY:
            _memory.popitem(last=False)


def _table(release: Release, keys: Grid, rows: list[list[Any]]) -> DrawnTable:
    cells = tuple(Cell(tuple(row[:-4]), *row[-4:]) for row in rows)
    return DrawnTable(table_of(release.table), Fraction(release.epsilon), keys, cells)
