"""What a rule would have done, decided by the function that routes."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from meldingen.languages import Texts
from meldingen.places.models import AssetKind
from meldingen.record.models import Melding
from meldingen.routing import dry_run, planning
from meldingen.routing.models import RoutingRule
from tests.factories import RoutingRuleFactory, Town

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def rule(town: Town, position: int = 10, **values: Any) -> RoutingRule:
    return RoutingRule(municipality=town.municipality, position=position, **values)


def try_rule(town: Town, row: RoutingRule) -> dry_run.Result:
    return dry_run.try_rule(town.municipality, row, now=NOW)


def received(town: Town, days_ago: int = 1, **values: Any) -> Melding:
    return town.melding(received_at=NOW - timedelta(days=days_ago), **{"category": town.container, **values})


def test_it_takes_what_fits_of_the_last_months_and_nothing_else(town: Town) -> None:
    taken = received(town)
    received(town, category=town.dumping)
    received(town, days_ago=91)
    received(town, category=None)
    result = try_rule(town, rule(town, category=town.container, team=town.roads))
    assert (result.total, result.matches, list(result.examples)) == (2, 1, [taken])


def test_it_says_from_which_team_to_which(town: Town) -> None:
    received(town)
    result = try_rule(town, rule(town, category=town.container, team=town.roads))
    assert result.teams == {(town.cleaning.pk, town.roads.pk): 1}


@pytest.mark.parametrize(("amount", "counted"), [(1, (1, 0)), (30, (0, 1)), (3, (0, 0))])
def test_it_says_how_many_deadlines_come_sooner_or_later(town: Town, amount: int, counted: tuple[int, int]) -> None:
    received(town)
    result = try_rule(town, rule(town, category=town.container, service_amount=amount, service_unit="working_days"))
    assert (result.sooner, result.later) == counted


def test_what_another_rule_takes_without_it_is_an_overlap(town: Town) -> None:
    received(town)
    received(town, category=town.dumping)
    RoutingRuleFactory.create(municipality=town.municipality, position=20, category=town.container, team=town.roads)
    result = try_rule(town, rule(town, category=town.waste))
    assert result.overlaps == {20: 1, None: 1}


def test_rules_that_take_nothing_are_named(town: Town) -> None:
    received(town)
    RoutingRuleFactory.create(municipality=town.municipality, position=20, category=town.dumping, team=town.roads)
    assert try_rule(town, rule(town, category=town.container)).idle == (20,)


def test_a_stored_rule_is_tried_as_it_would_be_saved_and_stays_as_it_is(town: Town) -> None:
    received(town)
    row = RoutingRuleFactory.create(
        municipality=town.municipality, position=20, category=town.container, team=town.roads
    )
    row.team, row.position = town.cleaning, 5
    result = try_rule(town, row)
    assert (result.teams, result.idle) == ({(town.roads.pk, town.cleaning.pk): 1}, ())
    assert RoutingRule.objects.get().position == 20


def test_words_kind_and_channel_are_asked_of_each_melding(town: Town) -> None:
    lamp = AssetKind.objects.create(municipality=town.municipality, slug="lamp", name_texts=Texts(nl="Lamp"))
    received(town, text="Ratten bij de vijver", source="phone")
    received(town, text="Afval bij de vijver", source="web")
    taken = {
        (words, channel): try_rule(town, rule(town, words=words.split(), channel=channel)).matches
        for words, channel in (("rat*", ""), ("VIJVER", ""), ("rat", ""), ("vijver", "web"), ("", "phone"))
    }
    assert taken == {("rat*", ""): 1, ("VIJVER", ""): 2, ("rat", ""): 0, ("vijver", "web"): 1, ("", "phone"): 1}
    assert try_rule(town, rule(town, asset_kind=lamp)).matches == 0


def test_a_changed_word_is_not_taken_for_the_stored_one(town: Town) -> None:
    received(town, text="Ratten")
    received(town, text="Duiven")
    row = RoutingRuleFactory.create(municipality=town.municipality, position=20, words=["duiven"], team=town.roads)
    row.words = ["ratten"]
    assert [each.text for each in try_rule(town, row).examples] == ["Ratten"]


def test_it_decides_as_routing_does(town: Town) -> None:
    meldingen = [received(town, category=category) for category in (town.container, town.dumping, town.waste)]
    row = RoutingRuleFactory.create(municipality=town.municipality, position=20, category=town.waste, team=town.roads)
    book = planning.read_rulebook(town.municipality.pk, meldingen)
    taken = [each for each in meldingen if planning.plan(each, book).rule == 20]
    assert try_rule(town, row).matches == len(taken) == 3


def test_examples_show_nothing_confidential(town: Town) -> None:
    received(town)
    town.container.is_confidential = True
    town.container.save()
    result = try_rule(town, rule(town, category=town.container, team=town.roads))
    assert (result.matches, result.examples) == (1, [])


def test_another_town_is_not_read(town: Town, neighbour: Town) -> None:
    received(neighbour)
    assert try_rule(town, rule(town, priority=4)).total == 0


def test_many_cost_as_many_questions_as_few(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for _ in range(12):
        received(town)
        received(town, category=town.dumping)
    with django_assert_num_queries(12):
        try_rule(town, rule(town, category=town.container, team=town.roads))


def test_it_says_from_which_priority_to_which(town: Town) -> None:
    received(town)
    result = try_rule(town, rule(town, category=town.container, priority=3))
    assert result.priorities == {(2, 3): 1}
