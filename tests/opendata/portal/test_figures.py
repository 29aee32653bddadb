"""The page of a view, and the same view as a file."""

import json
import xml.etree.ElementTree as Tree
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from opendata import holds
from opendata.models import OtherData
from tests.factories import Town

BUURTEN, SUBJECTS = "/data/buurt-per-maand", "/data/categorie-per-maand"
VIEWS = ["", "?toon=kaart", "?toon=tabel", "?per=periode", "?per=periode&toon=tabel", "?met=2026-04", "?maat=inwoners"]


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("page", [BUURTEN, SUBJECTS])
def test_every_view_is_a_page_with_its_finding_on_top(onlooker: Client, page: str, query: str) -> None:
    if page == SUBJECTS and "maat" in query:
        pytest.skip("it knows no areas")
    found = onlooker.get(f"{page}/{query}", headers={"accept-language": "nl"}).text
    headline = onlooker.get(f"{page}.json{query}", headers={"accept-language": "nl"}).json()["bevinding"][0]
    assert f'id="bevinding">{headline}</h2>' in found


def test_the_three_shapes_are_links(onlooker: Client) -> None:
    page = onlooker.get(f"{BUURTEN}/").text
    assert all(f"toon={shape}" in page for shape in ("kaart", "tabel"))
    assert "svg" in onlooker.get(f"{BUURTEN}/?toon=kaart").text


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("extension", ["svg", "csv", "json", "xlsx"])
def test_a_view_is_a_file_too(onlooker: Client, query: str, extension: str) -> None:
    answer = onlooker.get(f"{BUURTEN}.{extension}{query}")
    assert (answer.status_code, len(answer.content) > 100) == (200, True)
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("query", ["", "?toon=kaart", "?per=periode"])
def test_a_picture_says_what_it_shows_and_whose_it_is(onlooker: Client, seen_town: Town, query: str) -> None:
    answer = onlooker.get(f"{BUURTEN}.svg{query}")
    root = Tree.fromstring(answer.text)
    texts = [text for text in root.itertext() if text.strip()]
    assert root[0].tag.endswith("title")
    ids = [one.get("id") for one in root.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    assert all(one.text for one in root.iter() if one.tag.endswith(("}title", "}desc")))
    assert any(seen_town.municipality.publisher_name in text for text in texts)
    assert [one.tag for one in root.iter() if one.get("style") or one.tag.endswith(("}style", "}script"))] == []


def wrong(answer: Any) -> tuple[int, list[str]]:
    return answer.status_code, [one["location"]["name"] for one in answer.json()["errors"]]


@pytest.mark.parametrize(
    ("query", "name"),
    [("kleur=rood", "kleur"), ("gebied=BU0", "gebied"), ("met=2024-01", "met"), ("per=<script>", "per")],
)
def test_a_wrong_question_is_refused_in_the_format_that_was_asked(onlooker: Client, query: str, name: str) -> None:
    assert wrong(onlooker.get(f"{BUURTEN}.json?{query}")) == (400, [name])
    for extension, kind in (("csv", "text/csv"), ("svg", "text/plain"), ("xlsx", "text/plain")):
        answer = onlooker.get(f"{BUURTEN}.{extension}?{query}")
        assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (400, kind)
    page = onlooker.get(f"{BUURTEN}/?{query}")
    assert (page.status_code, name in page.text, "<script>" in page.text) == (400, True, False)


def test_what_no_figure_tells_is_refused_with_what_to_do(onlooker: Client, seen_town: Town) -> None:
    answer = onlooker.get(f"{BUURTEN}.json?gebied={seen_town.east.code}&maat=inwoners")
    assert wrong(answer) == (400, ["maat"])
    assert wrong(onlooker.get(f"{BUURTEN}.json?met=2025-12")) == (400, ["met"])


@pytest.mark.parametrize("extension", ["json", "csv"])
def test_ten_thousand_choices_are_too_many(onlooker: Client, extension: str) -> None:
    address = f"{BUURTEN}.{extension}?" + "&".join(f"gebied={number}" for number in range(10_000))
    assert onlooker.get(address).status_code == 400


def test_a_period_that_is_not_out_yet_says_when_it_comes(onlooker: Client) -> None:
    answer = onlooker.get(f"{BUURTEN}.json?periode=2027-01")
    assert (answer.status_code, json.loads(answer.content)["verschijnt_op"]) == (404, "2027-02-01")
    page = onlooker.get(f"{BUURTEN}/?periode=2027-01", headers={"accept-language": "nl"})
    assert (page.status_code, '<h1 class="utrecht-heading-1">Nog niet verschenen</h1>' in page.text) == (404, True)


def test_a_dataset_that_is_not_there_is_not_found(onlooker: Client) -> None:
    assert onlooker.get("/data/nergens.json").status_code == onlooker.get("/data/nergens/").status_code == 404


@pytest.mark.parametrize(
    ("path", "most"),
    [
        (f"{BUURTEN}/", 10), (f"{BUURTEN}/?per=periode", 10), (f"{BUURTEN}/?met=2026-04", 10),
        (f"{BUURTEN}/?toon=kaart&maat=inwoners", 11), (f"{BUURTEN}/?gebied={{west}}&maat=inwoners", 11),
        (f"{BUURTEN}/?gebied={{west}}&met=rest&maat=inwoners", 11), (f"{BUURTEN}.json?met=2026-04", 7), ("/data/", 14),
    ],
)  # fmt: skip
def test_a_view_asks_the_database_little(onlooker: Client, seen_town: Town, path: str, most: int) -> None:
    path = path.format(west=seen_town.west.code)
    onlooker.get(path)
    with CaptureQueriesContext(connection) as statements:
        assert onlooker.get(path).status_code == 200
    # With the four by which it becomes the role of the public, one more than outside of the transaction of a test.
    assert len(statements) <= most


@pytest.mark.parametrize("query", ["met=rest&maat=inwoners", "gebied=BU0&maat=inwoners", "periode=mei&maat=inwoners"])
def test_what_cannot_be_shown_keeps_the_form_with_what_was_chosen(onlooker: Client, query: str) -> None:
    page = onlooker.get(f"{BUURTEN}/?{query}", headers={"accept-language": "nl"})
    assert page.status_code == 400
    assert 'id="kies-gebied"' in page.text
    assert 'value="inwoners" selected' in page.text
    assert "<code" not in page.text.split('role="alert"')[1].split("</ul>")[0]


def test_a_period_that_is_held_says_until_when_and_why(onlooker: Client, seen_town: Town) -> None:
    until = timezone.localdate() + timedelta(days=9)
    steward = seen_town.member("reader", is_data_steward=True)
    holds.hold(seen_town.municipality, "2027-01", "Wij kijken deze cijfers eerst na.", until, steward)
    answer = onlooker.get(f"{BUURTEN}.json?periode=2027-01")
    assert "Wij kijken deze cijfers eerst na." in answer.json()["detail"]
    page = onlooker.get("/data/", headers={"accept-language": "nl"}).text
    assert page.index("worden vastgehouden tot") < page.index('class="at-a-glance"')


def test_a_marked_period_is_said_on_page_and_in_file_when_it_is_compared_with(
    onlooker: Client, seen_town: Town
) -> None:
    gap = {"first_day": date(2026, 4, 3), "last_day": date(2026, 4, 4)}
    seen_town.municipality.gaps.create(municipality=seen_town.municipality, **gap)
    told = onlooker.get(f"{SUBJECTS}.json?onderwerp=dumping&met=2026-04", headers={"accept-language": "nl"}).json()
    assert told["bevinding"][0].endswith("niet te vergelijken")
    words = "geen registratie op 2 van de 30 dagen"
    assert f"2026-04: {words}" in told["voorbehoud"]
    assert [words in row["voorbehoud"] for row in told["rijen"]] == [
        row["periode"] == "2026-04" for row in told["rijen"]
    ]
    page = onlooker.get(f"{SUBJECTS}/?onderwerp=dumping&met=2026-04&toon=tabel", headers={"accept-language": "nl"})
    assert "niet compleet" in page.text


def test_what_is_not_comparable_on_the_page_is_so_in_each_file(onlooker: Client, seen_town: Town) -> None:
    gap = {"first_day": date(2026, 4, 3), "last_day": date(2026, 4, 4)}
    seen_town.municipality.gaps.create(municipality=seen_town.municipality, **gap)
    for query in ("?met=2026-04", "?onderwerp=dumping&met=2026-04", "?onderwerp=dumping"):
        rows = onlooker.get(f"{SUBJECTS}.json{query}").json()["rijen"]
        told = {row["meer_dan_ruis"] for row in rows if row["met_periode"] == "2026-04"}
        assert told == {"niet te vergelijken"}
        page = onlooker.get(f"{SUBJECTS}/{query}&toon=tabel", headers={"accept-language": "nl"}).text
        assert "kan ruis zijn" not in page.split('<section class="sums"')[0].split("2025")[0]


@pytest.mark.parametrize("query", ["?met=2026-04", "?met=2026-04&toon=tabel", "?per=periode&toon=tabel"])
def test_a_difference_stands_on_the_page_as_in_the_file(onlooker: Client, query: str) -> None:
    (row, *_rows) = reversed(onlooker.get(f"{SUBJECTS}.json{query}").json()["rijen"])
    number = row["verschil_aantal"]
    words = f"−{-number}" if number < 0 else f"+{number}" if number else "0"
    assert f"{words} (" in onlooker.get(f"{SUBJECTS}/{query}", headers={"accept-language": "nl"}).text
    assert row["verschil_ondergrens"] <= number <= row["verschil_bovengrens"]


def test_what_is_too_uncertain_has_a_pale_bar(onlooker: Client) -> None:
    page = onlooker.get(f"{BUURTEN}/").text.split('<ol class="bars">')[1].split("</ol>")[0]
    assert 0 < page.count("bars__row--quiet") == page.count("bar--quiet")


@pytest.mark.parametrize("query", ["", "?per=periode"])
def test_a_chart_has_its_table_beside_it(onlooker: Client, query: str) -> None:
    page = onlooker.get(f"{BUURTEN}/{query}")
    rows = onlooker.get(f"{BUURTEN}.json{query}").json()["rijen"]
    assert page.text.split("<tbody")[1].split("</tbody>")[0].count("<tr") == len(rows)


def test_a_citation_can_be_copied_with_its_address(onlooker: Client, seen_town: Town) -> None:
    page = onlooker.get(f"{BUURTEN}/?per=periode").text
    words = page.split('data-copy="')[1].split('"')[0]
    assert f"://{seen_town.host}{BUURTEN}/?periode=2026-05&amp;per=periode sha256 " in words
    assert "meldingen/copy" in page


def test_who_lives_there_stands_beside_the_figures_and_unknown_stays_unknown(onlooker: Client, seen_town: Town) -> None:
    page = onlooker.get(f"{BUURTEN}/?gebied={seen_town.west.code}", headers={"accept-language": "nl"}).text
    assert "Wie woont er in" in page
    assert ">1.000</td>" in page
    assert ">onbekend</td>" in page


def test_other_data_of_the_town_are_lines_and_the_neighbours_are_not(onlooker: Client, seen_town: Town) -> None:
    own = {"owner": "Gemeente", "licence": "CC0"}
    OtherData.objects.create(municipality=seen_town.municipality, title="Bomen", address="https://a.example/", **own)
    neighbour = Town(host="buren.example").municipality
    OtherData.objects.create(municipality=neighbour, title="Putten", address="https://b.example/", **own)
    page = onlooker.get("/data/").text
    assert ("Bomen" in page, "https://a.example/" in page, "Putten" in page) == (True, True, False)
