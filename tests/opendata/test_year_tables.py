"""The tables of a year: drawn on 1 April, booked on the year, and looked at like any other."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from opendata import releases
from opendata.disclosure import Period
from opendata.models import Budget, Release
from opendata.refusals import PeriodNotOver
from tests.factories import Town
from tests.opendata.conftest import publishing_town

YEAR = Period.whole_year(2025)
DURATIONS = "afhandeltijd-hoofdcategorie-per-jaar"
OF_THE_YEAR = {"buurt-hoofdcategorie-per-jaar", "wijk-categorie-per-jaar", DURATIONS}


def at(monkeypatch: pytest.MonkeyPatch, day: date) -> None:
    monkeypatch.setattr(timezone, "now", lambda: datetime(day.year, day.month, day.day, 8, tzinfo=UTC))


@pytest.fixture(scope="module")
def town_of_2025(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """A town that published 2025, and May 2026."""
    with django_db_blocker.unblock():
        made = publishing_town(host="jaren.example", registered_from=date(2025, 1, 1))
        releases.publish(made.municipality, Period.month(2026, 5))
        releases.publish(made.municipality, YEAR)
        yield made
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def onlooker(db: None, town_of_2025: Town) -> Client:
    return Client(headers={"host": town_of_2025.host, "accept-language": "nl"})


def test_a_year_is_drawn_on_the_first_of_april_and_not_before(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = publishing_town(registered_from=date(2025, 1, 1)).municipality
    at(monkeypatch, date(2026, 3, 31))
    with pytest.raises(PeriodNotOver):
        releases.publish(place, YEAR)
    at(monkeypatch, date(2026, 4, 1))
    assert {one.dataset for one in releases.publish(place, YEAR)} == OF_THE_YEAR
    assert {one.period: one.spent for one in Budget.objects.of(place)} == {"2025": 1}


def test_the_tables_of_a_year_add_up_alike(db: None, town_of_2025: Town) -> None:
    totals = {one.total for one in Release.objects.of(town_of_2025.municipality).filter(period="2025")}
    assert len(totals) == 1


@pytest.mark.parametrize("dataset", sorted(OF_THE_YEAR))
@pytest.mark.parametrize("query", ["", "?per=periode", "?toon=tabel"])
def test_a_year_is_looked_at_like_a_month(onlooker: Client, dataset: str, query: str) -> None:
    assert onlooker.get(f"/data/{dataset}/{query}").status_code == 200
    assert onlooker.get(f"/data/{dataset}.json{query}").json()["rijen"]


def test_handling_times_stand_from_short_to_long_and_what_is_open_last(onlooker: Client) -> None:
    told = onlooker.get(f"/data/{DURATIONS}.json").json()
    assert [row["afhandeltijd"] for row in told["rijen"]] == [
        "binnen-1-dag", "binnen-3-dagen", "binnen-1-week", "binnen-2-weken", "binnen-8-weken", "langer", "nog-open",
    ]  # fmt: skip
    assert "binnen een week afgehandeld" in told["bevinding"][0]
    assert "in 3 dagen tot 1 week" in onlooker.get(f"/data/{DURATIONS}/").text


def test_how_long_it_takes_is_a_question_of_the_first_page(onlooker: Client) -> None:
    page = onlooker.get("/data/").text
    assert "Hoe lang duurt het?" in page
    assert f"/data/{DURATIONS}/" in page


def test_programs_ask_for_handling_times_too(onlooker: Client) -> None:
    rows = onlooker.get("/data/api/v1/cijfers?van=2025&groep=afhandeltijd").json()["rijen"]
    assert (len(rows), rows[-1]["afhandeltijd"]) == (7, "nog-open")
    answer = onlooker.get("/data/api/v1/vergelijking?periode=2025&afhandeltijd=langer&metAfhandeltijd=nog-open")
    assert answer.status_code == 200


def test_a_buurt_leads_to_what_it_is_about_in_the_tables_of_a_year(onlooker: Client, town_of_2025: Town) -> None:
    page = onlooker.get(f"/data/buurt-per-maand/?gebied={town_of_2025.west.code}")
    assert f"/data/buurt-hoofdcategorie-per-jaar/?gebied={town_of_2025.west.code}" in page.context["about"].address
