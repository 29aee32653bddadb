"""The streets of the invented town: named, joined, dry, with houses and objects along them."""

import math
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path

import pytest

from meldingen.demo import streets
from meldingen.demo.ground import contains, distance

TOWN = Path(streets.__file__).parent / "lindewaard"


@pytest.fixture
def built() -> streets.Town:
    """Made once for each process, by the first test that asks: not by everybody who only collects tests."""
    return streets.build(TOWN)


def test_there_are_about_sixty_kilometres_each_with_a_name_of_its_own(built: streets.Town) -> None:
    metres = sum(math.dist(a, b) for street in built.streets for a, b in pairwise(street.line))
    assert 55_000 < metres < 65_000
    assert len({street.name for street in built.streets}) == len(built.streets) > 90


def test_from_each_street_every_other_is_reached_over_crossings(built: streets.Town) -> None:
    at = defaultdict(set)
    for number, street in enumerate(built.streets):
        for point in street.line:
            at[point].add(number)
    reached, waiting = {0}, [0]
    while waiting:
        for point in built.streets[waiting.pop()].line:
            waiting += at[point] - reached
            reached |= at[point]
    assert len(reached) == len(built.streets)


def test_none_lies_on_water_nor_outside_the_town(built: streets.Town) -> None:
    for street in built.streets:
        for (x1, y1), (x2, y2) in pairwise(street.line):
            for n in range(11):
                point = (x1 + (x2 - x1) * n / 10, y1 + (y2 - y1) * n / 10)
                assert built.ground.buurt_at(point), street.name
                assert not any(contains(water.ring, point) for water in built.ground.waters), street.name


def test_every_house_stands_at_its_street_and_has_a_number_of_its_own(built: streets.Town) -> None:
    lines = {street.name: street.line for street in built.streets}
    assert 2_900 < len(built.addresses) < 3_100
    assert len({(house.street, house.number) for house in built.addresses}) == len(built.addresses)
    assert all(distance(lines[house.street], house.point) < 12 for house in built.addresses)


def test_no_postcode_can_be_anybodys(built: streets.Town) -> None:
    assert {house.postcode[4:] for house in built.addresses} == {"SA", "SD", "SS"}


def test_there_are_lamps_containers_and_bins_with_numbers(built: streets.Town) -> None:
    kinds = Counter(thing.kind for thing in built.things)
    assert kinds == {"lichtmast": 1900, "container": 64, "afvalbak": 240}
    assert len({thing.number for thing in built.things}) == len(built.things)


def test_another_seed_gives_another_town(built: streets.Town) -> None:
    assert streets.build(TOWN, seed=1).streets != built.streets
