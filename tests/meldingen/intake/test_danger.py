"""The pages on which somebody who is in danger is told whom to call."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.languages import Texts
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing import prediction
from tests.factories import Town
from tests.learned import CONTAINER, learn
from tests.meldingen.intake.test_views import fields_of, send
from tests.sure import sure

FIRE, GAS, HAZARD = "Er is brand in de container", "Het ruikt hier naar gas", "Het putdeksel is weg"


@pytest.fixture(autouse=True)
def night_phone(town: Town) -> None:
    town.municipality.night_phone = "14 0123"
    town.municipality.save()


def calls(page: Any) -> list[str]:
    """The numbers that can be tapped in the content of a page, in their order."""
    main = sure(BeautifulSoup(page.content, "html.parser").find("main"))
    main = main.select_one(".layout__task") or main  # beside it stands the help that every page has
    leads = [str(link["href"]) for link in main.find_all("a", href=True)]
    return [lead.removeprefix("tel:") for lead in leads if lead[:4] == "tel:"]


def first(page: Any) -> str:
    """The address or name of what comes first under the thumb in the content of a page."""
    main = sure(BeautifulSoup(page.content, "html.parser").find("main"))
    control = sure(main.select_one("a, button, select, textarea, input:not([type=hidden])"))
    return str(control.get("href") or control["name"])


def told(resident: Client, typed: dict[str, str], text: str) -> Any:
    """The page that comes after the text."""
    return resident.post("/melden/", typed | {"step": "what", "text": text})


@pytest.mark.parametrize(
    ("text", "numbers"), [(FIRE, ["112", "09008844", "140123"]), (GAS, ["112", "08009009", "09008844", "140123"])]
)
def test_who_is_in_danger_is_told_to_call_112_and_offered_nothing_else(
    resident: Client, town: Town, typed: dict[str, str], text: str, numbers: list[str]
) -> None:
    prediction.forget_models()
    learn(town)
    page = told(resident, typed, f"{text}. {CONTAINER}")
    assert fields_of(page)["step"] == "danger"
    assert (first(page), calls(page)) == ("tel:112", numbers)
    assert b'name="category" value="' not in page.content.replace(b'name="category" value=""', b"")


def test_without_a_night_number_the_others_are_there(resident: Client, town: Town, typed: dict[str, str]) -> None:
    town.municipality.night_phone = ""
    town.municipality.save()
    assert calls(told(resident, typed, FIRE)) == ["112", "09008844"]
    assert calls(told(resident, typed, HAZARD)) == ["112"]


@pytest.mark.parametrize(("answer", "following"), [("called", "where"), ("safe", "subject")])
def test_who_called_or_is_safe_goes_on_and_the_answer_is_remembered(
    resident: Client, town: Town, typed: dict[str, str], answer: str, following: str
) -> None:
    page = resident.post("/melden/", fields_of(told(resident, typed, FIRE)) | {"danger_answer": answer})
    assert fields_of(page)["step"] == following
    for _step in range(2 if answer == "safe" else 1):
        page = send(resident, page)
    assert send(resident, page).status_code == 302
    melding = Melding.objects.get()
    assert melding.events.get(kind="warned").codes == {"danger": "life", "answer": answer}
    assert melding.priority == Melding.Priority.URGENT


@pytest.mark.parametrize(("text", "following"), [(FIRE, "subject"), (GAS, "danger")])
def test_who_is_safe_and_goes_back_is_asked_again_for_another_text_alone(
    resident: Client, typed: dict[str, str], text: str, following: str
) -> None:
    page = resident.post("/melden/", fields_of(told(resident, typed, FIRE)) | {"danger_answer": "safe"})
    page = resident.post("/melden/", fields_of(page) | {"go": "what"})
    assert fields_of(page)["step"] == "what"
    assert fields_of(send(resident, page, text=text))["step"] == following


def test_who_is_safe_gets_suggestions_again_and_who_said_nothing_none(
    resident: Client, town: Town, typed: dict[str, str]
) -> None:
    prediction.forget_models()
    learn(town)
    values = fields_of(told(resident, typed, f"{CONTAINER}. {FIRE}"))
    assert resident.post("/melden/", values | {"danger_answer": "safe"}).context["suggested"]
    assert not resident.post("/melden/", values).context["suggested"]


def test_dangerous_and_nobody_hurt_has_the_night_number_first_and_the_usual_questions(
    resident: Client, typed: dict[str, str]
) -> None:
    page = told(resident, typed, HAZARD)
    assert fields_of(page)["step"] == "subject"
    assert (first(page), calls(page)) == ("tel:140123", ["140123", "112"])


def test_any_other_report_has_no_number_among_its_questions(resident: Client, typed: dict[str, str]) -> None:
    assert calls(told(resident, typed, "De lamp is kapot")) == []


@pytest.mark.parametrize("address", ["/", "/melden/"])
def test_112_stands_above_everything_that_can_be_done(resident: Client, address: str) -> None:
    page = resident.get(address)
    assert (first(page), calls(page)) == ("tel:112", ["112", "140123"])


@pytest.mark.parametrize(
    ("text", "numbers"),
    [(FIRE, ["112"]), (GAS, ["112", "08009009"]), (HAZARD, ["140123", "112"]), ("De lamp is kapot", ["112"])],
)
def test_the_page_of_thanks_says_it_again(
    resident: Client, typed: dict[str, str], text: str, numbers: list[str]
) -> None:
    page = resident.get(resident.post("/melden/", typed | {"text": text})["Location"])
    assert calls(page) == numbers


@pytest.mark.parametrize(("state", "numbers"), [("new", ["112"]), ("solved", [])])
def test_the_page_to_follow_says_it_while_the_danger_is_open(
    resident: Client, town: Town, state: str, numbers: list[str]
) -> None:
    melding = town.melding(danger="life")
    if state != "new":
        lifecycle.move(melding, state, actor=events.SWEEP)
    assert calls(resident.get(f"/volg/{melding.follow_token}")) == numbers


def test_the_language_changes_on_the_page_of_danger_and_nothing_is_lost(
    resident: Client, typed: dict[str, str]
) -> None:
    page = resident.post("/melden/", fields_of(told(resident, typed, FIRE)) | {"language": "en"})
    assert "I called 112: go on" in page.content.decode()
    assert fields_of(page)["text"] == FIRE


def test_numbers_in_what_a_category_explains_can_be_tapped(resident: Client, town: Town, typed: dict[str, str]) -> None:
    town.dumping.guidance_texts = Texts(nl="Gevaarlijk? Bel 14 0123 <nu>.")
    town.dumping.save()
    chosen = typed | {"category": town.dumping.slug}
    page = resident.post("/melden/", chosen | {"step": "subject"})
    assert "140123" in calls(page)
    assert "&lt;nu&gt;" in page.content.decode()


@pytest.mark.parametrize(("text", "numbers"), [(FIRE, ["140123", "112"]), (GAS, ["140123", "112", "08009009"])])
def test_who_says_that_nobody_is_in_danger_still_has_the_number_of_the_town(
    resident: Client, town: Town, typed: dict[str, str], text: str, numbers: list[str]
) -> None:
    page = resident.post("/melden/", fields_of(told(resident, typed, text)) | {"danger_answer": "safe"})
    assert fields_of(page)["step"] == "subject"
    assert calls(page)[: len(numbers)] == numbers


def test_who_called_112_has_it_at_the_top_of_each_page_that_follows(resident: Client, typed: dict[str, str]) -> None:
    page = resident.post("/melden/", fields_of(told(resident, typed, FIRE)) | {"danger_answer": "called"})
    for step in ("where", "check"):
        assert fields_of(page)["step"] == step
        assert first(page) == "tel:112"
        page = send(resident, page)


def test_who_reports_no_danger_has_no_number_above_the_steps(resident: Client, typed: dict[str, str]) -> None:
    page = told(resident, typed, "De lamp is kapot")
    for _step in ("subject", "where", "check"):
        assert BeautifulSoup(page.content, "html.parser").select("form#melding .call") == []
        page = send(resident, page)
