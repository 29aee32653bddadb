"""What is retired is chosen for nothing new; its rules and its open meldingen go to its successor."""

from typing import Any

import pytest

from meldingen.categories.choices import categories
from meldingen.categories.models import Category
from meldingen.handling import bulk, bulk_tasks, retiring, triage
from meldingen.handling.models import BulkAct
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import AuditEntry, Team, User
from tests.factories import RoutingRuleFactory, Town
from tests.meldingen.handling.bulk_of import became
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


def test_open_meldingen_of_a_category_go_to_its_successor_and_closed_ones_stay(town: Town, manager: User) -> None:
    opened, closed = town.melding(category=town.dumping), town.melding(category=town.dumping)
    lifecycle.move(closed, "solved", actor=events.SWEEP)
    act = retire_dumping(town, manager)
    of = dict(Melding.objects.values_list("pk", "category"))
    assert of == {opened.pk: town.container.pk, closed.pk: town.dumping.pk}
    assert (act.stage, became(act)) == ("done", {opened.pk: ("done", "")})


def test_a_retired_category_is_chosen_by_nobody_any_more(town: Town, manager: User) -> None:
    retire_dumping(town, manager)
    assert list(categories(town.municipality)) == [town.container]
    with pytest.raises(Refused) as refusal:
        triage.recategorise(case_of(town, town.melding(), manager), Category.objects.get(pk=town.dumping.pk))
    assert refusal.value.code == "retired"


def test_rules_of_a_category_go_along(town: Town, manager: User) -> None:
    rule = RoutingRuleFactory.create(municipality=town.municipality, category=town.dumping, team=town.roads)
    retire_dumping(town, manager)
    rule.refresh_from_db()
    assert (rule.category, rule.is_active) == (town.container, True)


@pytest.mark.parametrize("position", [1, 9])
def test_a_rule_that_would_hide_another_or_be_hidden_is_put_out_of_use(
    town: Town, manager: User, position: int
) -> None:
    own = {"municipality": town.municipality, "team": town.roads}
    there = RoutingRuleFactory.create(**own, category=town.container, position=5)
    comes = RoutingRuleFactory.create(**own, category=town.dumping, position=position)
    foreseen = retiring.foresee_category(town.dumping, town.container)
    retire_dumping(town, manager)
    there.refresh_from_db()
    comes.refresh_from_db()
    assert [rule.pk for rule in foreseen.rules.idle] == [comes.pk]
    assert (there.is_active, comes.is_active, comes.category) == (True, False, town.container)


def test_a_preview_says_how_many_and_which_and_changes_nothing(town: Town) -> None:
    town.melding(category=town.dumping)
    rule = RoutingRuleFactory.create(municipality=town.municipality, category=town.dumping, team=town.roads)
    foreseen = retiring.foresee_category(town.dumping, town.container)
    rule.refresh_from_db()
    assert (foreseen.number, [each.pk for each in foreseen.rules.rules]) == (1, [rule.pk])
    assert (rule.category, Category.objects.get(pk=town.dumping.pk).is_active) == (town.dumping, True)


def retired(town: Town) -> Category:
    Category.objects.filter(pk=town.container.pk).update(is_active=False)
    return town.container


def confidential(town: Town) -> Category:
    Category.objects.filter(pk=town.container.pk).update(is_confidential=True)
    return town.container


@pytest.mark.parametrize("heir_of", [retired, confidential, lambda town: town.dumping, lambda town: town.waste])
def test_no_successor_is_what_is_retired_confidential_itself_or_of_another_level(
    town: Town, manager: User, heir_of: Any
) -> None:
    with pytest.raises(Refused) as refusal:
        retiring.retire_category(town.municipality, manager, town.dumping.pk, heir_of(town).pk)
    assert refusal.value.code == "heir"
    assert Category.objects.get(pk=town.dumping.pk).is_active


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"slug": "overig-afval"}, "rest"),
        ({"slug": "overig"}, "rest"),
        ({"is_confidential": True}, "confidential"),
        ({"is_active": False}, "retired"),
    ],
)
def test_some_categories_are_not_retired(town: Town, manager: User, values: dict[str, Any], code: str) -> None:
    Category.objects.filter(pk=town.dumping.pk).update(**values)
    with pytest.raises(Refused) as refusal:
        retire_dumping(town, manager)
    assert refusal.value.code == code


def test_a_main_category_goes_after_those_under_it(town: Town, manager: User) -> None:
    with pytest.raises(Refused) as refusal:
        retiring.retire_category(town.municipality, manager, town.waste.pk, town.container.pk)
    assert refusal.value.code == "children"


def test_two_are_not_retired_into_each_other(town: Town, manager: User) -> None:
    retire_dumping(town, manager)
    with pytest.raises(Refused):
        retiring.retire_category(town.municipality, manager, town.container.pk, town.dumping.pk)


def test_nothing_is_given_to_a_retired_team(town: Town, manager: User) -> None:
    retire_cleaning(town, manager)
    with pytest.raises(Refused) as refusal:
        triage.assign(case_of(town, town.melding(), manager), Team.objects.get(pk=town.cleaning.pk))
    assert refusal.value.code == "retired"


def test_an_act_on_many_gives_nothing_to_a_team_that_is_retired_meanwhile(town: Town, manager: User) -> None:
    melding = town.melding()
    act = bulk.choose(town.municipality, manager, "assign", Melding.objects.all(), "", may_flood=True)
    bulk.start(town.municipality, manager, act.pk, bulk.Choice(team=town.cleaning), may_flood=True)
    retire_cleaning(town, manager)
    bulk_tasks.carry_out(act.pk)
    assert became(act) == {melding.pk: ("skipped", "retired")}


def test_an_act_on_many_does_not_begin_with_a_retired_team(town: Town, manager: User) -> None:
    town.melding()
    act = bulk.choose(town.municipality, manager, "assign", Melding.objects.all(), "", may_flood=True)
    retire_cleaning(town, manager)
    with pytest.raises(Refused) as refusal:
        team = Team.objects.get(pk=town.cleaning.pk)
        bulk.start(town.municipality, manager, act.pk, bulk.Choice(team=team), may_flood=True)
    assert refusal.value.code == "retired"


def test_it_is_kept_who_retired_what(town: Town, manager: User) -> None:
    retire_dumping(town, manager)
    entry = AuditEntry.objects.get(kind="setting_changed")
    assert (entry.actor, entry.target) == (manager, f"category:{town.dumping.pk}")
    assert entry.codes["successor"]["to"] == town.container.pk


def test_a_neighbours_category_or_team_is_none(town: Town, neighbour: Town, manager: User) -> None:
    with pytest.raises(Category.DoesNotExist):
        retiring.retire_category(town.municipality, manager, neighbour.dumping.pk, town.container.pk)
    with pytest.raises(Refused):
        retiring.retire_category(town.municipality, manager, town.dumping.pk, neighbour.container.pk)
    with pytest.raises(Refused):
        retiring.retire_team(town.municipality, manager, town.cleaning.pk, neighbour.roads.pk)
