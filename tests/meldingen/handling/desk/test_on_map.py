"""The map beside the inbox: the list that stands, as this colleague may see it."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldingen.handling import mapping
from meldingen.record.models import Melding
from tests.factories import Town
from tests.staff import at

INBOX = "/beheer/"


@pytest.fixture
def here(town: Town) -> Melding:
    return town.melding(point=town.point(), category=town.container)


def spots(client: Client, **query: Any) -> list[dict[str, Any]]:
    page: Any = client.get(INBOX, {"list": "open", "map": "on"} | query)
    return list(page.context_data["spots"])


def test_a_point_opens_its_melding_in_place_and_leads_back_to_the_map(triager: Client, here: Melding) -> None:
    (spot,) = spots(triager)
    page: Any = triager.get(spot["address"])
    assert page.context_data["melding"] == here
    assert page.context_data["map_address"] == "/beheer/?list=open&map=on"


def test_it_shows_what_the_list_and_its_filters_show(triager: Client, town: Town, here: Melding) -> None:
    other = town.melding(point=town.point(), category=town.dumping)
    assert {spot["row"].melding.pk for spot in spots(triager)} == {here.pk, other.pk}
    (spot,) = spots(triager, category=town.dumping.pk)
    assert spot["row"].melding == other
    assert f"category={town.dumping.pk}" in spot["address"]


def test_many_are_groups_that_lead_closer(
    triager: Client, town: Town, here: Melding, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping, "SPOTS", 1)
    town.melding(point=town.point())
    (group,) = spots(triager)
    assert (group["number"], group["buurt"]) == (2, here.buurt.name)
    closer: Any = triager.get(group["address"])
    assert closer.context_data["look"].zoom == group["zoom"]
    assert closer.context_data["spread"].number == 2


def test_a_confidential_melding_of_another_team_is_nowhere(town: Town, here: Melding) -> None:
    type(town.container).objects.filter(pk=town.container.pk).update(is_confidential=True)
    assert spots(at(town, town.member("handler")), list="all") == []


def test_the_neighbours_meldingen_are_not_on_it(triager: Client, town: Town, neighbour: Town) -> None:
    neighbour.melding(point=town.point())
    assert spots(triager) == []


def test_a_map_that_was_moved_asks_for_its_piece(triager: Client, town: Town, here: Melding) -> None:
    query = {"list": "open", "look": "12_52.00000_5.00000", "box": "3_50_8_54"}
    answer = triager.get("/beheer/kaart/", query)
    assert f"melding={here.pk}" in answer.text
    assert here.text not in answer.text
    assert f"melding={here.pk}" not in triager.get("/beheer/kaart/", query | {"box": "3_50_3.1_50.1"}).text


@pytest.mark.parametrize("look", ["x", "12_52", "12_52_5_1", "40_52_5", "12_nan_5", "12_52_inf", "1e1_52_5"])
def test_a_piece_that_is_none_is_not_found(triager: Client, here: Melding, look: str) -> None:
    assert triager.get(INBOX, {"list": "open", "map": look}).status_code == 404
    assert triager.get("/beheer/kaart/grond.svg", {"look": look}).status_code == 404


@pytest.mark.parametrize("box", ["", "1_2_3", "a_b_c_d", "nan_50_8_54", "3_50_999_54"])
def test_a_box_that_is_none_is_not_found(triager: Client, here: Melding, box: str) -> None:
    query = {"list": "open", "look": "12_52_5", "box": box}
    assert triager.get("/beheer/kaart/", query).status_code == 404


def test_who_is_elsewhere_is_brought_back_to_the_town(triager: Client, here: Melding) -> None:
    page: Any = triager.get(INBOX, {"list": "open", "map": "12_10.0_-100.0"})
    look, (west, south, east, north) = page.context_data["look"], page.context_data["bounds"]
    assert south <= look.latitude <= north
    assert west <= look.longitude <= east


def test_who_changes_the_filters_comes_back_to_the_map(triager: Client, here: Melding) -> None:
    page: Any = triager.get(INBOX, {"list": "open", "map": "on"})
    filters = triager.get(page.context_data["filters_address"])
    assert filters.context["form"]["map"].value() == "on"
    there = triager.post("/beheer/filters/", {"list": "open", "state": "new", "map": "on", "go": "1"})
    assert there["Location"] == "/beheer/?list=open&state=new&map=on"


def test_other_lists_keep_the_map_open(triager: Client, here: Melding) -> None:
    page = triager.get(INBOX, {"list": "open", "map": "on"})
    assert "?list=late&amp;map=on" in page.text
    assert "map=on" not in triager.get(INBOX, {"list": "open"}).text.replace("list=open&amp;map=on", "")


def test_without_scripts_there_is_a_drawing_with_links(triager: Client, town: Town, here: Melding) -> None:
    page: Any = triager.get(INBOX, {"list": "open", "map": "on"})
    drawn = page.text.partition("<noscript>")[2].partition("</noscript>")[0]
    assert f"melding={here.pk}" in drawn
    ground = triager.get(page.context_data["ground"])
    assert (ground["Content-Type"], ground.status_code) == ("image/svg+xml", 200)


def test_it_costs_few_statements_however_many_there_are(triager: Client, town: Town, here: Melding) -> None:
    def questions(**query: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert triager.get(INBOX, query).status_code == 200
        return len(asked)

    few = questions(list="open", map="on")
    for _number in range(5):
        town.melding(point=town.point())
    assert questions(list="open", map="on") == few
    assert few <= questions(list="open") + 8


def test_who_may_not_look_sees_no_map(town: Town, here: Melding) -> None:
    client = Client(headers={"host": town.host})
    for address in ("/beheer/kaart/?list=open&look=on&box=3_50_8_54", "/beheer/kaart/grond.svg?look=on"):
        assert client.get(address).status_code == 302
