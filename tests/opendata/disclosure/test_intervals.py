import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from opendata.disclosure import intervals
from opendata.disclosure.errors import SharedNoiseError
from opendata.disclosure.intervals import Component, Quantity


def pmf(epsilon: Fraction, weight: int = 1, reach: int = 400) -> Any:
    p = math.exp(-float(epsilon))
    chances = np.zeros(2 * reach * weight + 1)
    chances[::weight] = (1 - p) / (1 + p) * p ** np.abs(np.arange(-reach, reach + 1))
    return chances


def within(chances: Any, width: int) -> Any:
    middle = len(chances) // 2
    return chances[middle - width : middle + width + 1].sum()


@pytest.mark.parametrize(
    "epsilon", [Fraction(1, 10), Fraction(3, 10), Fraction(2, 5), Fraction(9, 20), Fraction(1), Fraction(5)]
)
def test_the_width_of_a_cell_is_the_smallest_that_covers_nine_in_ten(epsilon: Fraction) -> None:
    width = intervals.half_width(epsilon)
    assert within(pmf(epsilon), width) >= 0.9
    assert width == 0 or within(pmf(epsilon), width - 1) < 0.9


@pytest.mark.parametrize("cells", [1, 2, 7])
def test_the_width_of_a_sum_is_that_of_the_convolution(cells: int) -> None:
    epsilon = Fraction(2, 5)
    chances = np.array([1.0])
    for _ in range(cells):
        chances = np.convolve(chances, pmf(epsilon))
    width = int(intervals.half_width_of_sum([Component(epsilon, cells, Fraction(1))]))
    assert within(chances, width) >= 0.9 > within(chances, width - 1)


@pytest.mark.parametrize(("epsilon", "least"), [(Fraction(3, 10), 12), (Fraction(4, 10), 9)])
def test_two_draws_differ_by_more_than_noise_before_their_bounds_come_apart(epsilon: Fraction, least: int) -> None:
    assert intervals.least_difference(epsilon) == least < 2 * intervals.half_width(epsilon) + 1
    one = Component(epsilon, 1, Fraction(1))
    first, second = (Quantity(Fraction(n), Fraction(n), (one,), frozenset({n})) for n in (30 + least, 30))
    assert not (first - second).is_noise()


def test_tables_of_different_precision_are_convolved_with_their_weights() -> None:
    chances = np.convolve(np.convolve(pmf(Fraction(2, 5), 5), pmf(Fraction(2, 5), 5)), pmf(Fraction(3, 10), 11))
    parts = [Component(Fraction(2, 5), 2, Fraction(5, 16)), Component(Fraction(3, 10), 1, Fraction(11, 16))]
    width = int(intervals.half_width_of_sum(parts) * 16)
    assert within(chances, width) >= 0.9 > within(chances, width - 1)


def test_a_cell_as_a_sum_of_one_has_the_width_of_a_cell() -> None:
    for epsilon in (Fraction(1, 10), Fraction(2, 5), Fraction(3)):
        one = intervals.half_width_of_sum([Component(epsilon, 1, Fraction(1))])
        assert one == intervals.half_width(epsilon)


def test_a_difference_of_rates_is_at_most_a_step_wider_than_it_must_be() -> None:
    parts = [Component(Fraction(3, 10), 9, Fraction(1000, 5119)), Component(Fraction(3, 10), 14, Fraction(1000, 7867))]
    deviation = math.sqrt(sum(p.cells * float(p.weight) ** 2 * variance(p.epsilon) for p in parts))
    width = float(intervals.half_width_of_sum(parts))
    assert width == pytest.approx(1.645 * deviation, rel=0.02)
    bigger = [Component(p.epsilon, p.cells, p.weight * 1000) for p in parts]
    assert float(intervals.half_width_of_sum(bigger)) == pytest.approx(1000 * width, rel=0.001)


def variance(epsilon: Fraction) -> float:
    p = math.exp(-float(epsilon))
    return 2 * p / (1 - p) ** 2


def test_thousands_of_cells_are_summed_without_trouble() -> None:
    width = float(intervals.half_width_of_sum([Component(Fraction(1, 10), 20_000, Fraction(1))]))
    assert width == pytest.approx(1.645 * math.sqrt(20_000 * variance(Fraction(1, 10))), rel=0.01)


def test_nothing_added_up_has_no_noise() -> None:
    assert intervals.half_width_of_sum([]) == 0
    assert intervals.half_width_of_sum([Component(Fraction(1), 0, Fraction(1))]) == 0


@pytest.mark.parametrize(
    ("draw", "estimate", "bounds"), [(10, 9, (4, 16)), (2, 3, (0, 8)), (-9, 0, (0, 6)), (8, 0, (0, 14))]
)
def test_published_bounds_are_never_below_zero_and_hold_the_estimate(
    draw: int, estimate: int, bounds: tuple[int, int]
) -> None:
    assert intervals.around(draw, 6, estimate) == bounds


def quantity(value: int, source: str, cells: int = 1) -> Quantity:
    parts = (Component(Fraction(2, 5), cells, Fraction(1)),)
    return Quantity(Fraction(value), Fraction(max(0, value)), parts, frozenset([source]))


def test_a_difference_may_be_negative_and_says_when_it_is_noise() -> None:
    assert (quantity(5, "a") - quantity(9, "b")).is_noise()
    clear = quantity(5, "a") - quantity(90, "b")
    assert not clear.is_noise()
    assert clear.interval().upper < 0


def test_a_sum_of_draws_is_cut_off_at_zero() -> None:
    found = (quantity(-5, "a") + quantity(1, "b")).interval()
    assert found.lower == 0
    assert found.estimate <= found.upper


def test_the_bounds_of_a_count_are_whole() -> None:
    thirds = Quantity(Fraction(10, 3), Fraction(3), quantity(0, "a").components, frozenset())
    assert thirds.interval().lower.denominator == thirds.interval().upper.denominator == 1


def test_quantities_with_common_noise_are_not_taken_for_independent() -> None:
    with pytest.raises(SharedNoiseError):
        quantity(5, "a") - quantity(3, "a")


def test_the_weights_are_whole_sixteenths_that_prefer_the_precise() -> None:
    assert intervals.shares_of_sixteen([1.0]) == [16]
    assert intervals.shares_of_sixteen([1.0, 1.0]) == [8, 8]
    assert intervals.shares_of_sixteen([1.0, 1000.0]) == [16, 0]
    assert sum(intervals.shares_of_sixteen([1.0, 2.0, 3.0])) == 16


def test_rounding_never_costs_coverage_and_costs_no_more_than_a_step() -> None:
    epsilon = Fraction(1)
    p = math.exp(-1.0)
    for width in range(12):
        level = 1 - 2 * p ** (width + 1) / (1 + p)
        assert intervals.half_width(epsilon, level - 1e-6) == width
        assert intervals.half_width(epsilon, level) == width + 1


@pytest.mark.parametrize("draw", [-9, -2, 0, 3, 40])
def test_a_quantity_of_one_cell_has_the_bounds_of_that_cell(draw: int) -> None:
    epsilon, estimate = Fraction(3, 10), max(draw, 0)
    noise = (intervals.Component(epsilon, 1, Fraction(1)),)
    found = intervals.Quantity(Fraction(draw), Fraction(estimate), noise, frozenset(["a"])).interval()
    assert (int(found.lower), int(found.upper)) == intervals.around(draw, intervals.half_width(epsilon), estimate)
