"""Offer a table or refuse it, from volumes that are public: a preview never draws."""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from opendata.disclosure import accounting
from opendata.disclosure.errors import InvalidVolumeError
from opendata.disclosure.grid import Grid
from opendata.disclosure.mechanism import DrawnTable
from opendata.disclosure.periods import PeriodKind
from opendata.disclosure.tables import Table

MAX_ERROR = 0.25


class Reason(enum.StrEnum):
    """Why a table is not offered as it was declared; the words are made where they are shown."""

    COARSER_PERIOD = "coarser_period"
    COARSER_AREA = "coarser_area"
    COARSER_AREA_AND_PERIOD = "coarser_area_and_period"
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Offer:
    """`table` can be published; when it is coarser than was asked, `reason_code` and `params` say why."""

    declared_table: Table
    table: Table
    expected_error: float
    reason_code: Reason | None
    params: dict[str, object]


@dataclass(frozen=True)
class Refusal:
    """No form of the table is precise enough. `params` as with Offer."""

    declared_table: Table
    reason_code: Reason
    params: dict[str, object]


def expected_error(
    table: Table, grid: Grid, volume: float, epsilon: Fraction, shares: Sequence[float] | None = None
) -> float:
    """The expected WMAPE of one period's table: the absolute errors of its cells added up, divided by `volume`.

    `volume` is the expected number of meldingen in one period of the table. Exact for the draw. With `shares`, the
    part of the volume in each cell (from an earlier release, in the order of the grid), it is the error after
    clamping at zero, which halves the error of empty cells; without, every cell counts in full, so that the answer
    errs on the side of refusing.
    """
    if not (isinstance(volume, int | float) and math.isfinite(volume) and volume > 0):
        raise InvalidVolumeError("the expected volume must be a number above zero")
    p = math.exp(-float(epsilon))
    cells = math.prod(len(grid.values(dimension)) for dimension in table.dimensions)
    if shares is None:
        return cells * 2 * p / (1 - p * p) / volume
    if len(shares) != cells or min(shares) < 0 or not math.isclose(sum(shares), 1, abs_tol=1e-6):
        raise InvalidVolumeError("the shares must be one for each cell, none below zero, and add up to one")
    return math.fsum(p * (2 - math.pow(p, share * volume)) / (1 - p * p) for share in shares) / volume


def offer(table: Table, grid: Grid, volume_per_year: float, budget: Fraction) -> Offer | Refusal:
    """`table`, or the first coarser form of it with an expected error of at most 25 %, or a refusal.

    Tried in order: longer periods first, then the next larger area with all its periods, and so on. The decision
    holds for a whole year and is made before its first month is drawn, because a quarter is paid by its months. A
    volume of zero, which is what was released of a year in which nothing was found, offers nothing.
    """
    declared_table = table
    area: Table | None = table
    if volume_per_year == 0:
        return Refusal(declared_table, Reason.TOO_FEW, _params(declared_table, None, None, volume_per_year))
    first = _error(table, grid, volume_per_year, budget)
    while area is not None:
        form: Table | None = area
        while form is not None:
            error = _error(form, grid, volume_per_year, budget)
            if error <= MAX_ERROR:
                reason = _reason(declared_table, form)
                params = _params(declared_table, form, first, volume_per_year) | {
                    "offered_error_percent": percent(error)
                }
                return Offer(declared_table, form, error, reason, params)
            form = form.coarser_period()
        area = area.coarser_area()
    return Refusal(declared_table, Reason.TOO_FEW, _params(declared_table, None, first, volume_per_year))


def error_of(drawn_table: DrawnTable) -> float | None:
    """The expected error of what was drawn, from its own cells and the total of their estimates; None where that total
    is zero, for then nothing can be divided by it. Computed from what is public, so it costs nothing.
    """
    total = sum(cell.schatting for cell in drawn_table.cells)
    return expected_error(drawn_table.table, drawn_table.grid, total, drawn_table.epsilon) if total > 0 else None


def percent(error: float) -> int:
    """An error as a whole percentage, rounded up: above MAX_ERROR exactly where the error is."""
    return math.ceil(error * 100 - 1e-9)


def is_too_uncertain(error: float | None) -> bool:
    """Whether nothing should be concluded from a table with this expected error; None as of `error_of`."""
    return error is None or error > MAX_ERROR


def _error(table: Table, grid: Grid, volume_per_year: float, budget: Fraction) -> float:
    per_period = volume_per_year * table.period_kind.months / PeriodKind.YEAR.months
    return expected_error(table, grid, per_period, accounting.cost(table, budget))


def _reason(declared_table: Table, form: Table) -> Reason | None:
    if declared_table.dimensions == form.dimensions:
        return None if declared_table.period_kind is form.period_kind else Reason.COARSER_PERIOD
    return Reason.COARSER_AREA if declared_table.period_kind is form.period_kind else Reason.COARSER_AREA_AND_PERIOD


def _params(declared_table: Table, form: Table | None, error: float | None, volume: float) -> dict[str, object]:
    """What a sentence about the decision needs: whole percents and names."""
    return {
        "table": declared_table.name,
        "asked_period": str(declared_table.period_kind),
        "expected_error_percent": None if error is None else percent(error),
        "max_error_percent": round(MAX_ERROR * 100),
        "volume_per_year": round(volume),
        "offered_table": form.name if form else None,
        "offered_period": str(form.period_kind) if form else None,
    }
