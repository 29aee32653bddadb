"""What can be chosen leads somewhere."""

import html
import re

import pytest
from django.test import Client

from opendata.disclosure import Dimension
from opendata.portal import controls
from tests.factories import Town
from tests.opendata.figures.conftest import Look

BUURTEN = "buurt-per-maand"


@pytest.mark.parametrize(
    ("dataset", "start"),
    [
        (BUURTEN, ""), (BUURTEN, "?maat=inwoners"), ("categorie-per-maand", ""),
        ("wijk-hoofdcategorie-per-maand", ""), ("wijk-hoofdcategorie-per-maand", "?maat=inwoners"),
    ],
)  # fmt: skip
def test_every_view_that_a_page_leads_to_is_there(onlooker: Client, dataset: str, start: str) -> None:
    seen: set[str] = set()
    waiting = {start}
    while waiting and len(seen) < 60:
        query = waiting.pop()
        seen.add(query)
        page = onlooker.get(f"/data/{dataset}/{query}")
        assert page.status_code == 200, query
        waiting |= {html.unescape(one) for one in re.findall(r'href="(\?[^"]*)"', page.text)} - seen


def test_the_lists_hold_what_can_be_chosen(look: Look, seen_town: Town) -> None:
    found = {one.name: one for one in controls.controls(*look(BUURTEN, gebied=seen_town.west.code))}
    assert list(found) == ["gebied", "periode", "maat", "met"]
    values = {name: [line.value for group in one.groups for line in group.options] for name, one in found.items()}
    assert values["gebied"] == ["", seen_town.wijk.code, seen_town.west.code, seen_town.east.code]
    assert values["periode"] == ["2026-05", "2026-04", "2025-12"]
    assert set(values["met"]) == {"", "rest", "2026-04", "2025-12", seen_town.east.code}


def test_what_is_chosen_is_marked(look: Look, seen_town: Town) -> None:
    found = controls.controls(*look(BUURTEN, gebied=seen_town.west.code, met="rest"))
    chosen = {
        one.name: [line.value for group in one.groups for line in group.options if line.is_chosen] for one in found
    }
    assert chosen == {"gebied": [seen_town.west.code], "periode": ["2026-05"], "maat": ["aantal"], "met": ["rest"]}


def test_the_map_is_of_all_areas_beside_the_chosen_one(look: Look, seen_town: Town) -> None:
    view, choices = look(BUURTEN, gebied=seen_town.west.code)
    maps = [one for one in controls.tabs(view, choices) if "toon=kaart" in one.value]
    assert ["gebied" in one.value for one in maps] == [False]
    assert controls.tabs(*look("categorie-per-maand"))[-1].words != "Kaart"


def test_rows_are_told_apart_by_what_the_dataset_has(look: Look) -> None:
    found = controls.told_apart(*look("wijk-hoofdcategorie-per-maand"))
    assert len(found) == 3
    assert [one.is_chosen for one in found] == [False, True, False]
    assert look("wijk-hoofdcategorie-per-maand")[0].by is Dimension.WIJK


def test_what_a_way_to_look_lets_go_is_said(look: Look) -> None:
    *_others, by_subject = controls.told_apart(*look("wijk-hoofdcategorie-per-maand", onderwerp="afval"))
    assert "onderwerp" not in by_subject.value
    assert by_subject.words.endswith(", all subjects") or by_subject.words.endswith(", alle onderwerpen")
