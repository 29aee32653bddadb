"""What is not ours: whose it is, one way there, and going on where that is allowed."""

from dataclasses import replace
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.categories.models import Category
from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.languages import Texts
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from tests.factories import Town
from tests.sure import sure

PROVINCE = "https://provincie.example/melden"


@pytest.fixture
def road(town: Town) -> Category:
    """A subject that the province solves."""
    Category.objects.filter(pk=town.dumping.pk).update(
        elsewhere_texts=Texts(nl="de provincie", en="the province"), elsewhere_url=PROVINCE
    )
    return Category.objects.get(pk=town.dumping.pk)


def post(client: Client, typed: dict[str, str], **more: str) -> BeautifulSoup:
    return BeautifulSoup(client.post("/melden/", typed | more).content, "html.parser")


def heading(page: BeautifulSoup) -> str:
    return " ".join(sure(page.select_one("h1")).text.split())


def test_who_chooses_it_gets_one_way_there(resident: Client, typed: dict[str, str], road: Category) -> None:
    page = post(resident, typed, step="subject", category="dumping")
    assert heading(page) == "Dit is niet van ons"
    assert "de provincie" in sure(page.select_one(".elsewhere")).text
    assert [link["href"] for link in page.select(".elsewhere a")] == [PROVINCE]


def test_who_reports_it_here_all_the_same_goes_on_and_is_asked_once(
    resident: Client, typed: dict[str, str], road: Category
) -> None:
    page = post(resident, typed, step="elsewhere", category="dumping", elsewhere_of="dumping")
    assert heading(page) == "Waar is het?"
    again = post(resident, typed, step="subject", category="dumping", elsewhere_of="dumping")
    assert heading(again) == "Waar is het?"


def test_without_a_page_it_is_a_number_to_call(resident: Client, typed: dict[str, str], road: Category) -> None:
    Category.objects.filter(pk=road.pk).update(elsewhere_url="", elsewhere_phone="0800 1234")
    page = post(resident, typed, step="subject", category="dumping")
    assert [link["href"] for link in page.select(".elsewhere a")] == ["tel:08001234"]


def test_what_is_only_taken_in_there_has_no_way_on(resident: Client, typed: dict[str, str], road: Category) -> None:
    Category.objects.filter(pk=road.pk).update(is_only_elsewhere=True)
    page = post(resident, typed, step="subject", category="dumping")
    assert page.select_one("button[name=elsewhere_of]") is None
    forged = post(resident, typed, category="dumping", elsewhere_of="dumping")
    assert PROVINCE in sure(forged.select_one("#fouten")).text
    assert not Melding.objects.exists()


def test_danger_is_never_sent_elsewhere(resident: Client, typed: dict[str, str], road: Category) -> None:
    Category.objects.filter(pk=road.pk).update(is_only_elsewhere=True)
    open_pit = typed | {"text": "Het putdeksel is weg", "category": "dumping"}
    assert heading(post(resident, open_pit, step="subject")) == "Waar is het?"
    assert resident.post("/melden/", open_pit).status_code == 302


def test_what_a_colleague_takes_in_is_stored(town: Town, road: Category) -> None:
    Category.objects.filter(pk=road.pk).update(is_only_elsewhere=True)
    said = Submission(text="Gat in de weg", buurt_code=town.west.code, category_slug="dumping")
    with pytest.raises(Refused, match="elsewhere"):
        submit(town.municipality, said)
    assert submit(town.municipality, replace(said, entered_by=town.member())).category == road


def test_a_program_hears_whose_it_is(resident: Client, town: Town, road: Category) -> None:
    Category.objects.filter(pk=road.pk).update(is_only_elsewhere=True)
    body: dict[str, Any] = {"text": "Gat", "place": {"buurt": town.west.code}, "category": "dumping"}
    answer = resident.post("/api/v1/meldingen", body, content_type="application/json")
    (error,) = answer.json()["errors"]
    assert (answer.status_code, error["location"]["pointer"], PROVINCE in error["detail"]) == (400, "#/category", True)
    (main,) = resident.get("/api/v1/categorieen").json()["categories"]
    ours, theirs = sorted(main["categories"], key=lambda each: str(each["slug"]))
    assert (ours["elsewhere"], theirs["elsewhere"]["url"]) == (None, PROVINCE)
