"""The first page of open data."""

import html
import re

import pytest
from django.test import Client

from meldingen.places.models import Area
from opendata.portal.home import dots
from tests.factories import Town


@pytest.fixture
def page(onlooker: Client) -> str:
    return onlooker.get("/data/", headers={"accept-language": "nl"}).text


def test_the_total_of_the_newest_month_stands_there_with_its_bounds(page: str, onlooker: Client) -> None:
    told = onlooker.get("/data/buurt-per-maand.json?per=periode", headers={"accept-language": "nl"}).json()
    assert html.escape(told["bevinding"][0]) in page
    assert told["bevinding"][1] in page


def test_there_is_a_map_and_each_question_has_a_picture_of_its_answer(page: str) -> None:
    assert 'class="chart chart--map"' in page
    assert page.count('class="question-card__picture"') == 4
    assert page.count("<svg") > 6


def test_the_map_is_by_who_lives_there_where_that_is_known_and_says_what_it_shows(
    page: str, onlooker: Client, seen_town: Town
) -> None:
    linked = re.compile(r'href="/data/buurt-per-maand/\?([^"]*toon=kaart)"')
    assert "maat=inwoners" in linked.findall(page)[0]
    assert "Meer meldingen betekent niet altijd meer problemen" in page
    Area.objects.of(seen_town.municipality).update(inhabitants=None)
    page = onlooker.get("/data/", headers={"accept-language": "nl"}).text
    assert "maat=inwoners" not in linked.findall(page)[0]
    assert "waar veel mensen wonen" in page


def test_the_bars_of_a_question_have_names(page: str) -> None:
    names = re.findall(r'class="question-card__name">([^<]*)<', page)
    assert "Dumping" in names
    assert all(names)


def test_every_question_leads_to_its_answer(page: str, onlooker: Client) -> None:
    addresses = [html.unescape(one) for one in re.findall(r'class="question-card" href="([^"]*)"', page)]
    assert [onlooker.get(address).status_code for address in addresses] == [200] * 4
    assert any("maat=inwoners" in address for address in addresses)


def test_a_town_of_which_nobody_knows_who_lives_there_has_its_page(onlooker: Client, seen_town: Town) -> None:
    Area.objects.of(seen_town.municipality).update(inhabitants=None, households=None)
    assert onlooker.get("/data/").text.count('class="question-card__picture"') == 4


@pytest.mark.parametrize(("error", "found"), [(3, "●●●●"), (12, "●●○○"), (25, "●○○○"), (40, "○○○○"), (None, "○○○○")])
def test_precision_is_four_dots(error: int | None, found: str) -> None:
    assert dots(error) == found
