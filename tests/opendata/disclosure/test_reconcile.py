from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opendata.disclosure import MONTHLY, YEARLY, Dimension, PeriodKind, Table, reconcile
from opendata.disclosure.errors import UnsupportedTablesError
from opendata.disclosure.tables import HIERARCHIES
from tests.opendata.disclosure.worlds import make_grid, skewed_counts, with_band

GRID = make_grid(wijken=3, buurten=2, mains=2, categories=3)
EPSILONS = {table.name: table.share for table in (*MONTHLY, *YEARLY)}


def estimate(
    tables: list[Table] | tuple[Table, Table, Table], noisy: list[Any] | tuple[list[int], list[int], list[int]]
) -> list[tuple[int, ...]]:
    return reconcile.estimate(tables, GRID, [EPSILONS[table.name] for table in tables], noisy)


def hierarchy(dimension: Dimension) -> tuple[Any, ...]:
    return next(one for one in HIERARCHIES if dimension in one)


def margin(table: Table, numbers: tuple[int, ...], dimensions: list[Dimension]) -> dict[tuple[Any, ...], int]:
    """The sums of a table by coarser dimensions."""
    sums = dict.fromkeys(GRID.keys(dimensions), 0)
    for key, number in zip(GRID.keys(table.dimensions), numbers, strict=True):
        coarse = []
        for wanted in dimensions:
            own = next(i for i, d in enumerate(table.dimensions) if hierarchy(d) == hierarchy(wanted))
            coarse.append(GRID.parents(table.dimensions[own], wanted)[key[own]])
        sums[tuple(coarse)] += number
    return sums


def test_what_already_fits_is_not_changed() -> None:
    counts = with_band(skewed_counts(GRID, 2000), "langer")
    for tables in (MONTHLY, YEARLY):
        true = [GRID.count(table, counts) for table in tables]
        assert estimate(tables, true) == true


def draws_of(tables: tuple[Table, Table, Table]) -> st.SearchStrategy[Any]:
    return st.tuples(
        *(
            st.lists(st.integers(-30, 60), min_size=len(GRID.keys(t.dimensions)), max_size=len(GRID.keys(t.dimensions)))
            for t in tables
        )
    )


@settings(max_examples=60, deadline=None)
@given(draws_of(MONTHLY))
def test_any_months_draws_become_whole_numbers_that_add_up_alike(noisy: tuple[list[int], list[int], list[int]]) -> None:
    both, buurten, categories = estimate(MONTHLY, noisy)
    assert min(map(min, (both, buurten, categories))) >= 0
    assert margin(MONTHLY[0], both, [Dimension.WIJK]) == margin(MONTHLY[1], buurten, [Dimension.WIJK])
    mains = [Dimension.MAIN_CATEGORY]
    assert margin(MONTHLY[0], both, mains) == margin(MONTHLY[2], categories, mains)


@settings(max_examples=50, deadline=None)
@given(draws_of(YEARLY))
def test_any_years_draws_become_whole_numbers_that_add_up_alike(noisy: tuple[list[int], list[int], list[int]]) -> None:
    buurten, categories, bands = estimate(YEARLY, noisy)
    assert min(map(min, (buurten, categories, bands))) >= 0
    shared = [Dimension.WIJK, Dimension.MAIN_CATEGORY]
    assert margin(YEARLY[0], buurten, shared) == margin(YEARLY[1], categories, shared)
    mains = [Dimension.MAIN_CATEGORY]
    assert margin(YEARLY[0], buurten, mains) == margin(YEARLY[2], bands, mains)


@settings(max_examples=50, deadline=None)
@given(draws_of(MONTHLY), st.sampled_from([(0,), (1,), (2,), (0, 1), (0, 2), (1, 2)]))
def test_any_choice_of_the_tables_adds_up(
    noisy: tuple[list[int], list[int], list[int]], chosen: tuple[Any, ...]
) -> None:
    tables = [MONTHLY[one] for one in chosen]
    estimates = estimate(tables, [noisy[one] for one in chosen])
    assert len({sum(numbers) for numbers in estimates}) == 1


