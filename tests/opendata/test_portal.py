"""The portal: releases and nothing else, of this municipality only."""

import csv
import io
import json

import pytest
from django.core.files.storage import storages
from django.test import Client

from opendata import releases
from opendata.disclosure import Period
from opendata.models import Release
from tests.opendata.conftest import publishing_town

DATASET = "/data/wijk-hoofdcategorie-per-maand/"
FILE = f"{DATASET}2026-05"


def test_without_releases_the_list_says_so(visitor):
    assert "nog niets gepubliceerd" in visitor.get("/data/").text


def test_the_list_links_each_dataset_and_its_newest_files(visitor, may):
    page = visitor.get("/data/").text
    assert all(f'href="/data/{release.dataset}/"' in page for release in may)
    assert f'href="{FILE}.csv"' in page


def test_a_dataset_has_a_page_with_preview_statement_downloads_and_columns(visitor, may):
    page = visitor.get(DATASET).text
    assert "88&nbsp;%" in page
    assert "7,4" in page
    assert f'href="{FILE}.geojson"' in page
    assert '<code class="utrecht-code">hoofdcategorie</code>' in page


def test_pages_speak_english_when_asked(visitor, may):
    page = visitor.get("/data/privacy", headers={"accept-language": "en"}).text
    assert "What this does not cover" in page


@pytest.mark.parametrize("path", ["/data/nergens/", f"{DATASET}2026-04.csv", f"{DATASET}2026-13.csv", f"{FILE}.xls"])
def test_what_is_not_published_is_not_found(visitor, may, path):
    assert visitor.get(path).status_code == 404


def test_the_neighbours_releases_are_not_found(visitor, may):
    publishing_town(host="buren.example")
    neighbour = Client(headers={"host": "buren.example"})
    paths = [DATASET, f"{FILE}.csv", f"{DATASET}laatste.json"]
    assert [neighbour.get(path).status_code for path in paths] == [404, 404, 404]


def test_a_file_may_be_kept_for_ever_and_read_from_any_site(visitor, may):
    response = visitor.get(f"{FILE}.csv")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    again = visitor.get(f"{FILE}.csv", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert visitor.head(f"{FILE}.csv").status_code == 200


def test_all_formats_hold_the_same_rows(visitor, may):
    drawn = Release.objects.get(dataset="wijk-hoofdcategorie-per-maand").rows
    from_csv = list(csv.DictReader(io.StringIO(visitor.get(f"{FILE}.csv").content.decode(), newline="")))
    from_json = json.loads(visitor.get(f"{FILE}.json").content)["rijen"]
    features = json.loads(visitor.get(f"{FILE}.geojson").content)["features"]
    assert [int(row["trekking"]) for row in from_csv] == [row[2] for row in drawn]
    assert [{key: str(value) for key, value in row.items()} for row in from_json] == from_csv
    assert [feature["properties"] for feature in features] == from_json
    assert {feature["geometry"]["type"] for feature in features if feature["geometry"]} == {"MultiPolygon"}


def test_the_columns_are_dutch_and_stay_as_they_are(visitor, may):
    header = visitor.get("/data/buurt-per-maand/2026-05.csv").content.decode().splitlines()[0]
    assert header == "maand,gemeentecode,wijkcode,wijknaam,buurtcode,buurtnaam,trekking,aantal,ondergrens,bovengrens"


def test_the_newest_file_has_an_address_that_stays(visitor, may, publisher):
    releases.publish(publisher, Period.month(2026, 6))
    response = visitor.get(f"{DATASET}laatste.csv")
    assert (response.status_code, response["Location"]) == (302, f"{DATASET}2026-06.csv")


def test_a_file_that_the_storage_lost_is_a_503(visitor, may):
    storages["releases"].delete(may[0].files.get(format="csv").name)
    response = visitor.get(f"/data/{may[0].dataset}/2026-05.csv")
    assert (response.status_code, response["Cache-Control"]) == (503, "no-store")


@pytest.mark.parametrize(("path", "most"), [("/data/", 4), (DATASET, 5), (f"{FILE}.csv", 2), ("/data/privacy", 1)])
def test_a_page_asks_the_database_little(visitor, may, path, most, django_assert_max_num_queries):
    with django_assert_max_num_queries(most):
        assert visitor.get(path).status_code == 200
