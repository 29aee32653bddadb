"""Sums, groups and rates over the tables of a draw, each with the noise that is in it.

What was published as one number is that number. A question such as "wijk 3, waste and green, March" can often be
answered by more than one table. The answer is the average of all that can, with weights by precision (in sixteenths,
chosen from the number of cells and epsilon, never from the draws): unbiased, and more precise than each alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from fractions import Fraction
from math import exp

from opendata.disclosure.errors import UnknownSelectionError
from opendata.disclosure.grid import Grid
from opendata.disclosure.intervals import Component, Quantity, plain, shares_of_sixteen
from opendata.disclosure.mechanism import Cell, Drawn, DrawnTable
from opendata.disclosure.tables import HIERARCHIES, Dimension

MIN_INHABITANTS = 300

Where = Mapping[Dimension, Collection[str]]


def total(draw: Drawn, where: Where | None = None) -> Quantity:
    """The number of meldingen of the period with `where` (values per dimension, all of which must hold; None: all
    meldingen).

    What is shown is the published estimate of a cell, and of what several tables can tell, for which all of them add up
    alike; of any other sum of cells it is the unbiased number itself.
    UnknownSelectionError when a value is not in the grid, or no drawn table can tell.
    """
    finest = _finest(draw.grid, where or {})
    able = [(table, cells) for table in draw.tables if (cells := _cells(table, finest)) is not None]
    if not able:
        raise UnknownSelectionError("no table of this draw can tell that")
    single = [one for one in able if len(one[1]) == 1]
    if single:  # one number that stands in a file is that number everywhere
        able = [min(single, key=lambda one: _variance(one[0]))]
    is_published = len(able) > 1 or len(able[0][1]) == 1
    weights = shares_of_sixteen([len(cells) * _variance(table) for table, cells in able])
    parts = [(table, cells, Fraction(w, 16)) for (table, cells), w in zip(able, weights, strict=True) if w]
    value = sum((sum(cell.trekking for cell in cells) * weight for _, cells, weight in parts), Fraction(0))
    return Quantity(
        value=value,
        estimate=Fraction(sum(cell.schatting for cell in parts[0][1])) if is_published else plain(value),
        components=tuple(Component(table.epsilon, len(cells), weight) for table, cells, weight in parts),
        sources=frozenset(
            (draw.period, draw.grid.gemeente, table.table.name, cell.key) for table, cells, _ in parts for cell in cells
        ),
    )


def rate(count: Quantity, inhabitants: int | None, per: int = 1000) -> Quantity | None:
    """Meldingen per `per` inhabitants; None where the inhabitants are unknown (None or negative) or fewer than 300."""
    return rate_among(count, inhabitants, inhabitants, per)


def rate_among(count: Quantity, inhabitants: int | None, among: int | None, per: int = 1000) -> Quantity | None:
    """Meldingen per `per` of something else that is counted where these inhabitants live, such as households."""
    factor = factor_of_rate(inhabitants, among, per)
    return None if factor is None else count.times(factor)


def factor_of_rate(inhabitants: int | None, among: int | None, per: int = 1000) -> Fraction | None:
    """What a number is multiplied by to be a rate; None where there is none."""
    if inhabitants is None or inhabitants < MIN_INHABITANTS or among is None or among <= 0:
        return None
    return Fraction(per, among)


def _variance(table: DrawnTable) -> float:
    p = exp(-float(table.epsilon))
    return 2 * p / (1 - p) ** 2


def _finest(grid: Grid, where: Where) -> list[frozenset[str] | None]:
    """For each hierarchy the finest values that `where` selects, None where it says nothing of it; selecting nothing is
    refused.
    """
    finest: list[frozenset[str] | None] = []
    for hierarchy in HIERARCHIES:
        values: frozenset[str] | None = None
        for dimension in hierarchy:
            if dimension in where:
                within = grid.within[dimension]
                if not where[dimension] or any(value not in within for value in where[dimension]):
                    raise UnknownSelectionError(f"no such {dimension} in the grid of {grid.year}")
                inside = frozenset().union(*(within[value] for value in where[dimension]))
                values = inside if values is None else values & inside
        if values is not None and not values:
            raise UnknownSelectionError("the values exclude each other")
        finest.append(values)
    return finest


def _cells(table: DrawnTable, finest: list[frozenset[str] | None]) -> list[Cell] | None:
    """The cells of `table` that together are exactly the selection; None when there is no such set."""
    places_of: dict[Dimension, list[int]] = {}
    for hierarchy, values in zip(HIERARCHIES, finest, strict=True):
        own = next((dimension for dimension in hierarchy if dimension in table.table.dimensions), None)
        if own is None:
            if values is not None and len(values) < len(table.grid.within[hierarchy[-1]]):
                return None
            continue
        places = _places(table.grid, own, values)
        if places is None:
            return None
        places_of[own] = places
    offsets = [0]
    for dimension in table.table.dimensions:
        size = len(table.grid.places[dimension])
        offsets = [before * size + place for before in offsets for place in places_of[dimension]]
    return [table.cells[place] for place in offsets]


def _places(grid: Grid, own: Dimension, values: frozenset[str] | None) -> list[int] | None:
    """Which values of `own` are exactly what is chosen, in the order of the grid; None when some are so in part."""
    places = grid.places[own]
    if values is None:
        return list(places.values())
    belongs, within = grid.coarse[own], grid.within[own]
    inside = {belongs[value] for value in values}
    if sum(len(within[value]) for value in inside) != len(values):
        return None
    return sorted(places[value] for value in inside)
