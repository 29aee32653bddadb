"""Round numbers."""

import pytest

from opendata.pictures.scale import class_of, classes, round_down, ticks


@pytest.mark.parametrize(
    ("most", "found"),
    [(0, (0, 1)), (4, (0, 1, 2, 3, 4)), (36, (0, 10, 20, 30, 40)), (1080, (0, 500, 1000, 1500)), (4.2, (0, 2, 4, 6))],
)
def test_an_axis_has_round_steps_that_hold_the_largest(most: float, found: tuple[float, ...]) -> None:
    assert ticks(most) == found


def test_two_figures_count() -> None:
    assert [round_down(number) for number in (1237, 99, 4.56, 0)] == [1200, 99, 4.5, 0]


def test_classes_hold_about_as_many_each_and_begin_at_zero() -> None:
    begins = classes([float(number) for number in range(1, 101)])
    assert list(begins) == [0, 21, 41, 61, 81]
    assert [class_of(number, begins) for number in (0, 20, 21, 100)] == [0, 0, 1, 4]


def test_few_values_have_few_classes() -> None:
    assert list(classes([])) == [0]
    assert list(classes([7.0, 7.0])) == [0, 7]
