"""The page that shows what was reported near the place already, and where it leads."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.gis.geos import Point
from django.test import Client
from django.utils import timezone

from meldingen.handling.desk import labels
from meldingen.nearby.models import Sighting
from meldingen.notifications.models import Recipient
from meldingen.places import geo
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.nearby.conftest import at, public_category

TEXT = "De lamp is kapot"


@pytest.fixture
def reported(town: Town) -> Melding:
    lamp = public_category(town)
    return town.melding(category=lamp, category_by="staff", point=at(), text="Geheime woorden")


@pytest.fixture
def at_the_pin(typed: dict[str, str], reported: Melding) -> dict[str, str]:
    """What the page sends that asks where it is."""
    return typed | pin(at(10)) | {"step": "where", "text": TEXT, "category": "lamp", "buurt": ""}


def pin(point: Point) -> dict[str, str]:
    longitude, latitude = geo.to_door(point)
    return {"longitude": f"{longitude:.6f}", "latitude": f"{latitude:.6f}"}


def post(resident: Client, typed: dict[str, str], **more: str) -> BeautifulSoup:
    return BeautifulSoup(resident.post("/melden/", typed | more).content, "html.parser")


def button(page: BeautifulSoup) -> Tag | None:
    return page.select_one("button[name=follow]")


def heading(page: BeautifulSoup) -> str:
    found = page.select_one("h1")
    return found.text if found else ""


def test_what_is_known_is_shown_without_words_or_numbers_of_reports(
    resident: Client, at_the_pin: dict[str, str], reported: Melding
) -> None:
    page = post(resident, at_the_pin)
    assert heading(page) == "Is dit al gemeld?"
    (one,) = page.select(".known__one")
    assert " ".join(one.text.split()).startswith("Lamp brandt niet vandaag gemeld · hier of vlakbij")
    for secret in ("Geheime", reported.reference, f">{reported.pk}<"):
        assert secret not in str(page.select_one("main"))


@pytest.mark.parametrize(("days", "words"), [(1, "gisteren gemeld"), (40, "gemeld op ")])
def test_the_day_is_said_and_never_the_hour(
    resident: Client, typed: dict[str, str], at_the_pin: dict[str, str], town: Town, days: int, words: str
) -> None:
    Melding.objects.update(is_hidden=True)
    lamp = Melding.objects.get().category
    town.melding(timezone.now() - timedelta(days=days), category=lamp, category_by="staff", point=at())
    facts = post(resident, at_the_pin).select_one(".known__facts")
    assert facts is not None
    assert words in facts.text
    assert not re.search(r"\d:\d", facts.text)


@pytest.fixture
def back(resident: Client, at_the_pin: dict[str, str], reported: Melding) -> dict[str, str]:
    """Who says that what was solved at the pin is back."""
    lifecycle.move(lifecycle.lock(reported.pk, reported.municipality_id), "solved", actor=events.SWEEP)
    page = post(resident, at_the_pin)
    (button,) = [each for each in page.select("button[name=nearby_answer]") if each.text == "Het is terug"]
    mark = page.select_one("input[name=nearby_place]")["value"]  # type: ignore[index]
    return at_the_pin | {"nearby_place": str(mark), "nearby_answer": str(button["value"]), "step": "nearby"}


def summary(page: BeautifulSoup) -> str:
    return " ".join(each.text for each in page.select(".summary dd"))


def test_where_all_was_solved_lately_a_button_says_that_it_is_back_and_the_last_page_too(
    resident: Client, back: dict[str, str]
) -> None:
    page = post(resident, back)
    assert heading(page) == "Klopt dit?"
    assert "Het is terug" in summary(page)
    assert heading(post(resident, back, step="check", go="nearby")) == "Is dit al gemeld?"
    assert "Het is terug" not in summary(post(resident, back | pin(at(400)), step="where"))


def test_colleagues_read_that_it_is_back(resident: Client, back: dict[str, str], reported: Melding) -> None:
    resident.post("/melden/", back | {"step": "check"})
    melding = Melding.objects.exclude(pk=reported.pk).get()
    received = events.of(melding.events.get())
    assert isinstance(received, events.Received)
    assert received.is_back
    assert "is terug" in str(labels.event(melding.events.get(), {}, {}))


def test_what_was_solved_lately_is_shown_and_cannot_be_followed(
    resident: Client, at_the_pin: dict[str, str], reported: Melding
) -> None:
    lifecycle.move(lifecycle.lock(reported.pk, reported.municipality_id), "solved", actor=events.SWEEP)
    page = post(resident, at_the_pin)
    assert "opgelost op" in page.select_one(".known__facts").text  # type: ignore[union-attr]
    assert button(page) is None


def test_another_one_is_asked_about_once_and_again_at_another_place(
    resident: Client, at_the_pin: dict[str, str], typed: dict[str, str]
) -> None:
    mark = post(resident, at_the_pin).select_one("input[name=nearby_place]")["value"]  # type: ignore[index]
    answered = at_the_pin | {"nearby_answer": "another", "nearby_place": str(mark)}
    after = post(resident, answered, step="nearby")
    assert heading(after) == "Klopt dit?"
    assert after.select_one("input[name=nearby_place]")["value"] == mark  # type: ignore[index]
    assert heading(post(resident, answered)) == "Klopt dit?"
    assert heading(post(resident, answered | pin(at(40)))) == "Is dit al gemeld?"


def test_where_nothing_is_known_the_form_goes_on(resident: Client, at_the_pin: dict[str, str]) -> None:
    assert heading(post(resident, at_the_pin | pin(at(400)))) == "Klopt dit?"


def test_a_network_that_asks_often_is_shown_no_more(
    resident: Client, at_the_pin: dict[str, str], limited: Callable[..., Any]
) -> None:
    limited(prompts="2/hour")
    pages = [heading(post(resident, at_the_pin)) for _time in range(3)]
    assert [page == "Is dit al gemeld?" for page in pages] == [True, True, False]


def follow(resident: Client, at_the_pin: dict[str, str]) -> Any:
    chosen = button(post(resident, at_the_pin))
    assert chosen is not None
    answer: Any = resident.post("/melden/", at_the_pin | {"step": "nearby", "follow": str(chosen["value"])})
    return answer


def test_this_is_it_counts_and_leads_to_a_page_that_asks_for_an_address(
    resident: Client, at_the_pin: dict[str, str], reported: Melding
) -> None:
    answer = follow(resident, at_the_pin)
    assert Sighting.objects.get().melding == reported
    assert Melding.objects.count() == 1
    page = resident.get(answer["Location"])
    assert page.status_code == 200
    assert "Geheime" not in page.content.decode()
    assert page["Cache-Control"] == "no-store, private"


def test_an_address_is_asked_by_mail_whether_it_wants_to_hear(
    resident: Client, at_the_pin: dict[str, str], reported: Melding
) -> None:
    address = follow(resident, at_the_pin)["Location"]
    answer = resident.post(address, {"email": "Buur@example.org"})
    assert answer.status_code == 302
    follower = Recipient.objects.get(melding=reported)
    assert (follower.kind, follower.email, follower.confirmed_at) == ("follower", "Buur@example.org", None)
    assert "Kijk in uw mail" in resident.get(answer["Location"]).content.decode()


def test_one_that_closed_meanwhile_says_so_at_its_field(
    resident: Client, at_the_pin: dict[str, str], reported: Melding
) -> None:
    address = follow(resident, at_the_pin)["Location"]
    lifecycle.move(lifecycle.lock(reported.pk, reported.municipality_id), "solved", actor=events.SWEEP)
    answer = resident.post(address, {"email": "buur@example.org"})
    assert "U kunt deze melding niet meer volgen" in answer.content.decode()
    assert not Recipient.objects.exists()


def test_a_word_that_nobody_gave_opens_nothing(
    resident: Client, at_the_pin: dict[str, str], town: Town, neighbour: Town, client: Client
) -> None:
    page = post(resident, at_the_pin, step="nearby", follow="x" * 32)
    assert "net opgelost of veranderd" in page.select_one(".error-summary__list").text  # type: ignore[union-attr]
    assert not Sighting.objects.exists()
    address = follow(resident, at_the_pin)["Location"]
    assert client.get(address, headers={"host": neighbour.host}).status_code == 404
    assert resident.get("/melden/gezien/x").status_code == 404


def test_one_more_melding_that_is_not_public_changes_no_byte(
    resident: Client, at_the_pin: dict[str, str], reported: Melding, town: Town
) -> None:
    token = re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"')
    before = [token.sub(b"", resident.post("/melden/", at_the_pin).content) for _time in range(2)]
    for values in (
        {"category": town.container, "category_by": "staff"},
        {"category": reported.category, "category_by": "staff", "is_suspect": True},
        {"category": reported.category, "category_by": ""},
    ):
        town.melding(point=at(), **values)
    assert {*before, token.sub(b"", resident.post("/melden/", at_the_pin).content)} == {before[0]}