def test_the_total_is_computed_before_clamping() -> None:
    noisy = [[-9, 9] * 7 for _ in range(1)]  # seven buurten and the rest would be lifted to 63 by clamping first
    buurt = MONTHLY[1]
    cells = len(GRID.keys(buurt.dimensions))
    (estimated,) = estimate([buurt], [noisy[0][:cells]])
    assert sum(estimated) == max(0, sum(noisy[0][:cells]))


def test_the_total_is_unbiased_for_an_almost_empty_month() -> None:
    counts: dict[tuple[str | None, ...], int] = {("BU0000", "c0-0"): 40}
    rng = np.random.default_rng(1)
    found = []
    for _ in range(150):
        noisy = [
            np.array(GRID.count(table, counts), int)
            + rng.geometric(0.33, 500)[: len(GRID.keys(table.dimensions))]
            - rng.geometric(0.33, 500)[: len(GRID.keys(table.dimensions))]
            for table in MONTHLY
        ]
        found.append(sum(estimate(MONTHLY, noisy)[0]))
    assert np.mean(found) == pytest.approx(40, abs=5 * np.std(found) / 150**0.5)


def test_the_order_of_a_tables_columns_does_not_matter() -> None:
    turned = Table("turned", MONTHLY[0].dimensions[::-1], PeriodKind.MONTH, MONTHLY[0].share)
    counts = skewed_counts(GRID, 500)
    straight = reconcile.estimate(MONTHLY[:1], GRID, [Fraction(1)], [GRID.count(MONTHLY[0], counts)])[0]
    other = reconcile.estimate([turned], GRID, [Fraction(1)], [GRID.count(turned, counts)])[0]
    assert dict(zip(GRID.keys(turned.dimensions), other, strict=True)) == {
        key[::-1]: n for key, n in zip(GRID.keys(MONTHLY[0].dimensions), straight, strict=True)
    }


def test_tables_with_three_margins_in_common_are_refused_before_a_draw() -> None:
    wijk, main, band = Dimension.WIJK, Dimension.MAIN_CATEGORY, Dimension.HANDLING_TIME
    share = Fraction(1, 4)
    tables = [
        Table("all", (wijk, main, band), PeriodKind.YEAR, share),
        Table("one", (wijk, main), PeriodKind.YEAR, share),
        Table("two", (wijk, band), PeriodKind.YEAR, share),
        Table("three", (main, band), PeriodKind.YEAR, share),
    ]
    with pytest.raises(UnsupportedTablesError):
        reconcile.check(tables)


def test_numbers_move_equally_far_to_their_total_and_not_below_zero() -> None:
    one_group = np.zeros(3, dtype=np.int64)
    shift = reconcile._shift(np.array([10.0, 4.0, -3.0]), np.ones(3), one_group, np.array([9]))
    assert shift == pytest.approx([-2.5])
    fitted = reconcile._fit(np.array([10.0, 4.0, -3.0]), np.ones(3), [(one_group, np.array([9]))])
    assert list(fitted) == [8, 1, 0]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.floats(-100, 100), min_size=6, max_size=6),
    st.lists(st.floats(0.1, 10), min_size=6, max_size=6),
    st.lists(st.integers(0, 200), min_size=2, max_size=2),
)
def test_the_least_squares_fit_reaches_its_totals(wanted: list[float], spread: list[float], totals: list[int]) -> None:
    groups = np.array([0, 0, 0, 1, 1, 1])
    shift = reconcile._shift(np.array(wanted), np.array(spread), groups, np.array(totals))
    real = np.maximum(0, np.array(wanted) + np.array(spread) * shift[groups])
    assert np.bincount(groups, weights=real) == pytest.approx(totals, abs=1e-6)
