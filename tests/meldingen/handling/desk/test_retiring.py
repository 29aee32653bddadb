"""A manager retires a category or team: first what moves, then the successor, then the page of the act."""

from typing import Any

import pytest
from django.test import Client

from meldingen.categories.models import Category
from meldingen.handling.models import BulkAct
from meldingen.tenancy.models import Team
from tests.factories import RoutingRuleFactory, Town
from tests.staff import at


def page_of(town: Town, what: str = "category") -> str:
    pk = {"category": town.dumping.pk, "team": town.cleaning.pk}[what]
    return f"/beheer/{'categorieen' if what == 'category' else 'teams'}/{pk}/opheffen/"


def heir_of(town: Town, what: str = "category") -> int:
    heir: int = {"category": town.container.pk, "team": town.roads.pk}[what]
    return heir


@pytest.mark.parametrize("what", ["category", "team"])
def test_what_moves_is_said_before_a_successor_can_be_confirmed(manager: Client, town: Town, what: str) -> None:
    rule = RoutingRuleFactory.create(municipality=town.municipality, category=town.dumping, team=town.cleaning)
    town.melding(category=town.dumping, team=town.cleaning)
    page: Any = manager.get(page_of(town, what))
    assert (page.context_data["then"].number, [each.pk for each in page.context_data["then"].rules.rules]) == (
        1,
        [rule.pk],
    )
    assert 'name="go"' not in page.text
    assert 'name="go"' in manager.post(page_of(town, what), {"heir": heir_of(town, what)}).text
    assert not BulkAct.objects.exists()


@pytest.mark.parametrize("what", ["category", "team"])
def test_confirmed_it_is_retired_and_the_page_follows_how_far_it_is(manager: Client, town: Town, what: str) -> None:
    town.melding(category=town.dumping, team=town.cleaning)
    heir = heir_of(town, what)
    answer = manager.post(page_of(town, what), {"heir": heir, "looked_at": heir, "go": "1"})
    act = BulkAct.objects.get()
    assert answer["Location"] == f"/beheer/tegelijk/{act.pk}/"
    assert "0 van 1." in manager.get(answer["Location"]).text
    row: Any = Category.objects.get(pk=town.dumping.pk) if what == "category" else Team.objects.get(pk=town.cleaning.pk)
    assert (row.is_active, row.successor_id) == (False, heir)


def test_another_successor_than_was_looked_at_is_looked_at_first(manager: Client, town: Town) -> None:
    manager.post(page_of(town), {"heir": town.container.pk, "looked_at": town.waste.pk, "go": "1"})
    assert not BulkAct.objects.exists()


@pytest.mark.parametrize("role", ["triage", "coordinator", "reader"])
@pytest.mark.parametrize("what", ["category", "team"])
def test_who_is_no_manager_retires_nothing(town: Town, what: str, role: str) -> None:
    assert at(town, town.member(role)).get(page_of(town, what)).status_code == 403


@pytest.mark.parametrize("what", ["category", "team"])
def test_a_neighbours_is_no_page(manager: Client, neighbour: Town, what: str) -> None:
    assert manager.get(page_of(neighbour, what)).status_code == 404


def test_what_is_retired_already_says_so(manager: Client, town: Town) -> None:
    Category.objects.filter(pk=town.dumping.pk).update(is_active=False)
    page = manager.get(page_of(town))
    assert "niet meer in gebruik" in page.text
    assert "<select" not in page.text


def test_a_new_rule_offers_nothing_that_is_retired_and_an_old_one_keeps_what_it_has(
    manager: Client, town: Town
) -> None:
    rule = RoutingRuleFactory.create(municipality=town.municipality, category=town.dumping, team=town.cleaning)
    Team.objects.filter(pk=town.cleaning.pk).update(is_active=False)
    Category.objects.filter(pk=town.dumping.pk).update(is_active=False)
    page: Any = manager.get("/beheer/meldingen/routingrule/add/")
    new = page.context_data["adminform"].form
    old: Any = manager.get(f"/beheer/meldingen/routingrule/{rule.pk}/change/")
    assert town.cleaning not in new.fields["team"].queryset
    assert town.dumping not in new.fields["category"].queryset
    assert town.cleaning in old.context_data["adminform"].form.fields["team"].queryset


def test_a_retired_team_is_put_into_use_again(manager: Client, town: Town) -> None:
    Team.objects.filter(pk=town.cleaning.pk).update(is_active=False, successor=town.roads)
    typed = {"slug": "reiniging", "name": "Reiniging", "email": "", "is_active": "on"}
    manager.post(f"/beheer/tenancy/team/{town.cleaning.pk}/change/", typed)
    team = Team.objects.get(pk=town.cleaning.pk)
    assert (team.is_active, team.successor) == (True, None)


def test_no_act_on_chosen_ones_is_one_of_retiring(manager: Client, town: Town) -> None:
    melding = town.melding()
    answer = manager.post("/beheer/tegelijk/kiezen/", {"act": "team", "melding": melding.pk})
    assert answer.status_code == 404
