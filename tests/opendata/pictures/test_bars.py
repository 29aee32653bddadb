"""Bars on one scale."""

from opendata.pictures.bars import Bar, bars, on_paper


def test_bars_stand_on_one_scale_of_a_hundred() -> None:
    assert bars([(20, 15, 40), None, (10, 0, 18)]) == [Bar(50, 37.5, 100), None, Bar(25, 0, 45)]


def test_an_interval_is_as_wide_as_its_bounds() -> None:
    assert Bar(50, 37.5, 100).across == 62.5


def test_a_picture_has_a_row_for_each_and_cuts_long_names() -> None:
    found = on_paper([(Bar(1, 0, 2), "x" * 60, "5", False), (None, "kort", "–", False)])
    assert [row.y for row in found.rows] == [0, 28]
    assert (len(found.rows[0].name), found.rows[1].name) == (34, "kort")
