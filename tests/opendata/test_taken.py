"""How often what is public is taken: counted by the week, rounded, of the own town."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone, translation

from meldingen.limits import tally
from opendata import taken
from tests.factories import Town
from tests.opendata.conftest import publishing_town

FILE, VIEW = "/data/buurt-per-maand/2026-05.csv", "/data/buurt-per-maand.json"


@pytest.fixture(autouse=True)
def own_counters(limited: Callable[..., Any]) -> None:
    """Nobody else counts here."""


@pytest.mark.parametrize("address", [FILE, VIEW, "/data/api/v1/cijfers", "/data/buurt-per-maand/alles.csv"])
def test_what_is_taken_is_counted_in_its_week(reader: Client, published_city: Town, address: str) -> None:
    for _number in range(23):
        assert reader.get(address).status_code == 200
    with translation.override("nl"):
        assert taken.of(published_city.municipality) == [
            (tally.monday(timezone.localdate()), "ongeveer 20", "minder dan 1 MB")
        ]


def test_looking_at_pages_and_asking_whether_a_file_changed_is_not_taking(reader: Client, published_city: Town) -> None:
    reader.get("/data/")
    reader.head(FILE)
    reader.get("/data/buurt-per-maand/2026-01.csv")
    assert taken.of(published_city.municipality) == []


def test_few_are_not_told_apart_and_the_neighbour_has_none(reader: Client, published_city: Town) -> None:
    reader.get(FILE)
    with translation.override("nl"):
        assert taken.of(published_city.municipality)[0][1] == "minder dan 10"
    assert taken.of(publishing_town(host="buren.example").municipality) == []


def test_megabytes_are_counted_and_of_few_answers_not_said(
    reader: Client, published_city: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taken, "_size", lambda answer: 260_000)
    for said in ["–"] * 9 + ["3 MB"]:
        reader.get(FILE)
        assert taken.of(published_city.municipality)[0][2] == said


@pytest.mark.parametrize("address", [FILE, VIEW])
def test_the_size_of_an_answer_is_that_of_what_was_sent(reader: Client, published_city: Town, address: str) -> None:
    answer = reader.get(address)
    assert taken._size(answer) == len(answer.getvalue())
