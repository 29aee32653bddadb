"""The picture of the promise, and what was spent of the budget, on the page for a council."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from opendata.portal.with_and_without import picture
from tests.factories import Town
from tests.sure import sure


def test_no_bar_is_higher_than_the_factor_allows(town: Town) -> None:
    drawn = picture(town.municipality)
    for outcome in drawn.outcomes:
        assert max(outcome.without, outcome.with_it) / min(outcome.without, outcome.with_it) <= drawn.factor * 1.0001
    assert drawn.factor == pytest.approx(1.49, abs=0.01)


def test_it_follows_the_budget_that_is_set(town: Town) -> None:
    town.municipality.epsilon_month = Decimal("0.5")
    assert picture(town.municipality).factor == pytest.approx(1.22, abs=0.01)


def test_the_page_shows_it_with_words_beside_it_and_says_what_was_spent(reader: Client) -> None:
    page = BeautifulSoup(reader.get("/data/privacy").content, "html.parser")
    svg = sure(page.select_one("figure.chances svg"))
    assert sure(svg.title).text
    assert "1,5" in sure(svg.desc).text
    assert "," not in sure(svg.rect)["x"]
    assert "2026-05: 1 van 1" in page.text


def test_without_releases_nothing_is_said_to_be_spent(resident: Client) -> None:
    assert "Wat daarvan is gebruikt" not in resident.get("/data/privacy").text
