"""The portal: releases and nothing else, of this municipality only."""

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from meldingen.tenancy.models import Municipality
from opendata import releases
from opendata.models import Release, ReleaseFile
from tests.factories import Town
from tests.opendata.conftest import APRIL, MAY, SOURCE, publishing_town
from tests.owner import AS_PUBLIC

DATASET = "/data/wijk-hoofdcategorie-per-maand/"
FILE = f"{DATASET}2026-05"


def test_without_releases_the_list_says_so(db: None) -> None:
    empty = Client(headers={"host": publishing_town(host="leeg.example").host})
    assert "nog niets gepubliceerd" in empty.get("/data/").text


def test_the_list_links_each_dataset_and_its_newest_files(reader: Client) -> None:
    page = reader.get("/data/").text
    slugs = set(Release.objects.values_list("dataset", flat=True))
    assert len(slugs) == 3
    assert all(f'href="/data/{slug}/"' in page for slug in slugs)
    assert f'href="{FILE}.csv"' in page


def test_the_list_reads_the_files_of_the_newest_periods_alone(publisher: Municipality, visitor: Client) -> None:
    def read() -> tuple[str, int]:
        rows = []

        def look(
            execute: Callable[..., Any],
            sql: str,
            params: tuple[Any, ...] | None,
            many: bool,
            context: dict[str, Any],
        ) -> Any:
            result = execute(sql, params, many, context)
            rows.extend([context["cursor"].rowcount] if sql.startswith('SELECT "opendata_releasefile"') else [])
            return result

        with connection.execute_wrapper(look):
            return visitor.get("/data/").text, sum(rows)

    releases.publish(publisher, APRIL)
    page, once = read()
    assert ("1 periode ·" in page, once) == (True, ReleaseFile.objects.of(publisher).count())
    releases.publish(publisher, MAY)
    page, twice = read()
    assert ("2 periodes · nieuwste: mei 2026" in page, twice) == (True, once)


def test_a_dataset_has_a_page_with_preview_sentence_downloads_and_columns(reader: Client) -> None:
    page = reader.get(DATASET).text
    assert "88&nbsp;%" in page
    assert 'href="/data/privacy"' in page
    assert f'href="{FILE}.json"' in page
    assert f'href="{DATASET}alles.xlsx"' in page
    assert 'href="/data/gebieden-2025.gpkg"' in page
    assert '<code class="utrecht-code">hoofdcategorie</code>' in page


def test_whose_the_borders_are_is_on_the_page_and_in_the_file_with_borders(reader: Client) -> None:
    assert SOURCE in reader.get(DATASET).text
    assert json.loads(reader.get("/data/buurt-per-maand/2026-05.geojson").content)["bron_grenzen"] == SOURCE


def test_the_statement_is_about_the_largest_budget_ever_granted(reader: Client, published_city: Town) -> None:
    towns = Municipality.objects.filter(pk=published_city.municipality.pk)
    towns.update(epsilon_month=Decimal("0.5"))  # May was granted 1
    assert "88&nbsp;%" in reader.get(DATASET).text
    towns.update(epsilon_month=2)
    assert "95&nbsp;%" in reader.get("/data/privacy").text


def test_a_wrong_address_below_the_page_of_open_data_leads_back_to_it(reader: Client) -> None:
    page = reader.get("/data/buurt-per-maand.xml")
    assert (page.status_code, 'utrecht-button--primary-action" href="/data/"' in page.text) == (404, True)
    assert 'action" href="/data/"' not in reader.get("/nergens").text


