"""By what a number is divided, and when it is not."""

from fractions import Fraction

import pytest

from analytics.grid import Living
from opendata.figures.living import Counting
from opendata.figures.view import REST_OF_TOWN, Measure

KNOWN = {"GM1": Living(10_000, 5000), "A": Living(2000, 1000), "B": Living(299, 100), "C": Living(None, 50)}


def factor(area: str, measure: Measure = Measure.PER_INHABITANT, without: str = "A") -> Fraction | None:
    return Counting(measure, KNOWN, "GM1").factor(area, without)


@pytest.mark.parametrize(
    ("area", "expected"),
    [("", Fraction(1000, 10_000)), ("A", Fraction(1000, 2000)), (REST_OF_TOWN, Fraction(1000, 8000))],
)
def test_a_number_is_divided_by_the_thousands_who_live_there(area: str, expected: Fraction) -> None:
    assert factor(area) == expected


@pytest.mark.parametrize("area", ["B", "C", "nergens"])
def test_fewer_than_three_hundred_and_unknown_stay_without_a_rate(area: str) -> None:
    assert factor(area) is factor(area, Measure.PER_HOUSEHOLD) is None


def test_the_rest_of_a_town_without_an_unknown_part_is_unknown() -> None:
    assert factor(REST_OF_TOWN, without="C") is None


def test_households_are_counted_as_households() -> None:
    assert factor("A", Measure.PER_HOUSEHOLD) == Fraction(1000, 1000)


def test_areas_together_are_divided_by_all_who_live_in_them() -> None:
    people = Counting(Measure.PER_INHABITANT, KNOWN, "GM1")
    assert people.factor_of(["A", "B"]) == Fraction(1000, 2299)
    assert people.factor_of(["A", "C"]) is None
    assert people.factor_of([]) == Fraction(1000, 10_000)


def test_a_number_of_meldingen_is_divided_by_nothing() -> None:
    assert factor("nergens", Measure.COUNT) == 1
