"""The place by its name, where no script chooses it."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.places.models import Street
from meldingen.record.models import Melding
from tests.factories import Town
from tests.places import landmark


def page_after(resident: Client, typed: dict[str, str], **more: str) -> BeautifulSoup:
    answer = resident.post("/melden/", typed | {"buurt": "", "step": "where"} | more)
    return BeautifulSoup(answer.content, "html.parser")


def offered(page: BeautifulSoup) -> list[tuple[Any, str]]:
    radios = page.select("#welk-adres input[type=radio]")
    labels = [page.select_one(f"label[for={each['id']}]") for each in radios]
    return [
        (radio["value"], " ".join(label.text.split())) for radio, label in zip(radios, labels, strict=True) if label
    ]


def test_a_park_that_is_typed_is_a_choice_and_stored_with_its_buurt(
    resident: Client, town: Town, typed: dict[str, str]
) -> None:
    landmark(town, "groen", "Stadspark")
    page = page_after(resident, typed, place_text="stadspark")
    (value, words), none = offered(page)
    assert "Welke plek bedoelt u?" in page.select_one("#id_place_text_error").text  # type: ignore[union-attr]
    assert (words, none[0]) == (f"Stadspark groen, {town.west.name}", "-")
    assert (
        resident.post("/melden/", typed | {"buurt": "", "place_text": "stadspark", "choice": value}).status_code == 302
    )
    melding = Melding.objects.of(town.municipality).get()
    assert (melding.place_text, melding.buurt, melding.point) == ("Stadspark", town.west, None)


def test_a_water_in_two_neighbourhoods_is_asked_for_by_its_neighbourhood(
    resident: Client, town: Town, typed: dict[str, str]
) -> None:
    landmark(town, "water", "Singel", east=town.west.geometry.extent[2] - town.point().x)
    choices = offered(page_after(resident, typed, place_text="singel"))
    assert {value for value, _words in choices} == {f"{town.west.code} Singel", f"{town.east.code} Singel", "-"}


def test_a_name_that_is_a_street_and_a_park_shows_both(resident: Client, town: Town, typed: dict[str, str]) -> None:
    landmark(town, "groen", "Haven")
    street = {"name": "Haven", "place": "Stad", "key": "haven", "place_key": "stad"}
    Street.objects.create(municipality=town.municipality, **street, point=town.point())
    page = page_after(resident, typed, place_text="haven")
    assert [value for value, _words in offered(page)] == [f"{town.west.code} Haven", "-"]
    assert "Haven, Stad: vul hierboven het huisnummer in." in page.text


@pytest.mark.parametrize("value", ["BU00000000 Stadspark", "BU1 x", "BU99999999 "])
def test_a_choice_that_nobody_offered_is_refused(resident: Client, typed: dict[str, str], value: str) -> None:
    page = page_after(resident, typed, place_text="stadspark", choice=value)
    assert page.select_one("#id_buurt_error, #id_place_text_error")
    assert not Melding.objects.exists()


def test_who_goes_back_finds_what_was_chosen(resident: Client, town: Town, typed: dict[str, str]) -> None:
    landmark(town, "groen", "Stadspark")
    answer = {"place_text": "stadspark", "choice": f"{town.west.code} Stadspark"}
    page = page_after(resident, typed, **answer)
    assert f"Stadspark{town.west.name}" in "".join(page.select_one("dl.summary").text.split("\n")).replace("  ", "")  # type: ignore[union-attr]
