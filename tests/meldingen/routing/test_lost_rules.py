from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.gis.geos.collections import MultiPolygon

from meldingen.places import borders
from meldingen.places.models import Area
from meldingen.routing import lost_rules
from tests.factories import AreaFactory, RoutingRuleFactory, Town, square
from tests.sure import sure


@pytest.fixture
def next_year(town: Town) -> Callable[..., Any]:
    """Borders of 2026 with these buurten in use: code -> shape."""

    def load(**buurten: MultiPolygon) -> None:
        town.municipality.area_vintage = 2026
        town.municipality.save()
        own = {"municipality": town.municipality, "vintage": 2026}
        gemeente = AreaFactory.create(**own, code=town.gemeente.code)
        wijk = AreaFactory.create(**own, code=town.wijk.code, level="wijk", parent=gemeente)
        for code, shape in buurten.items():
            AreaFactory.create(**own, code=code, name=code, level="buurt", parent=wijk, geometry=shape)

    return load


def test_parts_that_lie_on_an_area_come_largest_first_with_both_shares(
    town: Town, next_year: Callable[..., Any]
) -> None:
    next_year(BU1=square(85000, 436000, 300), BU2=square(85300, 436000), BU3=square(90000, 436000))
    found = borders.overlaps([town.west.pk], Area.objects.filter(vintage=2026).values_list("pk", flat=True))
    parts = [(each.code, round(each.share, 2), round(each.share_of_other, 2)) for each in found[town.west.pk]]
    assert parts == [("BU2", 0.7, 0.7), ("BU1", 0.09, 1.0)]


def test_what_only_touches_is_not_there(town: Town) -> None:
    assert borders.overlaps([town.west.pk], [town.east.pk]) == {}


def test_a_rule_on_a_code_that_still_exists_at_the_same_place_is_not_lost(
    town: Town, next_year: Callable[..., Any]
) -> None:
    RoutingRuleFactory.create(municipality=town.municipality, area=town.west)
    RoutingRuleFactory.create(municipality=town.municipality, area=town.wijk)
    RoutingRuleFactory.create(municipality=town.municipality)
    next_year(**{town.west.code: square(85000, 436000, 950)})
    assert lost_rules.lost_rules(town.municipality) == []


def test_a_rule_on_a_code_that_is_gone_is_lost_and_its_successor_lies_there(
    town: Town, next_year: Callable[..., Any]
) -> None:
    rule = RoutingRuleFactory.create(municipality=town.municipality, area=town.west)
    next_year(BU7=square(85000, 436000), BU8=square(86000, 436000))
    (lost,) = lost_rules.lost_rules(town.municipality)
    assert (lost.rule, sure(lost.successor).code, lost.is_elsewhere) == (rule, "BU7", False)
    assert town.west.code in lost.in_words()
    assert "BU7 BU7 (100%)" in lost.in_words()


def test_a_rule_whose_code_now_names_another_place_is_lost_too(town: Town, next_year: Callable[..., Any]) -> None:
    RoutingRuleFactory.create(municipality=town.municipality, area=town.west)
    next_year(**{town.west.code: square(86000, 436000), town.east.code: square(85000, 436000)})
    (lost,) = lost_rules.lost_rules(town.municipality)
    assert (lost.is_elsewhere, sure(lost.successor).code) == (True, town.east.code)


@pytest.mark.parametrize(
    "shapes",
    [
        {"BU7": square(85000, 436000, 600), "BU8": square(85600, 436000)},  # divided
        {"BU7": square(85000, 436000, 2000)},  # joined with what was beside it
        {"BU7": square(95000, 436000)},  # nothing lies there now
    ],
)
def test_a_rule_is_not_moved_where_a_person_must_choose(
    town: Town, next_year: Callable[..., Any], shapes: dict[str, MultiPolygon]
) -> None:
    RoutingRuleFactory.create(municipality=town.municipality, area=town.west)
    next_year(**shapes)
    lost = lost_rules.lost_rules(town.municipality)
    assert [each.successor for each in lost] == [None]
    assert lost_rules.move_rules(lost) == []


def test_a_moved_rule_holds_again(town: Town, next_year: Callable[..., Any]) -> None:
    rule = RoutingRuleFactory.create(municipality=town.municipality, area=town.west)
    next_year(BU7=square(85000, 436000))
    assert lost_rules.move_rules(lost_rules.lost_rules(town.municipality))
    rule.refresh_from_db()
    assert (sure(rule.area).code, lost_rules.lost_rules(town.municipality)) == ("BU7", [])


def test_rules_of_the_neighbour_are_not_ours(town: Town, neighbour: Town, next_year: Callable[..., Any]) -> None:
    RoutingRuleFactory.create(municipality=neighbour.municipality, area=neighbour.west)
    next_year(BU7=square(85000, 436000))
    assert lost_rules.lost_rules(town.municipality) == []
