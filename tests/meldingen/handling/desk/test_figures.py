"""The page with reports and cases, for colleagues."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from meldingen.handling import merging
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.handling.conftest import case_of
from tests.staff import at

PAGE = "/beheer/cijfers/"


@pytest.fixture
def merged(town: Town) -> Melding:
    """One that leads another."""
    lead, other = (town.melding(category=town.container, team=town.cleaning) for _number in range(2))
    merging.merge(case_of(town, other, town.member()), lead.pk)
    return lead


def test_it_says_reports_and_cases_of_this_week_and_that_it_is_internal(triager: Client, merged: Melding) -> None:
    text = " ".join(triager.get(PAGE).text.split())
    assert "2 meldingen, 1 zaak: 0 opgelost, 1 nu open, waarvan 0 te laat." in text
    assert "Intern." in text


def test_a_bar_has_its_parts_behind_one_another(triager: Client, merged: Melding, town: Town) -> None:
    town.melding()
    page: Any = triager.get(PAGE)
    assert [(line.name, line.parts) for line in page.context_data["lines"]] == [
        ("Afval", [("open", "0", "500"), ("merged", "500", "500")]),
        ("Nog geen categorie", [("open", "0", "500")]),
    ]


def test_a_name_leads_to_its_meldingen(triager: Client, merged: Melding) -> None:
    page: Any = triager.get(PAGE, {"by": "team"})
    (line,) = page.context_data["lines"]
    inbox: Any = triager.get(line.urls["all"])
    assert len(inbox.context_data["rows"]) == 2


@pytest.mark.parametrize(
    ("since", "until", "says"),
    [
        ("2026-03-02", "2026-03-01", "Deze dag ligt vóór"),
        ("2024-01-01", "2026-03-01", "Kies hoogstens een jaar."),
        ("gisteren", "", "Voer een geldige datum in."),
        ("0001-01-01", "0001-01-02", "Zorg ervoor dat"),
    ],
)
def test_days_that_cannot_be_are_said_and_nothing_is_counted(
    triager: Client, since: str, until: str, says: str
) -> None:
    page: Any = triager.get(PAGE, {"since": since, "until": until})
    assert says in page.text
    assert page.context_data["days"] is None


def test_days_that_were_typed_stay_when_it_is_divided_by_team(triager: Client, merged: Melding) -> None:
    today = timezone.localdate().isoformat()
    page: Any = triager.get(PAGE, {"since": today, "until": today})
    assert f"since={today}&until={today}&by=team" in page.context_data["divisions"][1]["query"]


def test_a_handler_sees_their_own_teams(town: Town, merged: Melding) -> None:
    handler = town.member("handler")
    handler.memberships.get().teams.add(town.roads, through_defaults={"municipality": town.municipality})
    town.melding(team=town.roads)
    page: Any = at(town, handler).get(PAGE)
    assert page.context_data["total"].reports == 1
    assert "Van uw eigen teams." in page.text


def test_what_is_confidential_is_not_counted_for_who_may_not_see_it(
    triager: Client, manager: Client, town: Town, merged: Melding
) -> None:
    town.waste.is_confidential = True
    town.waste.save()
    pages: list[Any] = [client.get(PAGE) for client in (triager, manager)]
    assert [page.context_data["total"].reports for page in pages] == [0, 2]


def test_what_it_asks_does_not_follow_the_rows(
    triager: Client, town: Town, merged: Melding, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    triager.get(PAGE)
    with django_assert_num_queries(7):
        triager.get(PAGE)
    town.melding()
    town.melding(team=town.roads)
    with django_assert_num_queries(7):
        triager.get(PAGE)


def test_its_row_and_its_page_say_with_how_many_it_was_reported(triager: Client, merged: Melding) -> None:
    page: Any = triager.get("/beheer/", {"list": "open", "melding": str(merged.pk)})
    assert [item["row"].reports for item in page.context_data["rows"]] == [2]
    for text in (page.text, triager.get(f"/beheer/meldingen/melding/{merged.pk}/change/").text):
        assert "Samen met 1 melding" in text
        assert "2 meldingen, 1 zaak." in text
