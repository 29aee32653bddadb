import numpy as np
import pytest

from opendata.disclosure import MONTHLY, Period
from tests.benchmarks import figures

SMALL = figures.Town("a hamlet", 2000, 2, 2, 2, 2, 3)


def test_the_pattern_of_a_town_adds_up_to_its_volume() -> None:
    for town in (*figures.TOWNS, SMALL):
        assert sum(town.pattern(town.grid()).values()) == pytest.approx(town.volume)


def test_what_is_measured_is_in_the_order_of_what_is_expected() -> None:
    measured = figures.measure(SMALL, MONTHLY, Period.month(figures.YEAR, 3))
    for found in measured.values():
        assert 0 < found.error_estimate / found.true < 0.5
        assert 0.5 < found.covered / found.seen <= 1


def test_the_expectation_lies_between_what_was_seen_and_what_is_usual() -> None:
    found = figures.expected_after(np.array([5.0, 5.0, 0.0]), np.array([50.0, 5.0, -3.0]), MONTHLY[0].share)
    assert 5 < found[0] < 50
    assert found[1] == pytest.approx(5, abs=1)
    assert 0 <= found[2] < 1


def test_figures_replace_the_older_ones_between_the_markers_of_the_page() -> None:
    page = f"before\n{figures.START}\nold\n{figures.END}\nafter"
    made = figures.replace_between_markers(page, "new\n")
    assert made == f"before\n{figures.START}\n\nnew\n\n{figures.END}\nafter"
    assert figures.replace_between_markers(made, "new") == made


def test_a_page_without_markers_is_left_alone() -> None:
    with pytest.raises(ValueError, match="substring"):
        figures.replace_between_markers("a page", "new")


def test_the_budget_lines_say_what_is_not_offered() -> None:
    lines = "\n".join(figures.budget_lines())
    assert "| 1 | 7.39 | 88.1 % |" in lines
    assert "not offered" in lines