def test_every_column_of_the_public_view_is_told_on_the_page_about_privacy(reader: Client) -> None:
    """A new column of what is public of one melding fails here until the page tells it."""
    told = {
        "category_id": "het soort", "received_on": "de dag", "is_solved": "of het is opgelost", "place": "50 meter",
        "solved_on": "op welke dag", "asset_id": "het nummer van het object",
    }  # fmt: skip
    not_shown = {"id", "municipality_id", "in_prompt", "on_map"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM public_meldingen LIMIT 0")
        columns = {column.name for column in cursor.description}
    assert columns == told.keys() | not_shown
    page = reader.get("/data/privacy", headers={"accept-language": "nl"}).text
    (line,) = [one for one in page.split("<li>") if "losse meldingen" in one]
    paper = Path("docs/privacy.md").read_text(encoding="utf-8").split("# In gewone taal")[-1]
    assert [words for words in told.values() if words not in line or words not in paper] == []


def test_pages_speak_english_when_asked(reader: Client) -> None:
    page = reader.get("/data/privacy", headers={"accept-language": "en"}).text
    assert "What this does not cover" in page


def test_a_slash_too_many_or_too_few_leads_to_the_page(reader: Client) -> None:
    for path, right in (("/data/privacy/", "/data/privacy"), (DATASET[:-1], DATASET)):
        response = reader.get(f"{path}?taal=en")
        assert (response.status_code, response["Location"]) == (301, f"{right}?taal=en")


@pytest.mark.parametrize("path", ["/data/nergens/", f"{DATASET}2026-04.csv", f"{DATASET}2026-13.csv", f"{FILE}.xls"])
def test_what_is_not_published_is_not_found(reader: Client, path: str) -> None:
    assert reader.get(path).status_code == 404


def test_the_neighbours_releases_are_not_found(reader: Client) -> None:
    publishing_town(host="buren.example")
    neighbour = Client(headers={"host": "buren.example"})
    paths = [DATASET, f"{FILE}.csv", f"{DATASET}laatste.json"]
    assert [neighbour.get(path).status_code for path in paths] == [404, 404, 404]


def test_a_file_is_asked_for_again_only_when_it_changed_and_read_from_any_site(reader: Client) -> None:
    response = reader.get(f"{FILE}.csv")
    assert response["Cache-Control"] == "public, max-age=300"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert not response.cookies
    again = reader.get(f"{FILE}.csv", headers={"if-none-match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert reader.head(f"{FILE}.csv").status_code == 200


def test_all_formats_hold_the_same_rows(reader: Client) -> None:
    drawn, file = Release.objects.get(dataset="buurt-per-maand").numbers, "/data/buurt-per-maand/2026-05"
    from_csv = list(csv.DictReader(io.StringIO(reader.get(f"{file}.csv").content.decode(), newline="")))
    from_json = json.loads(reader.get(f"{file}.json").content)["rijen"]
    features = json.loads(reader.get(f"{file}.geojson").content)["features"]
    assert [int(row["trekking"]) for row in from_csv] == [row[1] for row in drawn]
    as_text = [{key: "" if value is None else str(value) for key, value in row.items()} for row in from_json]
    assert as_text == from_csv
    assert [feature["properties"] for feature in features] == from_json
    assert {feature["geometry"]["type"] for feature in features if feature["geometry"]} == {"MultiPolygon"}


def test_the_columns_are_dutch_and_stay_as_they_are(reader: Client) -> None:
    header = reader.get("/data/buurt-per-maand/2026-05.csv").content.decode().splitlines()[0]
    keys, numbers = "maand,gemeentecode,wijkcode,wijknaam,buurtcode,buurtnaam", "trekking,aantal,ondergrens,bovengrens"
    assert header == f"{keys},{numbers},verwachte_fout_procent,dagen_zonder_registratie,voorbehoud,grensjaar,epsilon"


def test_a_file_with_its_checksum_in_the_address_may_be_kept_for_ever(reader: Client) -> None:
    sha256 = reader.get(f"{FILE}.csv")["ETag"].strip('"')
    response = reader.get(f"{FILE}.csv?sha256={sha256}")
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_file_that_the_storage_lost_is_a_503(reader: Client, lost_file: ReleaseFile) -> None:
    response = reader.get(f"/data/{lost_file.release.dataset}/2026-05.csv")
    assert (response.status_code, response["Cache-Control"]) == (503, "no-store")


@pytest.mark.parametrize(("path", "most"), [("/data/", 15), (DATASET, 10), (f"{FILE}.csv", 2), ("/data/privacy", 4)])
def test_a_page_asks_the_database_little(
    reader: Client, path: str, most: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(most + AS_PUBLIC):
        assert reader.get(path).status_code == 200


@pytest.mark.parametrize("name", ["a" * 300 + "/alles.csv", "gebieden-" + "9" * 300 + ".geojson"])
def test_a_name_that_is_too_long_for_any_file_is_not_found(reader: Client, name: str) -> None:
    assert reader.get(f"/data/{name}").status_code == 404
