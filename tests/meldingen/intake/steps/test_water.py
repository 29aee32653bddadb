import pytest
from bs4 import BeautifulSoup
from django.contrib.gis.geos import Point
from django.test import Client

from meldingen.places.geo import to_door
from meldingen.record.models import Melding
from tests.factories import Town
from tests.sure import sure

TEXT = "Er ligt een fiets"
Page = BeautifulSoup


def pin(x: int = 85500, y: int = 436465) -> dict[str, str]:
    longitude, latitude = to_door(Point(x, y, srid=28992))
    return {"longitude": f"{longitude:.6f}", "latitude": f"{latitude:.6f}"}


def post(resident: Client, **typed: str) -> Page:
    sent = {"step": "where", "go": "next", "text": TEXT} | pin() | typed
    return BeautifulSoup(resident.post("/melden/", sent).content, "html.parser")


def hidden(page: Page) -> dict[str, str]:
    return {str(each["name"]): str(each.get("value", "")) for each in page.select("#melding input[type=hidden]")}


def step(page: Page) -> str:
    return hidden(page)["step"]


def test_a_pin_in_the_water_is_asked_about_once_and_kept(resident: Client, canal: Town) -> None:
    page = post(resident, place_text="bij de brug")
    assert "Ligt het in het water, of ernaast?" in page.text
    assert page.select_one(".place-picture") is not None
    kept = hidden(page)
    last = post(resident, **kept | {"water_answer": "in"})
    assert step(last) == "check"
    assert "in het water" in sure(last.select_one(".summary")).text
    assert resident.post("/melden/", hidden(last) | {"go": "next"}).status_code == 302
    melding = Melding.objects.get()
    assert sure(melding.point).distance(Point(85500, 436465, srid=28992)) < 1
    assert (melding.place_text, melding.text) == ("bij de brug", TEXT)


def test_who_means_beside_it_comes_back_to_the_place_with_all_that_was_typed(resident: Client, canal: Town) -> None:
    page = post(resident, **hidden(post(resident, place_text="bij de brug")) | {"go": "where"})
    assert step(page) == "where"
    assert "De speld staat in het water" in sure(page.select_one("#water")).text
    assert sure(page.select_one("#id_place_text"))["value"] == "bij de brug"
    assert sure(page.select_one("#id_latitude"))["value"] == pin()["latitude"]
    assert step(post(resident, **pin(85500, 436510))) == "check"


def test_another_pin_in_the_water_is_asked_about_again(resident: Client, canal: Town) -> None:
    kept = hidden(post(resident)) | {"water_answer": "in"}
    assert step(post(resident, **kept | pin(85450, 436465) | {"step": "where"})) == "water"


@pytest.mark.parametrize("text", ["Er ligt een kind in het water!", "Er is iemand in de gracht gevallen, help"])
def test_who_is_in_danger_is_not_asked(resident: Client, canal: Town, text: str) -> None:
    assert "Ligt het in het water, of ernaast?" not in post(resident, text=text).text


def test_an_address_or_a_buurt_is_no_pin(resident: Client, canal: Town) -> None:
    assert step(post(resident, longitude="", latitude="", buurt=canal.west.code)) == "check"
