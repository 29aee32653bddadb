"""What meldingen of an area are about stands beside its figures that know no subjects."""

from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from opendata.figures.reading import Shelf
from opendata.figures.seeing import Sight
from opendata.portal.about import MOST, about
from opendata.registration import registration_of
from tests.factories import Town
from tests.opendata.figures.conftest import Look
from tests.sure import sure

BUURTEN = "buurt-per-maand"


@pytest.fixture
def of(look: Look, seen_town: Town) -> Callable[..., Any]:
    """What the area of an address is about."""

    def asking(dataset: str, **query: str) -> Any:
        registration = registration_of(seen_town.municipality)
        return about(Shelf(seen_town.municipality), *look(dataset, **query), registration)

    return asking


def test_an_area_says_what_it_is_about_and_leads_there(
    of: Callable[..., Any], onlooker: Client, seen_town: Town
) -> None:
    told = sure(of(BUURTEN, gebied=seen_town.wijk.code))
    assert f"gebied={seen_town.wijk.code}" in told.address
    assert all(
        onlooker.get(one).status_code == 200 for one in (told.address, *(each.address for each in told.subjects))
    )
    page = onlooker.get(f"/data/{BUURTEN}/?gebied={seen_town.wijk.code}", headers={"accept-language": "nl"}).text
    assert "Waarover gaat het hier?" in page
    assert told.address in unescape(page)


def test_what_is_too_uncertain_is_not_named(
    of: Callable[..., Any], sight: Callable[..., Sight], seen_town: Town
) -> None:
    rows = sight("wijk-hoofdcategorie-per-maand", gebied=seen_town.wijk.code, per="hoofdcategorie").rows
    precise = [row.name for row in rows if row.mine and not row.mine.is_quiet and not row.is_rest]
    assert [one.name for one in of(BUURTEN, gebied=seen_town.wijk.code).subjects] == precise[:MOST]


def test_where_subjects_are_known_or_no_area_is_chosen_it_is_not_said(of: Callable[..., Any], seen_town: Town) -> None:
    assert of(BUURTEN) is None
    assert of(BUURTEN, gebied=seen_town.west.code) is None  # no figures of this town tell subjects by buurt
    assert of(BUURTEN, gebied=seen_town.wijk.code, met="2026-04") is None
    assert of("wijk-hoofdcategorie-per-maand", gebied=seen_town.wijk.code) is None


def test_from_memory_it_asks_the_database_nothing(look: Look, seen_town: Town) -> None:
    shelf, registration = Shelf(seen_town.municipality), registration_of(seen_town.municipality)
    asked = look(BUURTEN, gebied=seen_town.wijk.code)
    about(shelf, *asked, registration)
    with CaptureQueriesContext(connection) as statements:
        assert about(shelf, *asked, registration) is not None
    assert len(statements) == 0
