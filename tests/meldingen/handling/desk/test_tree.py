"""The tree says of each category what hangs on it, in a fixed number of questions."""

from typing import Any

import pytest
from django.test import Client

from meldingen.handling.desk import tree
from meldingen.handling.models import StandardText
from meldingen.languages import Texts
from meldingen.questions.models import Question
from meldingen.record import events, lifecycle
from tests.factories import CategoryFactory, RoutingRuleFactory, Town
from tests.staff import SECRET, at

PAGE = "/beheer/categorieen/"


def branch_of(client: Client, slug: str) -> Any:
    page: Any = client.get(PAGE)
    every = [each for main in page.context_data["branches"] for each in (main, *main.branches)]
    return next(each for each in every if each.category.slug == slug)


def hang(town: Town) -> None:
    own = {"municipality": town.municipality, "category": town.container}
    RoutingRuleFactory.create(**own, team=town.roads)
    Question.objects.create(**own, slug="nummer", question_texts=Texts(nl="Welk nummer?"))
    StandardText.objects.create(**own, name="Geleegd", text_texts=Texts(nl="Geleegd."))


def test_each_category_stands_there_with_what_hangs_on_it(manager: Client, town: Town) -> None:
    hang(town)
    opened, closed = town.melding(category=town.container), town.melding(category=town.container)
    lifecycle.move(closed, "solved", actor=events.SWEEP)
    branch = branch_of(manager, "container-vol")
    assert (branch.number, branch.rules, branch.questions, branch.texts) == (1, 1, 1, 1)
    assert (branch.term, branch.category.default_team) == ("3 werkdagen", town.cleaning)
    assert opened.state == "new"


def test_open_meldingen_are_counted_no_further_than_in_worklists(
    manager: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tree, "CAP", 2)
    for _number in range(5):
        town.melding(category=town.dumping)
    assert branch_of(manager, "dumping").number == 3
    assert "meer dan 2 open meldingen" in manager.get(PAGE).text


def test_what_was_merged_into_another_is_counted_with_that_one(manager: Client, town: Town) -> None:
    lead = town.melding(category=town.dumping)
    town.melding(category=town.dumping, lead=lead)
    assert branch_of(manager, "dumping").number == 1


def test_the_term_of_the_main_category_is_said_to_be_that(manager: Client, town: Town) -> None:
    town.waste.service_amount = 7
    town.waste.save()
    branch = branch_of(manager, "dumping")
    assert (branch.term, branch.is_term_of_main) == ("7 werkdagen", True)


def test_it_takes_as_many_questions_with_many_categories(
    manager: Client, town: Town, django_assert_max_num_queries: Any
) -> None:
    for number in range(20):
        category = CategoryFactory.create(municipality=town.municipality, parent=town.waste, slug=f"meer-{number}")
        town.melding(category=category)
    with django_assert_max_num_queries(8):
        manager.get(PAGE)


@pytest.mark.parametrize("model", ["routingrule", "question", "standardtext"])
def test_its_links_lead_to_the_rows_of_that_category(manager: Client, town: Town, model: str) -> None:
    hang(town)
    address = f"/beheer/meldingen/{model}/?category__id__exact={town.container.pk}"
    assert address in manager.get(PAGE).text
    assert manager.get(address).status_code == 200
    empty: Any = manager.get(address.replace(str(town.container.pk), str(town.dumping.pk)))
    assert empty.context_data["cl"].result_count == 0


def test_only_what_can_be_retired_has_a_link_for_it(manager: Client, town: Town) -> None:
    rest = CategoryFactory.create(municipality=town.municipality, parent=town.waste, slug="overig-afval")
    page = manager.get(PAGE).text
    links = [pk for pk in (town.waste.pk, town.container.pk, rest.pk) if f"categorieen/{pk}/opheffen/" in page]
    assert links == [town.container.pk]


def test_a_reader_sees_it_and_retires_nothing(reader: Client) -> None:
    page = reader.get(PAGE)
    assert page.status_code == 200
    assert "opheffen" not in page.text


def test_confidential_meldingen_are_counted_for_who_sees_them(manager: Client, reader: Client, town: Town) -> None:
    town.dumping.is_confidential = True
    town.dumping.save()
    town.melding(category=town.dumping)
    assert (branch_of(manager, "dumping").number, branch_of(reader, "dumping").number) == (1, 0)


def test_a_neighbours_categories_are_not_there(town: Town, neighbour: Town) -> None:
    CategoryFactory.create(municipality=neighbour.municipality, slug="geheim", name_nl=SECRET)
    assert SECRET not in at(town, town.member("manager")).get(PAGE).text
