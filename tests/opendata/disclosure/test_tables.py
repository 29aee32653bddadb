import itertools
from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import pytest

from opendata.disclosure import BANDS, MONTHLY, YEARLY, Dimension, PeriodKind, Table
from opendata.disclosure.errors import InvalidEpsilonError, InvalidTableError
from opendata.disclosure.tables import sensitivity, sensitivity_of_change
from tests.opendata.disclosure.worlds import make_grid
from tests.sure import sure

GRID = make_grid()
COARSER = [made for table in MONTHLY for made in (table.coarser_period(), table.coarser_area()) if made]
EVERY_TABLE = [*MONTHLY, *YEARLY, *COARSER]

# every kind of melding there can be: known, of another year, made up, and without category
PLACES = ["BU0000", "BU0101", "BU9999", None]
SORTS = ["c0-0", "c1-1", "new", None]
MELDINGEN = list(itertools.product(PLACES, SORTS, BANDS[:2]))


def cells(table: Table, meldingen: Sequence[Any]) -> tuple[Any, ...]:
    return GRID.count(table, Counter(meldingen))


def distance(one: tuple[Any, ...], other: tuple[Any, ...]) -> int:
    return sum(abs(a - b) for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("table", EVERY_TABLE, ids=lambda table: f"{table.name} {table.period_kind}")
def test_one_melding_more_changes_one_cell_by_one(table: Table) -> None:
    assert sensitivity(table) == 1
    for others in itertools.chain([()], itertools.combinations_with_replacement(MELDINGEN, 1), [tuple(MELDINGEN)]):
        without = cells(table, others)
        for melding in MELDINGEN:
            assert distance(without, cells(table, (*others, melding))) == 1


@pytest.mark.parametrize("table", EVERY_TABLE, ids=lambda table: f"{table.name} {table.period_kind}")
def test_one_melding_changed_changes_at_most_two_cells_by_one(table: Table) -> None:
    changes = {
        distance(cells(table, [*MELDINGEN, before]), cells(table, [*MELDINGEN, after]))
        for before, after in itertools.product(MELDINGEN, repeat=2)
    }
    assert changes == {0, sensitivity_of_change(table)}


def test_the_shares_of_a_budget_are_exactly_the_whole_of_it() -> None:
    assert sum(table.share for table in MONTHLY) == 1
    assert sum(table.share for table in YEARLY) == 1


def test_a_coarser_period_keeps_its_account_and_a_coarser_area_its_period() -> None:
    quarter = sure(MONTHLY[0].coarser_period())
    assert (quarter.period_kind, quarter.paid_by) == (PeriodKind.QUARTER, PeriodKind.MONTH)
    year = sure(quarter.coarser_period())
    assert (year.period_kind, year.paid_by, year.coarser_period()) == (PeriodKind.YEAR, PeriodKind.MONTH, None)
    wijk = sure(MONTHLY[1].coarser_area())
    assert (wijk.name, wijk.period_kind) == ("wijk", PeriodKind.MONTH)
    assert MONTHLY[2].coarser_area() is None


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        (("t", (), PeriodKind.MONTH, Fraction(1)), InvalidTableError),
        (("", (Dimension.WIJK,), PeriodKind.MONTH, Fraction(1)), InvalidTableError),
        (("t", (Dimension.WIJK, Dimension.BUURT), PeriodKind.MONTH, Fraction(1)), InvalidTableError),
        (("t", ("straat",), PeriodKind.MONTH, Fraction(1)), InvalidTableError),
        (("t", (Dimension.WIJK,), PeriodKind.MONTH, Fraction(1), PeriodKind.YEAR), InvalidTableError),
        (("t", (Dimension.WIJK,), PeriodKind.QUARTER, Fraction(1), PeriodKind.QUARTER), InvalidTableError),
        (("t", (Dimension.WIJK,), PeriodKind.MONTH, 0.4), InvalidEpsilonError),
        (("t", (Dimension.WIJK,), PeriodKind.MONTH, Fraction(0)), InvalidEpsilonError),
        (("t", (Dimension.WIJK,), PeriodKind.MONTH, Fraction(11, 10)), InvalidEpsilonError),
    ],
)
def test_a_table_that_cannot_be_counted_is_refused(arguments: tuple[Any, ...], error: type) -> None:
    with pytest.raises(error):
        Table(*arguments)
