"""One estimate for all tables of a period: whole numbers, never below zero, and adding up alike in every table.

What the tables share are margins: two tables by wijk both tell the total of the wijk. The estimate is made from the
total down:

1. For every shared margin, the sums of the *unclamped* draws of each table that can tell it, averaged with weights of
   one over their variance. Clamping first would lift the total by about half the noise of every empty cell.
2. From the coarsest margin to the tables: the estimates within one parent cell are moved to the nearest numbers of
   zero or more that add up to the parent (least squares), then rounded so that they still do. A table between two
   margins (wijk x hoofdcategorie between the wijken and the hoofdcategorieen) is moved to agree with both, then
   rounded by a linear program, whose vertices are whole numbers.

Everything here is computed from draws; it costs no budget, and it has no randomness of its own.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import optimize, sparse

from opendata.disclosure.errors import UnsupportedTablesError
from opendata.disclosure.grid import Grid
from opendata.disclosure.tables import AREAS, CATEGORIES, Dimension, Table

Levels = tuple[int, int, int]
Numbers = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]

_HIERARCHIES = (AREAS, (None, *CATEGORIES), (None, Dimension.HANDLING_TIME))
_ROUNDS = 400


def levels(dimensions: Sequence[Dimension]) -> Levels:
    """How fine a table is on each hierarchy (area, category, handling time); 0 is the total."""
    fineness = [
        max((hierarchy.index(dimension) for dimension in dimensions if dimension in hierarchy), default=0)
        for hierarchy in _HIERARCHIES
    ]
    return fineness[0], fineness[1], fineness[2]


def margins(tables: Sequence[Table]) -> tuple[Levels, ...]:
    """The total, the tables, and every margin that they share, from coarse to fine."""
    margins_so_far = {levels(table.dimensions) for table in tables} | {(0, 0, 0)}
    while True:
        meets = {_meet(one, other) for one, other in itertools.combinations(margins_so_far, 2)}
        if meets <= margins_so_far:
            return tuple(sorted(margins_so_far, key=lambda margin: (sum(margin), margin)))
        margins_so_far |= meets


def check(tables: Sequence[Table]) -> None:
    """UnsupportedTablesError when a margin lies between more than two coarser ones."""
    all_margins = margins(tables)
    for margin in all_margins:
        if len(_parents(margin, all_margins)) > 2:
            raise UnsupportedTablesError("a table that shares three margins with others cannot be rounded consistently")


def estimate(
    tables: Sequence[Table], grid: Grid, epsilons: Sequence[Fraction], noisy: Sequence[Sequence[int]]
) -> list[tuple[int, ...]]:
    """The estimate of every cell of every table, in the order of the grid, from their draws `noisy`."""
    check(tables)
    axes = _Axes(grid)
    sources = [
        (levels(table.dimensions), axes.cube(table, draws), float(np.exp(-float(epsilon))))
        for table, epsilon, draws in zip(tables, epsilons, noisy, strict=True)
    ]
    all_margins = margins(tables)
    estimates: dict[Levels, Whole] = {}
    for margin in all_margins:
        best, spread = _best(margin, sources, axes)
        parents = [(axes.index(margin, parent), estimates[parent]) for parent in _parents(margin, all_margins)]
        estimates[margin] = _fit(best, spread, parents)
    return [axes.flat(table, estimates[levels(table.dimensions)]) for table in tables]


class _Axes:
    """The grid as three hierarchies of positions; a margin is the array over one level of each."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.sizes = [
            [1 if dimension is None else len(grid.values(dimension)) for dimension in hierarchy]
            for hierarchy in _HIERARCHIES
        ]

    def up(self, axis: int, fine: int, coarse: int) -> Whole:
        """For each position on level `fine` of one hierarchy the position on `coarse` that holds it."""
        finer, coarser = _HIERARCHIES[axis][fine], _HIERARCHIES[axis][coarse]
        if finer is None or coarser is None:
            return np.zeros(self.sizes[axis][fine], dtype=np.int64)
        position = {value: number for number, value in enumerate(self.grid.values(coarser))}
        return np.array([position[value] for value in self.grid.parents(finer, coarser).values()], dtype=np.int64)

    def shape(self, margin: Levels) -> tuple[int, int, int]:
        return self.sizes[0][margin[0]], self.sizes[1][margin[1]], self.sizes[2][margin[2]]

    def index(self, fine: Levels, coarse: Levels) -> Whole:
        """For each cell of `fine`, flattened, the number of the cell of `coarse` that holds it."""
        one, two, three = (self.up(axis, fine[axis], coarse[axis]) for axis in range(3))
        _, second, third = self.shape(coarse)
        return ((one[:, None, None] * second + two[None, :, None]) * third + three[None, None, :]).ravel()

    def cube(self, table: Table, draws: Sequence[int]) -> Numbers:
        """The draws of `table`, from the order of its own dimensions to area, category, handling time; flattened."""
        own = [len(self.grid.values(dimension)) for dimension in table.dimensions]
        return np.asarray(draws, dtype=np.float64).reshape(own).transpose(_order(table)).ravel()

    def flat(self, table: Table, numbers: Whole) -> tuple[int, ...]:
        """The way back from `cube`."""
        order = _order(table)
        own = [len(self.grid.values(table.dimensions[axis])) for axis in order]
        back = np.argsort(order)
        return tuple(int(number) for number in numbers.reshape(own).transpose(back).ravel())


def _order(table: Table) -> list[int]:
    hierarchies = [next(axis for axis in range(3) if dimension in _HIERARCHIES[axis]) for dimension in table.dimensions]
    return sorted(range(len(hierarchies)), key=lambda position: hierarchies[position])


