from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone, translation

from meldingen.handling import triage
from meldingen.handling.triage import Case
from meldingen.intake.ahead import lines_ahead
from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.places.models import Asset
from meldingen.record.models import Melding
from tests.factories import Town

MONDAY, FRIDAY = datetime(2026, 3, 2, 9, tzinfo=UTC), datetime(2026, 3, 6, 20, tzinfo=UTC)


def read(melding: Melding, now: datetime | None = None) -> list[tuple[str, str]]:
    with translation.override("nl"):
        return [(line.when, line.what) for line in lines_ahead(melding, now or melding.received_at)]


@pytest.mark.parametrize(("received", "when"), [(MONDAY, "Vandaag of morgen"), (FRIDAY, "Uiterlijk maandag 9 maart")])
def test_the_team_has_it_on_the_next_day_that_is_worked(town: Town, received: datetime, when: str) -> None:
    melding = town.melding(received, category=town.container)
    assert read(melding)[1] == (when, "Team Reiniging kijkt ernaar")


def test_without_a_subject_a_colleague_looks_and_no_day_is_promised(town: Town) -> None:
    lines = read(town.melding(MONDAY))
    assert lines[1:] == [
        ("Vandaag of morgen", "Een medewerker kijkt welk team het kan oplossen"),
        ("Daarna", "Op uw eigen pagina staat wanneer het klaar is"),
    ]


def test_the_day_is_the_one_that_is_promised(town: Town) -> None:
    said = Submission(text="De bak is vol", buurt_code=town.west.code, category_slug=town.container.slug)
    melding = submit(town.municipality, said)
    when, _what = read(melding)[2]
    assert melding.promised_at
    assert str(melding.promised_at.day) in when


def test_of_an_emergency_it_says_until_when_somebody_looks(town: Town) -> None:
    melding = submit(town.municipality, Submission(text="Er is brand in de container!", buurt_code=town.west.code))
    lines = read(melding)
    assert lines[1][0].startswith("Uiterlijk ")
    assert lines[1][1] == "Iemand heeft naar het gevaar gekeken"
    assert lines[2][0] == "Daarna"


def test_of_a_danger_it_says_in_order_until_when_somebody_looks_and_when_it_is_done(town: Town) -> None:
    said = Submission(text="Het putdeksel is weg", buurt_code=town.west.code, category_slug=town.container.slug)
    melding = submit(town.municipality, said)
    assert melding.promised_at is not None
    assert melding.done_by is not None
    assert melding.promised_at < melding.done_by
    days = [timezone.localtime(moment).day for moment in (melding.promised_at, melding.done_by)]
    lines = read(melding)
    assert [what for _when, what in lines[1:]] == [
        "Team Reiniging heeft naar het gevaar gekeken",
        "Opgelost, zoals het er nu uitziet",
    ]
    assert [f" {day} " in f"{when} ".replace(",", " ") for day, (when, _what) in zip(days, lines[1:], strict=True)] == [
        True,
        True,
    ]


def test_another_day_it_says_when_it_came_and_how_it_stands(town: Town) -> None:
    melding = town.melding(MONDAY, category=town.container)
    received, now = read(melding, FRIDAY)
    assert received == ("Maandag 2 maart", "Wij hebben uw melding ontvangen")
    assert now[0] == "Nu"
    assert now[1].startswith("Wij hebben uw melding ontvangen. Wij gaan ernaar kijken.")


def test_what_was_closed_is_not_going_to_be_worked_on(resident: Client, town: Town) -> None:
    melding = town.melding(category=town.container, danger="hazard")
    page = f"/melden/bedankt/{melding.follow_token}"
    assert "Wij gaan ermee aan de slag" in resident.get(page).text
    case = Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    triage.close(case, "solved")
    closed = resident.get(page).text
    assert "Wij gaan ermee aan de slag" not in closed
    assert "heeft het nog gelezen" not in closed
    assert "Het is opgelost." in closed


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"place_source": "pin", "precision": 4}, {"longitude", "latitude", "precision"}),
        ({"place_source": "address", "address": "Dorpsstraat 12, Stad"}, {"place_text"}),
        ({"place_source": "object"}, {"longitude", "latitude", "asset"}),
    ],
)
def test_the_same_place_is_what_it_was(
    resident: Client, town: Town, lamp: Asset, values: dict[str, Any], fields: set[str]
) -> None:
    asset = lamp if values["place_source"] == "object" else None
    melding = town.melding(point=town.point(), asset=asset, **values)
    page = BeautifulSoup(resident.get(f"/melden/bedankt/{melding.follow_token}").content, "html.parser")
    sent = {field["name"]: field["value"] for field in page.select(".once-more input[type=hidden]")}
    del sent["csrfmiddlewaretoken"]
    assert set(sent) == fields
    assert sent.get("asset", "Lichtmast L-12") == "Lichtmast L-12"
    assert sent.get("place_text", "Dorpsstraat 12, Stad") == "Dorpsstraat 12, Stad"


def test_the_page_of_thanks_offers_the_link_and_the_same_place(resident: Client, town: Town) -> None:
    melding = town.melding(point=town.point(), place_source="pin", category=town.container)
    page = resident.get(f"/melden/bedankt/{melding.follow_token}").text
    assert f'action="/volg/{melding.follow_token}/adres"' in page
    assert 'name="longitude"' in page
    again = resident.post("/melden/", {"longitude": "5.123456", "latitude": "52.123456"}).text
    assert '<input type="hidden" name="longitude" value="5.123456">' in again


def test_who_left_an_address_is_asked_for_none(resident: Client, town: Town) -> None:
    said = Submission(text="De bak is vol", buurt_code=town.west.code, email="sam@example.org")
    melding = submit(town.municipality, said)
    page = resident.get(f"/melden/bedankt/{melding.follow_token}").text
    assert 'name="email"' not in page
    assert f'name="buurt" value="{town.west.code}"' in page
