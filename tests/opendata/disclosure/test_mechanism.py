from fractions import Fraction
from typing import Any

import pytest

from opendata.disclosure import (
    MONTHLY,
    YEARLY,
    DisclosureError,
    DrawnTable,
    Grid,
    Period,
    PeriodKind,
    Table,
    draw,
    mechanism,
)
from opendata.disclosure.errors import (
    InvalidCountError,
    InvalidEpsilonError,
    InvalidGridError,
    InvalidPeriodError,
    InvalidTableError,
    OverspentError,
    UnknownSelectionError,
    WrongYearError,
)
from opendata.disclosure.tables import Dimension
from tests.opendata.disclosure.worlds import make_grid, skewed_counts, with_band

MARCH = Period.month(2026, 3)
ONE = Fraction(1)


def test_it_publishes_every_key_of_the_grid_and_nothing_else() -> None:
    grid = make_grid()
    drawn = draw(MONTHLY, grid, {}, ONE, MARCH)
    for table in drawn.tables:
        assert tuple(cell.key for cell in table.cells) == grid.keys(table.table.dimensions)


def test_the_estimates_of_all_tables_add_up_alike() -> None:
    grid = make_grid(wijken=4, buurten=5, mains=3, categories=4)
    for budget in (Fraction(1, 10), ONE, Fraction(4)):
        drawn = draw(MONTHLY, grid, skewed_counts(grid, 300), budget, MARCH)
        both, buurten, categories = ([(cell.key, cell.schatting) for cell in table.cells] for table in drawn.tables)
        wijk_of = grid.parents(Dimension.BUURT, Dimension.WIJK)
        main_of = grid.parents(Dimension.CATEGORY, Dimension.MAIN_CATEGORY)
        for wijk in grid.values(Dimension.WIJK):
            assert sum(n for key, n in both if key[0] == wijk) == sum(
                n for key, n in buurten if wijk_of[key[0]] == wijk
            )
        for main in grid.values(Dimension.MAIN_CATEGORY):
            assert sum(n for key, n in both if key[1] == main) == sum(
                n for key, n in categories if main_of[key[0]] == main
            )


def test_estimates_are_whole_and_never_negative_and_lie_within_their_bounds() -> None:
    grid = make_grid(wijken=3, buurten=10)
    for tables, counts, period in (
        (MONTHLY, skewed_counts(grid, 20), MARCH),
        (YEARLY, with_band(skewed_counts(grid, 200), "langer"), Period.whole_year(2026)),
    ):
        for table in draw(tables, grid, counts, Fraction(1, 2), period).tables:
            for cell in table.cells:
                assert all(type(n) is int for n in (cell.trekking, cell.schatting, cell.ondergrens, cell.bovengrens))
                assert 0 <= cell.ondergrens <= cell.schatting <= cell.bovengrens


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"budget": Fraction(0)}, InvalidEpsilonError),
        ({"budget": Fraction(-1)}, InvalidEpsilonError),
        ({"budget": Fraction(6)}, InvalidEpsilonError),
        ({"budget": 1}, InvalidEpsilonError),
        ({"budget": 1.0}, InvalidEpsilonError),
        ({"budget": Fraction(1, 10**7)}, InvalidEpsilonError),
        ({"counts": {("BU0000", "c0-0"): -1}}, InvalidCountError),
        ({"counts": {("BU0000", "c0-0"): 1.0}}, InvalidCountError),
        ({"counts": {("BU0000", "c0-0"): True}}, InvalidCountError),
        ({"counts": {("BU0000", "c0-0"): 10**12}}, InvalidCountError),
        ({"tables": ()}, InvalidTableError),
        ({"tables": (MONTHLY[0], MONTHLY[0])}, InvalidTableError),
        ({"tables": (MONTHLY[0], YEARLY[0])}, InvalidTableError),
        ({"tables": YEARLY}, InvalidPeriodError),
        ({"tables": (MONTHLY[0].coarser_period(),)}, InvalidPeriodError),
        ({"period": Period.month(2027, 1)}, WrongYearError),
        ({"grid": make_grid(year=2025)}, WrongYearError),
    ],
)
def test_bad_input_has_its_own_error_and_nothing_is_drawn(
    monkeypatch: pytest.MonkeyPatch, changed: dict[str, Any], error: type
) -> None:
    def never(*_: Any) -> None:
        raise AssertionError("a random number was asked for")

    monkeypatch.setattr(mechanism, "discrete_laplace", never)
    asked: dict[str, Any] = {
        "tables": MONTHLY,
        "grid": make_grid(),
        "counts": {},
        "budget": ONE,
        "period": MARCH,
    } | changed
    with pytest.raises(error):
        draw(**asked)


def test_tables_that_cost_more_than_the_budget_by_the_smallest_fraction_are_not_drawn() -> None:
    third = Table("wijk", (Dimension.WIJK,), PeriodKind.MONTH, Fraction(3, 10) + Fraction(1, 10**5))
    with pytest.raises(OverspentError):
        draw((*MONTHLY[:2], third), make_grid(), {}, ONE, MARCH)


def test_a_failing_random_source_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    left = [0] * 100

    def runs_dry(_: int) -> int | None:
        if not left:
            raise OSError("no randomness")
        return left.pop()

    monkeypatch.setattr("secrets.randbelow", runs_dry)
    with pytest.raises(OSError, match="no randomness"):
        draw(MONTHLY, make_grid(), {}, ONE, MARCH)


def test_what_was_drawn_is_not_in_its_repr() -> None:
    drawn = draw(MONTHLY, make_grid(), {("BU0000", "c0-0"): 987654}, ONE, MARCH)
    assert "9876" not in repr(drawn)
    assert "9876" not in repr(drawn.tables)
    assert "trekking" not in repr(drawn.tables)


def test_errors_do_not_tell_a_count() -> None:
    with pytest.raises(DisclosureError) as caught:
        draw(MONTHLY, make_grid(), {("BU0000", "c0-0"): 12345678901234}, ONE, MARCH)
    assert "123456" not in str(caught.value)


def test_a_grid_of_one_area_and_one_category_can_be_drawn() -> None:
    grid = Grid(2026, "GM0001", make_grid().areas[:1], make_grid().categories[:1])
    drawn = draw(MONTHLY, grid, {}, ONE, MARCH)
    assert len(drawn["buurt"].cells) == 2  # and the rest


def test_an_unknown_table_or_cell_has_a_clear_error() -> None:
    drawn = draw(MONTHLY, make_grid(), {}, ONE, MARCH)
    with pytest.raises(UnknownSelectionError):
        drawn["straat"]
    with pytest.raises(UnknownSelectionError):
        drawn["buurt"].cell("BU9999")


def test_stored_cells_make_the_same_table_again_but_not_with_one_missing_or_double() -> None:
    kept = draw(MONTHLY, make_grid(), {}, ONE, MARCH)["buurt"]
    assert DrawnTable(kept.table, kept.epsilon, kept.grid, tuple(kept.cells)) == kept
    for cells in (kept.cells[1:], kept.cells + kept.cells[:1], kept.cells[::-1]):
        with pytest.raises(InvalidTableError):
            DrawnTable(kept.table, kept.epsilon, kept.grid, cells)


def test_a_grid_without_cells_cannot_be_made() -> None:
    with pytest.raises(InvalidGridError):
        Grid(2026, "GM0001", (), make_grid().categories)
