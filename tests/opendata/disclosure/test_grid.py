from datetime import timedelta
from typing import Any

import pytest

from opendata.disclosure import MONTHLY, REST, YEARLY, Area, Category, Dimension, Grid, handling_band
from opendata.disclosure.errors import InvalidGridError, InvalidTableError, WrongYearError
from tests.opendata.disclosure.worlds import make_grid


def test_the_rest_values_are_always_there() -> None:
    grid = make_grid()
    for dimension in (Dimension.BUURT, Dimension.WIJK, Dimension.CATEGORY, Dimension.MAIN_CATEGORY):
        assert grid.values(dimension).count(REST) == 1


def test_a_rest_category_of_the_municipality_itself_is_used() -> None:
    grid = Grid(2026, "GM0001", make_grid().areas, (Category("dumping", "afval"), Category(REST, "diversen")))
    assert grid.values(Dimension.MAIN_CATEGORY) == ("afval", "diversen")
    assert grid.place((Dimension.MAIN_CATEGORY,), ("BU0000", "made in june")) == ("diversen",)


@pytest.mark.parametrize("finest", [("BU0000", "new"), ("BU0000", None), ("BU0000", "")])
def test_a_category_that_the_grid_does_not_know_counts_as_the_rest(finest: tuple[Any, ...]) -> None:
    assert make_grid().place((Dimension.BUURT, Dimension.CATEGORY), finest) == ("BU0000", REST)


@pytest.mark.parametrize("finest", [("BU9999", "c0-0"), (None, "c0-0"), ("", "c0-0")])
def test_an_area_that_the_grid_does_not_know_counts_as_the_rest(finest: tuple[Any, ...]) -> None:
    assert make_grid().place((Dimension.WIJK, Dimension.MAIN_CATEGORY), finest) == (REST, "h0")


def test_every_table_counts_every_melding_once() -> None:
    grid = make_grid()
    counts: dict[tuple[str | None, ...], int] = {
        ("BU0000", "c0-0", "langer"): 3,
        ("BU9999", None, "nog-open"): 4,
        ("BU0101", "c1-0", "langer"): 5,
    }
    for table in (*MONTHLY, *YEARLY):
        assert sum(grid.count(table, counts)) == 12
    assert grid.count(MONTHLY[1], counts) == (3, 0, 0, 5, 4)


def test_counts_without_handling_time_or_with_an_unknown_one_cannot_make_that_table() -> None:
    for finest in (("BU0000", "c0-0"), ("BU0000", "c0-0", "soon"), ("BU0000", "c0-0", None)):
        with pytest.raises(InvalidTableError):
            make_grid().count(YEARLY[2], {finest: 1})


@pytest.mark.parametrize(
    ("areas", "categories", "error"),
    [
        ((), (Category("c", "h"),), InvalidGridError),
        ((Area("BU1", "WK1", 2026),), (), InvalidGridError),
        ((Area("BU1", "WK1", 2026), Area("BU1", "WK2", 2026)), (Category("c", "h"),), InvalidGridError),
        ((Area("BU1", "WK1", 2026),), (Category("c", "h"), Category("c", "g")), InvalidGridError),
        ((Area("BU1", "", 2026),), (Category("c", "h"),), InvalidGridError),
        ((Area("", "WK1", 2026),), (Category("c", "h"),), InvalidGridError),
        ((Area("BU1", "WK1", 2026),), (Category("c", ""),), InvalidGridError),
        ((Area("BU1", "WK1", 2025),), (Category("c", "h"),), WrongYearError),
        ((Area("BU1", "WK1", 2026), Area("BU2", "WK1", 2025)), (Category("c", "h"),), WrongYearError),
    ],
)
def test_a_grid_with_a_missing_double_or_old_key_is_refused(
    areas: tuple[Any, ...], categories: tuple[Any, ...], error: type
) -> None:
    with pytest.raises(error):
        Grid(2026, "GM0001", areas, categories)


@pytest.mark.parametrize(
    ("duration", "band"),
    [
        (timedelta(0), "binnen-1-dag"),
        (timedelta(days=1), "binnen-1-dag"),
        (timedelta(days=1, seconds=1), "binnen-3-dagen"),
        (timedelta(weeks=8), "binnen-8-weken"),
        (timedelta(weeks=80), "langer"),
        (None, "nog-open"),
    ],
)
def test_the_bands_of_handling_time(duration: timedelta | None, band: str) -> None:
    assert handling_band(duration) == band
    assert band in make_grid().bands
