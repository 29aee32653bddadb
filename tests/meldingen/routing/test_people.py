"""A rule gives a melding to a colleague of its team, and has a text ready."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client

from meldingen.files.reading import BrokenFile
from meldingen.handling import triage
from meldingen.handling.models import StandardText
from meldingen.languages import Texts
from meldingen.record.models import Event, Melding
from meldingen.routing import dry_run, people, planning, routes
from meldingen.routing.loading import load_rules
from meldingen.routing.models import RoutingRule
from meldingen.tenancy.models import Membership, Team, User
from meldingen.upkeep import rules
from tests.factories import RoutingRuleFactory, Town

RULES = "/beheer/meldingen/routingrule/"
UNUSED = {"position": 5, "priority": 2, "service_unit": "hours"}
TYPED = UNUSED | {"is_active": "on"}


def joined(town: Town, team: Team, role: str = "handler") -> User:
    person = town.member(role)
    person.memberships.get().teams.add(team, through_defaults={"municipality": town.municipality})
    return person


@pytest.fixture
def anna(town: Town) -> User:
    return joined(town, town.roads)


@pytest.fixture
def text(town: Town) -> StandardText:
    return StandardText.objects.create(
        municipality=town.municipality, name="Container", text_texts=Texts({"nl": "Wij legen {plaats} deze week."})
    )


@pytest.fixture
def rule(town: Town, anna: User, text: StandardText) -> RoutingRule:
    own = {"municipality": town.municipality, "position": 20, "category": town.container, "area": None}
    made: RoutingRule = RoutingRuleFactory.create(**own, team=town.roads, person=anna, standard_text=text)
    return made


def routed(town: Town, **values: Any) -> Melding:
    melding = town.melding(category=town.container, **values)
    routes.route(melding)
    return melding


def test_it_comes_into_the_hands_of_the_colleague_and_history_says_which_rule(
    town: Town, rule: RoutingRule, anna: User, text: StandardText
) -> None:
    melding = routed(town)
    assert (melding.team, melding.assignee) == (town.roads, anna)
    event = Event.objects.get(melding=melding, kind="routed")
    assert (event.actor_kind, event.codes["rule"]) == (Event.ActorKind.RULE, 20)
    assert event.codes["assignee"] == {"from": None, "to": anna.pk}
    assert event.codes["standard_text"] == text.pk


def test_who_left_the_team_gets_nothing_and_the_page_of_what_is_broken_says_so(
    town: Town, rule: RoutingRule, anna: User
) -> None:
    anna.memberships.get().teams.clear()
    melding = routed(town)
    assert (melding.team, melding.assignee) == (town.roads, None)
    ((sentence,),) = [[defect.sentence for defect in rules.look(town.municipality)]]
    assert people.name_of(anna) in sentence


@pytest.mark.parametrize("role", ["reader", "telephone"])
def test_who_handles_nothing_any_more_gets_nothing(town: Town, rule: RoutingRule, anna: User, role: str) -> None:
    Membership.objects.filter(user=anna).update(role=role)
    assert routed(town).assignee is None


def test_a_team_that_is_retired_is_not_asked_and_that_is_said(town: Town, rule: RoutingRule) -> None:
    Team.objects.filter(pk=town.roads.pk).update(is_active=False)
    melding = routed(town)
    assert (melding.team_id, melding.assignee) == (town.container.default_team_id or melding.team_id, None)
    assert melding.team_id != town.roads.pk
    assert [town.roads.name in defect.sentence for defect in rules.look(town.municipality)] == [True]


def test_nobody_takes_it_from_a_colleague_of_the_same_team(town: Town, rule: RoutingRule) -> None:
    other = joined(town, town.roads)
    melding = routed(town)
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=other)
    triage.hand_to(case, other)
    melding.refresh_from_db()
    assert routes.route(melding) is False
    assert melding.assignee == other


def test_another_team_has_it_in_nobodys_hands(town: Town, rule: RoutingRule, anna: User) -> None:
    melding = routed(town)
    rule.delete()
    RoutingRuleFactory.create(municipality=town.municipality, position=30, area=None, category=None, team=town.cleaning)
    routes.route(melding)
    assert (melding.team, melding.assignee) == (town.cleaning, None)


def test_an_emergency_waits_for_people_whoever_a_rule_names(town: Town, rule: RoutingRule) -> None:
    assert routed(town, danger="life", priority=4).assignee is None


def test_the_form_takes_a_colleague_of_the_team(
    manager: Client,
    town: Town,
    anna: User,
    text: StandardText,
) -> None:
    said = UNUSED | {"team": town.roads.pk, "person": anna.pk, "standard_text": text.pk}
    assert manager.post(f"{RULES}add/", said).status_code == 302
    assert str(RoutingRule.objects.get()).endswith(f"{town.roads.name}, {people.name_of(anna)}")


def test_the_form_refuses_who_is_in_another_team_or_in_none(manager: Client, town: Town, anna: User) -> None:
    others = TYPED | {"team": town.cleaning.pk, "person": anna.pk}
    assert "zit niet in het team" in manager.post(f"{RULES}add/", others).text
    assert "Kies ook het team" in manager.post(f"{RULES}add/", TYPED | {"person": anna.pk}).text
    assert not RoutingRule.objects.exists()


def test_a_rule_of_somebody_who_left_can_be_saved_without_them(
    manager: Client,
    rule: RoutingRule,
    anna: User,
) -> None:
    anna.memberships.get().teams.clear()
    said = UNUSED | {"position": 20, "category": rule.category_id, "team": rule.team_id}
    refused: Any = manager.post(f"{RULES}{rule.pk}/change/", said | {"person": anna.pk})
    assert set(refused.context_data["adminform"].form.errors) == {"person"}
    assert manager.post(f"{RULES}{rule.pk}/change/", said).status_code == 302


def test_a_colleague_or_a_text_of_another_town_is_none(
    manager: Client,
    town: Town,
    neighbour: Town,
    text: StandardText,
) -> None:
    theirs = StandardText.objects.create(municipality=neighbour.municipality, name="x", text_texts=Texts({"nl": "x"}))
    stranger: AbstractBaseUser = joined(neighbour, neighbour.roads)
    for wrong in ({"person": stranger.pk}, {"standard_text": theirs.pk}, {"person": "0x"}, {"person": "999999999999"}):
        answer: Any = manager.post(f"{RULES}add/", TYPED | {"team": town.roads.pk} | wrong)
        assert set(answer.context_data["adminform"].form.errors) == set(wrong)
    assert not RoutingRule.objects.exists()


def test_the_dry_run_says_whose_hands_and_which_text(town: Town, rule: RoutingRule, anna: User) -> None:
    town.melding(category=town.container)
    result = dry_run.try_rule(town.municipality, rule)
    assert result.people == {(anna.pk, anna.pk): 1}
    assert result.texts == {rule.standard_text_id: 1}
    rule.delete()
    assert dry_run.try_rule(town.municipality, rule).people == {(None, anna.pk): 1}


def test_its_page_says_so_in_words(manager: Client, town: Town, anna: User, text: StandardText) -> None:
    town.melding(category=town.container)
    said = TYPED | {"category": town.container.pk, "team": town.roads.pk, "person": anna.pk, "standard_text": text.pk}
    page = manager.post(f"{RULES}add/", said | {"_dry_run": "1"}).text
    assert f"1 keer {people.name_of(anna)} in plaats van het hele team" in page
    assert "“Container” zou bij 1 hebben klaargestaan" in page


HEADER = "volgorde,categorie,gebied,team,prioriteit,dagen,persoon,standaardtekst\n"


def test_a_file_names_them(town: Town, tmp_path: Path, anna: User, text: StandardText) -> None:
    path = tmp_path / "regels.csv"
    path.write_text(f"{HEADER}10,,,{town.roads.slug},normaal,,{anna.username},Container\n")
    load_rules(town.municipality, path)
    assert RoutingRule.objects.get().person == anna
    path.write_text(f"{HEADER}10,,,{town.cleaning.slug},normaal,,{anna.username},\n")
    with pytest.raises(BrokenFile, match="regel 2, kolom persoon"):
        load_rules(town.municipality, path)


def test_a_plan_without_a_rule_names_nobody(town: Town) -> None:
    melding = town.melding(category=town.container)
    plan = planning.plan(melding, planning.read_rulebook(town.municipality.pk, [melding]))
    assert (plan.person, plan.standard_text) == (None, None)
