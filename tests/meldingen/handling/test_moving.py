"""What is open goes to the successor as it is, whatever happens while it goes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from meldingen.categories.models import Category
from meldingen.handling import bulk_tasks, retiring, triage
from meldingen.handling.models import BulkAct
from meldingen.notifications.models import Delivery
from meldingen.record.models import Melding
from meldingen.routing import routes
from meldingen.tenancy.models import Team, User
from tests.factories import RoutingRuleFactory, Town, follower_of, reporter_of
from tests.meldingen.handling.conftest import case_of

pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture
def manager(town: Town) -> User:
    return town.member("manager")


def retire_dumping(town: Town, user: User) -> BulkAct:
    act = retiring.retire_category(town.municipality, user, town.dumping.pk, town.container.pk)
    bulk_tasks.carry_out(act.pk)
    act.refresh_from_db()
    return act


def retire_cleaning(town: Town, user: User) -> BulkAct:
    act = retiring.retire_team(town.municipality, user, town.cleaning.pk, town.roads.pk)
    bulk_tasks.carry_out(act.pk)
    act.refresh_from_db()
    return act


def test_who_chose_the_category_chose_it_still_and_the_history_says_who_moved_it(town: Town, manager: User) -> None:
    melding = town.melding(category=town.dumping, category_by="resident", team=town.roads, priority=3)
    retire_dumping(town, manager)
    melding.refresh_from_db()
    event = melding.events.latest("pk")
    assert (melding.category_by, melding.team, melding.priority, melding.state) == ("resident", town.roads, 3, "new")
    assert (event.kind, event.actor, event.codes["category"]["to"]) == ("recategorised", manager, town.container.pk)


def test_what_came_in_while_it_went_on_goes_along(town: Town, manager: User) -> None:
    act = retiring.retire_category(town.municipality, manager, town.dumping.pk, town.container.pk)
    late = town.melding(category=town.dumping)
    rule = RoutingRuleFactory.create(municipality=town.municipality, category=town.dumping, team=town.roads)
    bulk_tasks.carry_out(act.pk)
    late.refresh_from_db()
    rule.refresh_from_db()
    assert (late.category, rule.category) == (town.container, town.container)


def test_what_goes_to_one_that_is_retired_meanwhile_goes_on(town: Town, manager: User) -> None:
    melding, last = town.melding(team=town.cleaning), Team.objects.create(
        municipality=town.municipality, slug="beheer", name="Beheer"
    )  # fmt: skip
    act = retiring.retire_team(town.municipality, manager, town.cleaning.pk, town.roads.pk)
    retiring.retire_team(town.municipality, manager, town.roads.pk, last.pk)
    bulk_tasks.carry_out(act.pk)
    melding.refresh_from_db()
    assert melding.team == last


def test_a_team_hands_over_rules_categories_and_open_meldingen_as_they_are(town: Town, manager: User) -> None:
    rule = RoutingRuleFactory.create(municipality=town.municipality, category=town.container, team=town.cleaning)
    melding = town.melding(category=town.container, team=town.cleaning)
    triage.take(case_of(town, melding, manager))
    retire_cleaning(town, manager)
    melding.refresh_from_db()
    rule.refresh_from_db()
    assert (melding.team, melding.state, melding.assignee) == (town.roads, "in_progress", manager)
    assert (rule.team, Category.objects.get(pk=town.container.pk).default_team) == (town.roads, town.roads)


@pytest.mark.parametrize("retire", [retire_dumping, retire_cleaning])
def test_the_day_that_was_told_stays_and_only_the_new_team_hears_of_it(
    town: Town, manager: User, settings: Settings, retire: Callable[..., BulkAct]
) -> None:
    settings.UNDO_SECONDS = 120
    Team.objects.filter(pk=town.roads.pk).update(email="wegen@stad.example")
    Category.objects.filter(pk=town.container.pk).update(service_amount=1)  # a shorter term than was told
    melding = town.melding(category=town.dumping, team=town.cleaning)
    reporter_of(melding)
    follower_of(melding)
    day = timezone.localdate() + timedelta(days=9)
    triage.schedule(case_of(town, melding, manager), day)
    told = set(Delivery.objects.values_list("pk", "recipient__kind"))
    promised = Melding.objects.get().promised_at
    retire(town, manager)
    routes.route(Melding.objects.get())  # nor when rules look again
    moved = Melding.objects.get()
    assert (moved.state, moved.promised_at) == ("planned", promised)
    since = set(Delivery.objects.values_list("pk", "recipient__kind")) - told
    assert {kind for _pk, kind in since} == ({"team"} if retire is retire_cleaning else set())


def test_many_are_moved_in_a_fixed_number_of_statements(
    town: Town, manager: User, django_assert_max_num_queries: Any
) -> None:
    for _number in range(30):
        town.melding(category=town.dumping)
    with django_assert_max_num_queries(60):
        retire_dumping(town, manager)
    assert not Melding.objects.filter(category=town.dumping).exists()
