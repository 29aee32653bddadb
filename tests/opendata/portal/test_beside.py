"""With what an area can be compared by one tap."""

import re

import pytest
from django.test import Client

from analytics.grid import Living, MakeUp
from opendata.figures.view import Measure
from opendata.portal import beside
from tests.factories import Town
from tests.opendata.figures.conftest import Look
from tests.sure import sure

BUURTEN = "buurt-per-maand"


def choices_of(addresses: list[str]) -> list[tuple[str, bool]]:
    """With what each compares, and whether by who lives there."""
    return [(re.findall("met=([^&]*)", one)[0], "maat=inwoners" in one) for one in addresses]


def test_an_area_is_compared_by_who_lives_there_where_that_is_known_of_both(onlooker: Client, seen_town: Town) -> None:
    page = onlooker.get(f"/data/{BUURTEN}/?gebied={seen_town.west.code}")
    links = [one.value for one in page.context["comparisons"].near]
    assert choices_of(links) == [("rest", True), (seen_town.east.code, False)]
    assert [onlooker.get(f"/data/{BUURTEN}/?{link}").status_code for link in links] == [200, 200]
    page = onlooker.get(f"/data/{BUURTEN}/?maat=inwoners&gebied={seen_town.west.code}")
    assert choices_of([one.value for one in page.context["comparisons"].near]) == [("rest", True)]


def test_the_way_to_it_stands_above_the_figures(onlooker: Client, seen_town: Town) -> None:
    page = onlooker.get(f"/data/{BUURTEN}/?gebied={seen_town.west.code}").text
    assert page.index("compare__link") < page.index('class="tabs"')


def test_every_other_area_is_one_tap_away(look: Look, seen_town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    view, choices = look(BUURTEN, gebied=seen_town.west.code)
    known = dict.fromkeys(choices.areas, MakeUp(Living(1000, 400)))
    assert sure(beside.beside(view, choices, known)).groups == ()
    monkeypatch.setattr(beside, "NEAR", 0)
    found = sure(beside.beside(view, choices, known))
    assert [one.value for group in found.groups for one in group.options] == [
        view.changed(against=seen_town.east.code, measure=Measure.PER_INHABITANT).query()
    ]


def test_the_whole_town_is_compared_with_no_area(look: Look) -> None:
    assert beside.beside(*look(BUURTEN), None) is None
