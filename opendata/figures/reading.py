"""The draws of periods, made again from their releases. What is released never changes, so it is kept in memory."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from analytics import grid
from analytics.grid import FixedGrid
from meldingen.tenancy.models import Municipality
from opendata.datasets import Dataset, caveats_of, disclosure_grid
from opendata.datasets.keys import Names
from opendata.disclosure import Cell, Drawn, DrawnTable, Grid, Period
from opendata.memory import Memory
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
_memory: Memory[_Key, Draw] = Memory(_MOST_IN_MEMORY)


@dataclass(frozen=True)
class _Line:
    """What the list of releases says of one."""

    pk: int
    sha256: str
    dataset: str
    table: Any
    period: str
    last_day: date


class Shelf:
    """What is public of a municipality, oldest first; one query for all that a page asks of it."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        columns = ("pk", "sha256", "dataset", "table", "period", "last_day")
        self._lines = [_Line(*row) for row in _public(municipality).order_by("first_day", "pk").values_list(*columns)]

    def periods(self, dataset: str) -> tuple[Dataset, list[Period]] | None:
        """A dataset with its periods, oldest first; None when nothing of that name is public."""
        lines = [one for one in self._lines if one.dataset == dataset]
        if not lines:
            return None
        return Dataset(table_of(lines[-1].table)), [Period.parse(one.period) for one in lines]

    @cached_property
    def state(self) -> tuple[tuple[int, str], ...]:
        """What tells this shelf from any other: the releases with their hashes. The same is the same for ever."""
        return tuple((one.pk, one.sha256) for one in self._lines)

    def datasets(self) -> list[Dataset]:
        """Those of which a period is public, by name, each as its newest period has it."""
        last = {one.dataset: one for one in self._lines}
        return [Dataset(table_of(last[slug].table)) for slug in sorted(last)]

    def newest_of(self) -> dict[str, tuple[int, int]]:
        """Dataset -> how many periods of it are public, and the id of the release of the newest."""
        numbers = Counter(one.dataset for one in self._lines)
        last = {one.dataset: one.pk for one in self._lines}
        return {slug: (number, last[slug]) for slug, number in numbers.items()}

    def newest(self) -> Period | None:
        """The newest period; of two that begin on one day the shorter."""
        periods = {one.period: one.last_day for one in self._lines}
        order = sorted(periods, key=lambda period: (Period.parse(period).first_day, -periods[period].toordinal()))
        return Period.parse(order[-1]) if order else None

    def draws(self, periods: Sequence[Period]) -> list[Draw]:
        """The draws of the periods, in their order; what is not in memory is read: its numbers, and its grids.

        NotReleased names the periods of which nothing is public.
        """
        of_period: dict[str, list[tuple[int, str]]] = {str(period): [] for period in periods}
        for line in self._lines:
            if line.period in of_period:
                of_period[line.period].append((line.pk, line.sha256))
        absent = [period for period in periods if not of_period[str(period)]]
        if absent:
            raise NotReleased(absent)
        return _remember(self.municipality, [(period, tuple(of_period[str(period)])) for period in periods])


def draws(municipality: Municipality, periods: Sequence[Period]) -> list[Draw]:
    """Those of the periods, for who asks only once."""
    return Shelf(municipality).draws(periods)


def _public(municipality: Municipality) -> ReleaseQuerySet:
    with_files = Exists(ReleaseFile.objects.of(municipality).filter(release=OuterRef("pk")))
    own: ReleaseQuerySet = Release.objects.of(municipality)
    return own.drawn().filter(with_files)


def _year(municipality: Municipality, year: int) -> Year:
    fixed_grid = grid.read(municipality, year)
    if fixed_grid is None:
        raise LookupError(f"there is no grid of {year}")
    return Year(fixed_grid, disclosure_grid(fixed_grid), Names(fixed_grid))


def _remember(municipality: Municipality, groups: Sequence[tuple[Period, _Key]]) -> list[Draw]:
    """The draws of the groups; those that are not in memory are made, and kept."""
    of_group = {key: draw for _period, key in groups if (draw := _memory.get(key))}
    missing = [(period, key) for period, key in groups if key not in of_group]
    ids = [pk for _period, key in missing for pk, _sha256 in key]
    releases = Release.objects.filter(pk__in=ids).defer("rows", "noise").in_bulk() if ids else {}
    rows: dict[int, Any] = dict(Release.objects.filter(pk__in=ids).values_list("pk", "rows")) if ids else {}
    years = {year: _year(municipality, year) for year in {one.grid_year for one in releases.values()}}
    for period, key in missing:
        group = tuple(releases[pk] for pk, _sha256 in key)
        year = years[group[0].grid_year]
        tables = tuple(_table(release, year.grid, rows[release.pk]) for release in group)
        of_group[key] = _memory.keep(key, Draw(Drawn(period, year.grid, tables), year, group))
    return [of_group[key] for _period, key in groups]


def _table(release: Release, keys: Grid, rows: list[list[Any]]) -> DrawnTable:
    cells = tuple(Cell(tuple(row[:-4]), *row[-4:]) for row in rows)
    return DrawnTable(table_of(release.table), Fraction(release.epsilon), keys, cells)
