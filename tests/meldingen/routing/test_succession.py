"""Which rules go to a successor, and which would be in the way there."""

from meldingen.routing import succession
from meldingen.routing.models import RoutingRule
from tests.factories import RoutingRuleFactory, Town


def test_rules_of_a_category_go_in_their_order_and_those_of_others_do_not(town: Town) -> None:
    own = {"municipality": town.municipality, "team": town.roads}
    RoutingRuleFactory.create(**own, category=town.container, area=town.east, position=1)
    later, first = (
        RoutingRuleFactory.create(**own, category=town.dumping, area=area, position=position)
        for area, position in ((town.west, 9), (town.east, 5))
    )
    moving = succession.of_category(town.dumping, None)
    assert [rule.pk for rule in moving.rules] == [first.pk, later.pk]


def test_a_rule_for_the_same_area_is_in_the_way_and_one_for_another_is_not(town: Town) -> None:
    own = {"municipality": town.municipality, "team": town.roads}
    RoutingRuleFactory.create(**own, category=town.container, area=town.east, position=1)
    same = RoutingRuleFactory.create(**own, category=town.dumping, area=town.east, position=2)
    other = RoutingRuleFactory.create(**own, category=town.dumping, area=town.west, position=3)
    moving = succession.of_category(town.dumping, town.container)
    assert ([rule.pk for rule in moving.rules], [rule.pk for rule in moving.idle]) == ([other.pk], [same.pk])


def test_two_that_come_along_are_not_in_each_others_way_twice(town: Town) -> None:
    own = {"municipality": town.municipality, "team": town.roads, "category": town.dumping}
    first, hidden = (RoutingRuleFactory.create(**own, position=position) for position in (1, 2))
    moving = succession.of_category(town.dumping, town.container)
    assert ([rule.pk for rule in moving.rules], [rule.pk for rule in moving.idle]) == ([first.pk], [hidden.pk])


def test_a_rule_out_of_use_goes_along_and_stays_out_of_use(town: Town) -> None:
    own = {"municipality": town.municipality, "team": town.roads, "category": town.dumping}
    rule = RoutingRuleFactory.create(**own, is_active=False)
    succession.move(town.municipality, succession.of_category(town.dumping, town.container))
    stored = RoutingRule.objects.get(pk=rule.pk)
    assert (stored.category, stored.is_active) == (town.container, False)


def test_rules_that_name_a_team_name_its_successor(town: Town) -> None:
    rule = RoutingRuleFactory.create(municipality=town.municipality, category=town.dumping, team=town.cleaning)
    succession.move(town.municipality, succession.of_team(town.cleaning, town.roads))
    assert RoutingRule.objects.get(pk=rule.pk).team == town.roads
