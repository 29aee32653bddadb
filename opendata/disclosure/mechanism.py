"""The draw: counts in, protected cells out, all tables of one period at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from opendata.disclosure import accounting, intervals, reconcile
from opendata.disclosure.errors import InvalidTableError, UnknownSelectionError, WrongYearError
from opendata.disclosure.grid import Counts, Grid, Key
from opendata.disclosure.periods import Period
from opendata.disclosure.sampler import discrete_laplace
from opendata.disclosure.tables import Table


@dataclass(frozen=True, slots=True)
class Cell:
    """One published number: the unbiased draw, the estimate (zero or more) and the bounds of its 90 % interval. Five
    years of them stay in memory: with slots the garbage collector has half as much to look through.
    """

    key: Key
    trekking: int
    schatting: int
    ondergrens: int
    bovengrens: int


@dataclass(frozen=True)
class DrawnTable:
    """A table as drawn: its parameter and its cells, one for each key of the grid and in that order.

    Can be made again from stored cells; InvalidTableError when a key of the grid is missing, unknown or there twice.
    """

    table: Table
    epsilon: Fraction
    grid: Grid = field(repr=False)
    cells: tuple[Cell, ...] = field(repr=False)  # a repr may reach a log

    def __post_init__(self) -> None:
        if tuple(cell.key for cell in self.cells) != self.grid.keys(self.table.dimensions):
            raise InvalidTableError(f"{self.table.name}: the cells are not those of the grid, in its order")

    @cached_property
    def _by_key(self) -> dict[Key, Cell]:
        return {cell.key: cell for cell in self.cells}

    def cell(self, *key: str) -> Cell:
        """The cell of a key; UnknownSelectionError when the grid has no such key."""
        try:
            return self._by_key[key]
        except KeyError:
            raise UnknownSelectionError(f"{self.table.name} has no cell {key}") from None


@dataclass(frozen=True)
class Drawn:
    """All tables that were drawn together for one period; in memory only until the ledger has booked and stored
    them."""

    period: Period
    grid: Grid = field(repr=False)
    tables: tuple[DrawnTable, ...] = field(repr=False)

    def __getitem__(self, name: str) -> DrawnTable:
        for drawn_table in self.tables:
            if drawn_table.table.name == name:
                return drawn_table
        raise UnknownSelectionError(f"there is no table {name} in this draw")


def draw(tables: Sequence[Table], grid: Grid, counts: Counts, budget: Fraction, period: Period) -> Drawn:
    """Draw all `tables` of one `period` at once, each with its share of `budget`.

    `counts` maps (buurt code, category slug), or (buurt code, category slug, band) for tables by handling time, to
    the number of meldingen of the period; what is absent is zero. Everything is checked before the first random
    number is asked for; an error means that nothing was drawn. Calling this twice for one period breaks the promise.

    The ledger does the same in two steps: `noise` before it may look at a count, and with the noise that it stored
    `reveal`. Whatever goes wrong in between, there is only one noise for a period.
    """
    _check(tables, grid, budget, period)
    true = [grid.count(table, counts) for table in tables]
    epsilons = [accounting.cost(table, budget) for table in tables]
    return finish(tables, grid, epsilons, _sum(true, noise(tables, grid, budget, period)), period)


def noise(tables: Sequence[Table], grid: Grid, budget: Fraction, period: Period) -> list[tuple[int, ...]]:
    """The random part of a draw: a number for each cell of each table, in the order of the grid. It depends on nothing
    but the epsilons and the grid, so making it anew costs nothing as long as no count was added to it.
    """
    _check(tables, grid, budget, period)
    return [discrete_laplace(accounting.cost(table, budget), len(grid.keys(table.dimensions))) for table in tables]


def reveal(
    tables: Sequence[Table],
    grid: Grid,
    epsilons: Sequence[Fraction],
    noises: Sequence[Sequence[int]],
    counts: Counts,
    period: Period,
) -> Drawn:
    """The draw that a stored `noise` belongs to. The same noise may be used again only while nobody saw the result."""
    true = [grid.count(table, counts) for table in tables]
    return finish(tables, grid, epsilons, _sum(true, noises), period)


def _check(tables: Sequence[Table], grid: Grid, budget: Fraction, period: Period) -> None:
    accounting.bookings(tables, period, budget)
    if grid.year != period.year:
        raise WrongYearError(f"the grid of {grid.year} cannot be used for {period}")
    reconcile.check(tables)


def _sum(true: Sequence[Sequence[int]], noises: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    return [
        tuple(count + chance for count, chance in zip(cells, random, strict=True))
        for cells, random in zip(true, noises, strict=True)
    ]


def finish(
    tables: Sequence[Table],
    grid: Grid,
    epsilons: Sequence[Fraction],
    noisy: Sequence[tuple[int, ...]],
    period: Period,
) -> Drawn:
    """Estimates and intervals from the draws alone: what is done here sees no true count and costs no budget."""
    estimates = reconcile.estimate(tables, grid, epsilons, noisy)
    drawn_tables = []
    for table, epsilon, draws, of_cells in zip(tables, epsilons, noisy, estimates, strict=True):
        width = intervals.half_width(epsilon)
        cells = tuple(
            Cell(key, trekking, schatting, *intervals.around(trekking, width, schatting))
            for key, trekking, schatting in zip(grid.keys(table.dimensions), draws, of_cells, strict=True)
        )
        drawn_tables.append(DrawnTable(table, epsilon, grid, cells))
    return Drawn(period, grid, tuple(drawn_tables))
