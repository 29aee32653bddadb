"""A manager asks what a rule would have done, before it is saved or put into use."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from meldingen.routing import dry_run_page, routes
from meldingen.routing.models import RoutingRule
from tests.factories import RoutingRuleFactory, Town

RULES = "/beheer/meldingen/routingrule/"
TYPED = {"position": 5, "priority": 2, "service_unit": "hours"}


@pytest.fixture
def typed(town: Town) -> dict[str, Any]:
    routes.route(town.melding(category=town.container, received_at=timezone.now() - timedelta(days=1)))
    return TYPED | {"category": town.container.pk, "team": town.roads.pk}


def test_it_says_what_would_have_happened_and_saves_nothing(manager: Client, town: Town, typed: dict[str, Any]) -> None:
    page: Any = manager.post(f"{RULES}add/", typed | {"_dry_run": "1"})
    assert (page.context["result"].matches, "Wegen" in page.text, "Er is nog niets opgeslagen" in page.text) == (
        1, True, True,
    )  # fmt: skip
    assert not RoutingRule.objects.exists()


@pytest.mark.parametrize(("answer", "in_use"), [({"is_active": "on"}, True), ({"_save": "1"}, False)])
def test_its_answers_save_what_was_tried(
    manager: Client, typed: dict[str, Any], answer: dict[str, str], in_use: bool
) -> None:
    page: Any = manager.post(f"{RULES}add/", typed | {"_dry_run": "1", "is_active": "on"})
    sent = dict(page.context["typed"]) | {"_tried": "1"}
    assert manager.post(f"{RULES}add/", sent | answer).status_code == 302
    assert RoutingRule.objects.get().is_active is in_use


def test_a_new_rule_waits_until_it_is_put_into_use(manager: Client) -> None:
    page: Any = manager.get(f"{RULES}add/")
    assert (page.context["adminform"].form["is_active"].value(), "_dry_run" in page.text) == (False, True)


def test_a_form_that_is_not_right_is_not_tried(manager: Client, town: Town) -> None:
    page: Any = manager.post(f"{RULES}add/", TYPED | {"words": "twee woorden", "_dry_run": "1"})
    assert "Schrijf losse woorden van 2 tot 30 letters" in page.text


def test_only_who_may_change_rules_tries_them(reader: Client, town: Town, typed: dict[str, Any]) -> None:
    rule = RoutingRuleFactory.create(municipality=town.municipality, category=town.dumping)
    for page in ("add/", f"{rule.pk}/change/"):
        assert reader.post(f"{RULES}{page}", typed | {"_dry_run": "1"}).status_code == 403


def test_it_says_of_term_priority_and_colleague_too(manager: Client, typed: dict[str, Any]) -> None:
    page = manager.post(f"{RULES}add/", typed | {"_dry_run": "1", "priority": "3"}).text
    assert "1 zou dezelfde termijn hebben gehad" in page
    assert "1 van “Gewoon” naar “Hoog”" in page
    assert "Collega: 1 keer het hele team, zoals nu." in page


def test_a_little_is_not_called_nothing() -> None:
    assert [dry_run_page._share(*numbers) for numbers in ((0, 9), (13, 3290), (1, 2), (0, 0))] == ["0", "<1", "50", "0"]


def test_commas_too_many_are_no_words_and_a_wrong_word_is_named(manager: Client, typed: dict[str, Any]) -> None:
    page = manager.post(f"{RULES}add/", typed | {"words": "* , ,"}).text
    assert "Schrijf losse woorden" in page
    assert "matrix" not in page
    manager.post(f"{RULES}add/", typed | {"words": "rat, , afval*,"})
    assert RoutingRule.objects.get().words == ["rat", "afval*"]


def test_a_term_counts_from_one(manager: Client, typed: dict[str, Any]) -> None:
    for amount in ("0", "-1"):
        page: Any = manager.post(f"{RULES}add/", typed | {"service_amount": amount})
        errors = page.context["adminform"].form.errors["service_amount"]
        assert [error for error in errors if "1" in error] == list(errors)


def test_how_long_stands_beside_its_unit(manager: Client) -> None:
    form = manager.get(f"{RULES}add/").context["adminform"].form
    names = list(form.fields)
    assert names[0] == "position"
    assert names.index("service_unit") == names.index("service_amount") + 1


def change(client: Client, rule: RoutingRule, **data: Any) -> Any:
    stored = {"position": rule.position, "priority": rule.priority, "service_unit": "hours", "team": rule.team_id}
    return client.post(f"{RULES}{rule.pk}/change/", stored | {"category": rule.category_id} | data)


@pytest.fixture
def rule(town: Town, typed: dict[str, Any]) -> RoutingRule:
    made: RoutingRule = RoutingRuleFactory.create(
        municipality=town.municipality, category=town.container, team=town.cleaning, is_active=True
    )
    return made


def test_a_change_to_a_rule_in_use_works_only_when_it_is_put_into_use_after_its_trial(
    manager: Client, town: Town, rule: RoutingRule
) -> None:
    page = change(manager, rule, team=town.roads.pk, is_active="on", _save="1")
    assert (page.status_code, page.context["was_in_use"]) == (200, True)
    assert "werkt de regel zoals die was" in page.text
    assert RoutingRule.objects.get().team == town.cleaning
    sent = dict(page.context["typed"])
    assert not {"_save", "is_active"} & set(sent)
    assert change(manager, rule, **sent, _tried="1", is_active="on").status_code == 302
    assert (RoutingRule.objects.get().team, RoutingRule.objects.get().is_active) == (town.roads, True)


def test_a_new_rule_that_would_work_at_once_is_tried_first(manager: Client, typed: dict[str, Any]) -> None:
    page: Any = manager.post(f"{RULES}add/", typed | {"is_active": "on", "_save": "1"})
    assert (page.status_code, page.context["was_in_use"]) == (200, False)
    assert not RoutingRule.objects.exists()


def test_a_rule_is_put_into_use_by_its_trial_and_taken_out_by_saving(manager: Client, rule: RoutingRule) -> None:
    assert change(manager, rule).status_code == 302
    assert not RoutingRule.objects.get().is_active
    assert change(manager, rule, is_active="on").status_code == 200
    assert not RoutingRule.objects.get().is_active
    assert change(manager, rule, is_active="on", _tried="1").status_code == 302
    assert RoutingRule.objects.get().is_active


def test_saving_a_rule_in_use_as_it_is_asks_nothing(manager: Client, rule: RoutingRule) -> None:
    address = f"{RULES}{rule.pk}/change/"
    form = manager.get(address).context["adminform"].form
    stored = {name: value for name in form.fields if (value := form[name].value()) not in (None, False)}
    assert manager.post(address, stored | {"is_active": "on"}).status_code == 302


def test_a_shorter_term_is_asked_about_after_the_trial(manager: Client, town: Town, rule: RoutingRule) -> None:
    town.melding(category=town.container, team=town.cleaning, state="new", deadline=timezone.now() + timedelta(days=9))
    term = {"service_amount": "1", "is_active": "on"}
    trial = change(manager, rule, **term)
    assert "result" in trial.context
    question = change(manager, rule, **dict(trial.context["typed"]), _tried="1", is_active="on")
    assert question.status_code in (200, 302)
    assert ("_tried", "1") in question.context["typed"]


def test_who_goes_back_has_all_that_they_typed(manager: Client, rule: RoutingRule) -> None:
    trial = change(manager, rule, position="7", is_active="on")
    page = change(manager, rule, **dict(trial.context["sent"]), open_ones="back")
    form = page.context["adminform"].form
    assert (form["position"].value(), form["is_active"].value()) == ("7", True)
    assert RoutingRule.objects.get().position == rule.position