def _meet(one: Levels, other: Levels) -> Levels:
    return min(one[0], other[0]), min(one[1], other[1]), min(one[2], other[2])


def _within(coarse: Levels, fine: Levels) -> bool:
    return all(a <= b for a, b in zip(coarse, fine, strict=True))


def _parents(margin: Levels, all_margins: Sequence[Levels]) -> list[Levels]:
    """The coarser margins next to `margin`: those with no other known margin in between."""
    coarser = [other for other in all_margins if other != margin and _within(other, margin)]
    return [one for one in coarser if not any(one != other and _within(one, other) for other in coarser)]


def _best(margin: Levels, sources: Sequence[tuple[Levels, Numbers, float]], axes: _Axes) -> tuple[Numbers, Numbers]:
    """The unbiased estimate of each cell of `margin` with the least variance among averages of the tables, and that
    variance."""
    size = int(np.prod(axes.shape(margin)))
    value, weight = np.zeros(size), np.zeros(size)
    for fine, draws, p in sources:
        if _within(margin, fine):
            index = axes.index(fine, margin)
            variance = np.bincount(index, minlength=size) * 2 * p / (1 - p) ** 2
            value += np.bincount(index, weights=draws, minlength=size) / variance
            weight += 1 / variance
    spread: Numbers = np.reciprocal(weight)
    return np.multiply(value, spread), spread


def _fit(best: Numbers, spread: Numbers, parents: Sequence[tuple[Whole, Whole]]) -> Whole:
    """The whole numbers of zero or more near `best` that add up to the totals of every parent."""
    if not parents:
        return np.maximum(0, np.rint(best)).astype(np.int64)
    if len(parents) == 1:
        index, totals = parents[0]
        real = np.maximum(0, best + spread * _shift(best, spread, index, totals)[index])
        return _round_within(real, index, totals)
    (rows, row_totals), (columns, column_totals) = parents
    by_row = np.zeros(len(row_totals))
    for _ in range(_ROUNDS):
        by_rows = best + spread * by_row[rows]
        by_column = _shift(by_rows, spread, columns, column_totals)
        real = np.maximum(0, by_rows + spread * by_column[columns])
        off = np.bincount(rows, weights=real, minlength=len(row_totals)) - row_totals
        if np.abs(off).max() < 1e-6:
            break
        by_row = _shift(best + spread * by_column[columns], spread, rows, row_totals)
    return _round_between(real, parents)


def _shift(best: Numbers, spread: Numbers, index: Whole, totals: Whole) -> Numbers:
    """For each group the number u for which the sum of max(0, wanted + u x spread) is its total (Michelot 1986)."""
    groups = len(totals)
    active = np.ones(len(best), dtype=bool)
    while True:
        weight = np.bincount(index[active], weights=spread[active], minlength=groups)
        value = np.bincount(index[active], weights=best[active], minlength=groups)
        shift: Numbers = np.divide(totals - value, weight, out=np.zeros(groups), where=weight > 0)
        still = active & (best + spread * shift[index] > 0)
        # a group with total zero loses its last cells here: one that is left alone keeps the shift that makes it zero
        without_cells = (np.bincount(index[still], minlength=groups) == 0)[index]
        still |= active & without_cells
        if (still == active).all():
            return shift
        active = still


def _round_within(real: Numbers, index: Whole, totals: Whole) -> Whole:
    """Round so that each group still adds up to its total: down, and up again where most was lost."""
    whole = np.floor(real + 1e-9).astype(np.int64)
    missing = totals - np.bincount(index, weights=whole, minlength=len(totals)).astype(np.int64)
    order = np.lexsort((np.arange(len(real)), whole - real, index))
    starts = np.searchsorted(index[order], np.arange(len(totals)))
    rank = np.empty(len(real), dtype=np.int64)
    rank[order] = np.arange(len(real)) - starts[index[order]]
    return whole + (rank < missing[index])


def _bounds(base: Numbers) -> list[tuple[float, float | None]]:
    """One step up at the price of rounding, more at full price, less as far as zero."""
    step: list[tuple[float, float | None]] = [(0, 1)] * len(base)
    more: list[tuple[float, float | None]] = [(0, None)] * len(base)
    less: list[tuple[float, float | None]] = [(0, float(limit)) for limit in base]
    return step + more + less


def _round_between(real: Numbers, parents: Sequence[tuple[Whole, Whole]]) -> Whole:
    """Round so that the cells add up to both parents: the whole numbers nearest to `real` that do (a transport
    problem)."""
    base = np.floor(real)
    part = real - base
    cells = np.arange(len(real))
    adds = sparse.vstack(
        [
            sparse.coo_array((np.ones(len(real)), (index, cells)), shape=(len(totals), len(real)))
            for index, totals in parents
        ]
    )
    rest = np.concatenate([totals for _, totals in parents]) - adds @ base
    equations: Any = sparse.hstack([adds, adds, -adds]).tocsr()  # the stubs of linprog do not know sparse matrices
    solution = optimize.linprog(
        c=np.concatenate([1 - 2 * part, np.ones(len(real)), np.ones(len(real))]),  # the next one up, more, less
        A_eq=equations,
        b_eq=rest,
        bounds=_bounds(base),
        method="highs-ds",
    )
    if solution.status != 0 or solution.x is None:
        raise UnsupportedTablesError(f"no consistent whole numbers: {solution.message}")
    up, more, less = np.rint(solution.x).astype(np.int64).reshape(3, -1)
    whole: Whole = base.astype(np.int64) + up + more - less
    agrees = all((np.bincount(index, weights=whole, minlength=len(t)) == t).all() for index, t in parents)
    if not agrees or whole.min() < 0:
        raise UnsupportedTablesError("no consistent whole numbers were found")
    return whole
