"""The fixed grid of keys: which areas, categories and handling times a year's tables have, decided before the year
begins.

Every cell of the grid is published, zeros too, so the list of published keys tells nothing about what was reported.
Whatever a melding holds that the grid does not know (a category made in the course of the year, a buurt that was
divided, no category yet) counts in the rest value of that dimension: there is no melding that could make a draw fail,
and so no failure that could betray a melding.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property

from opendata.disclosure.errors import InvalidCountError, InvalidGridError, InvalidTableError, WrongYearError
from opendata.disclosure.tables import AREAS, CATEGORIES, HIERARCHIES, Dimension, Table

REST = "overig"
STILL_OPEN = "nog-open"
HANDLING_TIMES = (
    ("binnen-1-dag", timedelta(days=1)),
    ("binnen-3-dagen", timedelta(days=3)),
    ("binnen-1-week", timedelta(weeks=1)),
    ("binnen-2-weken", timedelta(weeks=2)),
    ("binnen-8-weken", timedelta(weeks=8)),
)
LONGER = "langer"
BANDS = (*(name for name, _ in HANDLING_TIMES), LONGER, STILL_OPEN)
MAX_COUNT = 10**9

Key = tuple[str, ...]
Counts = Mapping[tuple[str | None, ...], int]


def handling_band(duration: timedelta | None) -> str:
    """The band of the time between receipt and end; None means that the melding is still open when the year is
    drawn."""
    if duration is None:
        return STILL_OPEN
    return next((name for name, limit in HANDLING_TIMES if duration <= limit), LONGER)


@dataclass(frozen=True)
class Area:
    """A buurt of the grid: its code, the code of its wijk, and the year of the map both are from."""

    code: str
    wijk: str
    year: int


@dataclass(frozen=True)
class Category:
    """A category of the grid by its slug, unique in the grid, and the slug of its main category."""

    slug: str
    main: str


@dataclass(frozen=True)
class Grid:
    """The areas and categories of one municipality for one year; the rest values are added when they are not there.

    InvalidGridError for an empty grid, a key that occurs twice or lacks its parent; WrongYearError for an area of
    another year.
    """

    year: int
    gemeente: str
    areas: tuple[Area, ...]
    categories: tuple[Category, ...]
    bands: tuple[str, ...] = field(default=BANDS)

    def __post_init__(self) -> None:
        if not self.areas or not self.categories or not self.bands or not self.gemeente:
            raise InvalidGridError("a grid needs a gemeente, an area, a category and a handling time at least")
        if any(area.year != self.year for area in self.areas):
            raise WrongYearError(f"the grid of {self.year} has areas of another year")
        if not all(area.code and area.wijk for area in self.areas):
            raise InvalidGridError("an area misses its code or its wijk")
        if not all(category.slug and category.main for category in self.categories):
            raise InvalidGridError("a category misses its slug or its main category")
        object.__setattr__(self, "areas", self._with_rest_area())
        object.__setattr__(self, "categories", self._with_rest_category())
        for kind, keys in (
            ("area", [area.code for area in self.areas]),
            ("category", [category.slug for category in self.categories]),
            ("handling time", list(self.bands)),
        ):
            double = sorted({key for key in keys if keys.count(key) > 1})
            if double:
                raise InvalidGridError(f"double {kind} in the grid: {', '.join(double)}")

    def _with_rest_area(self) -> tuple[Area, ...]:
        known = any(area.code == REST for area in self.areas)
        return self.areas if known else (*self.areas, Area(REST, REST, self.year))

    def _with_rest_category(self) -> tuple[Category, ...]:
        known = any(category.slug == REST for category in self.categories)
        return self.categories if known else (*self.categories, Category(REST, REST))

    @cached_property
    def coarse(self) -> dict[Dimension, dict[str, str]]:
        """For each dimension: the finest value of its hierarchy -> the value in this dimension, in the order of the
        grid."""
        return {
            Dimension.GEMEENTE: {area.code: self.gemeente for area in self.areas},
            Dimension.WIJK: {area.code: area.wijk for area in self.areas},
            Dimension.BUURT: {area.code: area.code for area in self.areas},
            Dimension.MAIN_CATEGORY: {category.slug: category.main for category in self.categories},
            Dimension.CATEGORY: {category.slug: category.slug for category in self.categories},
            Dimension.HANDLING_TIME: {band: band for band in self.bands},
        }

    @cached_property
    def within(self) -> dict[Dimension, dict[str, frozenset[str]]]:
        """For each dimension: value -> the finest values that lie within it, in the order of the grid."""
        values: dict[Dimension, dict[str, set[str]]] = {}
        for dimension, coarse in self.coarse.items():
            inside = values.setdefault(dimension, {})
            for finest, value in coarse.items():
                inside.setdefault(value, set()).add(finest)
        return {one: {value: frozenset(finest) for value, finest in inside.items()} for one, inside in values.items()}

    @cached_property
    def places(self) -> dict[Dimension, dict[str, int]]:
        """For each dimension: value -> which one it is in the order of the grid."""
        return {one: {value: place for place, value in enumerate(inside)} for one, inside in self.within.items()}

    def values(self, dimension: Dimension) -> tuple[str, ...]:
        """The values of one dimension, each once, in the order of the grid."""
        return tuple(self.within[dimension])

    def parents(self, finer: Dimension, coarser: Dimension) -> dict[str, str]:
        """For each value of `finer` the value of `coarser` that it belongs to; both of one hierarchy."""
        if not any(finer in hierarchy and coarser in hierarchy for hierarchy in HIERARCHIES):
            raise InvalidTableError(f"{finer} and {coarser} do not belong to one hierarchy")
        return dict(zip(self.coarse[finer].values(), self.coarse[coarser].values(), strict=True))

    def keys(self, dimensions: Sequence[Dimension]) -> tuple[Key, ...]:
        """All keys of a table with these dimensions, in a fixed order."""
        return tuple(itertools.product(*(self.values(dimension) for dimension in dimensions)))

    def place(self, dimensions: Sequence[Dimension], finest: tuple[str | None, ...]) -> Key:
        """The one key under which a melding of `finest` = (buurt, category[, band]) counts. Unknown values go to the
        rest value."""
        return tuple(self._value(dimension, finest) for dimension in dimensions)

    def _value(self, dimension: Dimension, finest: tuple[str | None, ...]) -> str:
        values = self.coarse[dimension]
        if dimension in AREAS:
            return values.get(finest[0] or REST) or values[REST]
        if dimension in CATEGORIES:
            return values.get(finest[1] or REST) or values[REST]
        if len(finest) < 3:
            raise InvalidTableError("a table by handling time needs counts by (buurt, category, band)")
        band = finest[2]
        if band not in values:
            raise InvalidTableError("a handling time that the grid does not have: take it from handling_band()")
        return band

    def count(self, table: Table, counts: Counts) -> tuple[int, ...]:
        """The cells of `table` in the order of `keys`, from counts by the finest key; what is not in `counts` is
        zero."""
        cells = dict.fromkeys(self.keys(table.dimensions), 0)
        for finest, number in counts.items():
            cells[self.place(table.dimensions, finest)] += check_count(number)
        return tuple(cells.values())


def check_count(number: int) -> int:
    """`number` itself when it is an int of zero or more; InvalidCountError for floats, booleans, negatives and the
    absurd."""
    if type(number) is not int:
        raise InvalidCountError(f"a count must be an int, not {type(number).__name__}")
    if not 0 <= number <= MAX_COUNT:
        raise InvalidCountError("a count must be zero or more and below a thousand million")
    return number
