"""Rows as a page says them."""

from typing import Any

from opendata.portal.lines import lines_of

BUURTEN = "buurt-per-maand"


def test_a_row_is_its_number_with_its_bounds(sight: Any) -> None:
    line = lines_of(sight(BUURTEN))[0]
    assert line.row.mine
    interval = line.row.mine.interval
    assert line.number == str(interval.estimate)
    assert line.bounds == f"{interval.lower} tot {interval.upper}"
    assert (line.other, line.difference, line.judged) == ("", "", "")


def test_beside_another_period_it_says_the_difference_and_what_that_is_worth(sight: Any) -> None:
    for line in lines_of(sight(BUURTEN, met="2026-04")):
        assert line.other
        is_noise = line.row.verdict.is_noise if line.row.verdict and line.row.is_like else None
        assert bool(line.difference) == (is_noise is not None)
        assert line.judged == {None: "", True: "kan ruis zijn", False: "meer dan onze ruis"}[is_noise]
