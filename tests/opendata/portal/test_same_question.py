"""A page leads to its own question in the interface, and that gives the same numbers."""

import html
from typing import Any

import pytest
from django.test import Client

from tests.factories import Town

BUURTEN, SUBJECTS, BOTH = "buurt-per-maand", "categorie-per-maand", "wijk-hoofdcategorie-per-maand"
NUMBERS = ("trekking", "aantal", "ondergrens", "bovengrens")


def numbers(row: dict[str, Any], before: str = "") -> list[Any]:
    return [row[f"{before}{name}"] for name in NUMBERS]


def answer(onlooker: Client, dataset: str, query: str) -> tuple[str, list[Any], list[Any]]:
    """Where the page of a view leads, with the rows of the view and those of the interface."""
    page = onlooker.get(f"/data/{dataset}/?{query}").text
    address = next(
        one.split('"')[0] for one in page.split('href="')[1:] if one.startswith("/data/api/v1/") and "?" in one
    )
    here = onlooker.get(f"/data/{dataset}.json?{query}").json()["rijen"]
    return address, here, onlooker.get(html.unescape(address)).json()["rijen"]


@pytest.mark.parametrize(
    ("dataset", "query"),
    [
        (BUURTEN, ""), (BUURTEN, "per=periode"), (BUURTEN, "gebied={west}"), (BUURTEN, "maat=inwoners"),
        (BUURTEN, "gebied={west}&maat=inwoners"), (BOTH, "onderwerp=afval"), (BOTH, "per=hoofdcategorie"),
        (SUBJECTS, "periode=2026-04"),
    ],
)  # fmt: skip
def test_the_same_figures_are_a_tap_away(onlooker: Client, seen_town: Town, dataset: str, query: str) -> None:
    address, here, there = answer(onlooker, dataset, query.format(west=seen_town.west.code))
    assert address.startswith("/data/api/v1/cijfers?")
    of_view = sorted(map(numbers, here[-len(there) :]), key=str)
    assert sorted(map(numbers, there), key=str) == of_view


@pytest.mark.parametrize(
    ("dataset", "query"),
    [
        (SUBJECTS, "met=2026-04"), (SUBJECTS, "onderwerp=dumping&met=2026-04"), (BUURTEN, "gebied={west}&met=rest"),
        (BUURTEN, "gebied={west}&met={east}"), (BOTH, "met=2026-04&per=hoofdcategorie"),
    ],
)  # fmt: skip
def test_the_same_comparison_is_a_tap_away(onlooker: Client, seen_town: Town, dataset: str, query: str) -> None:
    codes = {"west": seen_town.west.code, "east": seen_town.east.code}
    address, here, there = answer(onlooker, dataset, query.format(**codes))
    assert address.startswith("/data/api/v1/vergelijking?")
    of_view = sorted((numbers(row, "verschil_") for row in here[-len(there) :]), key=str)
    assert sorted((numbers(row["verschil"]) for row in there), key=str) == of_view
