"""What a colleague reads beside a melding of what was there before."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meldingen.categories.models import Category
from meldingen.nearby import recent
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.nearby.conftest import at, public_category
from tests.sure import sure

LIST = "/beheer/meldingen/melding/"


@pytest.fixture
def lamp(town: Town) -> Category:
    return public_category(town, nearby_metres=50)


def solved(town: Town, lamp: Category, **values: Any) -> Melding:
    melding = town.melding(category=lamp, **{"point": at(7)} | values)
    lifecycle.move(lifecycle.lock(melding.pk, town.municipality.pk), "solved", actor=events.SWEEP)
    return melding


def page_of(client: Client, melding: Melding) -> BeautifulSoup:
    return BeautifulSoup(client.get(f"{LIST}{melding.pk}/change/").content, "html.parser")


def section(page: BeautifulSoup) -> str:
    return " ".join(sure(page.select_one(".melding-recent")).text.split())


def test_the_sentence_counts_and_the_list_leaves_out_what_is_likely_the_same(
    triager: Client, town: Town, lamp: Category
) -> None:
    own, likely = (town.melding(category=lamp, point=at(), text="De lamp is stuk") for _one in range(2))
    before = solved(town, lamp)
    page = page_of(triager, own)
    words = section(page)
    assert "In een jaar 2 andere meldingen van deze soort binnen 50 m, waarvan 1 open." in words
    assert before.reference in words
    assert likely.reference not in words
    assert "7 m" in words
    (dot,) = json.loads(str(sure(page.find(id="kaart"))["data-recent"]))
    assert dot[2] == sure(page.select_one(".recent .place-letter")).text.split()[-1] == "A"


def test_many_are_a_number(triager: Client, town: Town, lamp: Category, monkeypatch: pytest.MonkeyPatch) -> None:
    own = town.melding(category=lamp, point=at())
    for _one in range(8):
        solved(town, lamp)
    assert "geen daarvan open. " in section(page_of(triager, own))
    assert "En 2 oudere." in section(page_of(triager, own))
    monkeypatch.setattr(recent, "CAP", 3)
    assert "meer dan 3 andere meldingen" in section(page_of(triager, own))


def test_where_nothing_was_nothing_is_said(triager: Client, town: Town, lamp: Category) -> None:
    solved(town, lamp, point=at(300))
    assert page_of(triager, town.melding(category=lamp, point=at())).select(".melding-recent") == []


def test_it_costs_one_statement(triager: Client, town: Town, lamp: Category) -> None:
    own = town.melding(category=lamp, point=at(), text="De lamp is stuk")
    page_of(triager, own)
    with CaptureQueriesContext(connection) as alone:
        page_of(triager, own)
    for _one in range(6):
        solved(town, lamp)
    with CaptureQueriesContext(connection) as among:
        page_of(triager, own)
    assert len(among) == len(alone) <= 15
