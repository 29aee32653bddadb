"""The whole history of a dataset in one file, as the tools of its readers find it."""

import csv
import html
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from urllib.request import urlopen

import duckdb
import openpyxl
import pandas as pd
import pytest
from csvw import CSVW
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client
from fsspec.implementations.http import HTTPFileSystem
from pytest_django.live_server_helper import LiveServer

from meldingen.tenancy.models import Municipality, RegistrationGap
from opendata import files, histories, releases
from opendata.datasets.history import hash_of_history
from opendata.formats import HISTORY_FORMATS
from opendata.models import Release
from tests.factories import Town
from tests.opendata.conftest import APRIL, MAY, publishing_town, restore_to_before
from tests.sure import sure

BUURTEN = "buurt-per-maand"
ADDRESS = f"/data/{BUURTEN}/alles"


class Files(HTTPFileSystem):  # type: ignore[misc]
    """Asks for parts of files. DuckDB wants to know when one was changed; of the web this library does not tell."""

    def modified(self, path: str) -> datetime:
        return datetime(2026, 6, 1, tzinfo=UTC)


def both_months(municipality: Municipality) -> None:
    for month in (APRIL, MAY):
        releases.publish(municipality, month)


def drawn() -> list[int]:
    """What was drawn, oldest month first."""
    rows = Release.objects.filter(dataset=BUURTEN).order_by("first_day").values_list("rows", flat=True)
    return [row[-4] for of_month in rows for row in sure(of_month)]


@pytest.fixture
def readable(publisher: Municipality, visitor: Client) -> Client:
    both_months(publisher)
    return visitor


@pytest.fixture
def served(transactional_db: None, live_server: LiveServer) -> str:
    """Where a real server has two months."""
    both_months(publishing_town(host="localhost").municipality)
    return live_server.url.replace("127.0.0.1", "localhost")


def test_pandas_reads_it_in_one_line(served: str) -> None:
    page = html.unescape(urlopen(f"{served}/data/buurt-per-maand/").read().decode())
    assert f'figures = pandas.read_csv("{served}{ADDRESS}.csv")' in page
    figures = pd.read_csv(f"{served}{ADDRESS}.csv")
    assert figures["trekking"].tolist() == drawn()
    assert figures.groupby("maand").size().to_dict() == {"2026-04": 3, "2026-05": 3}
    assert (figures["grensjaar"].unique().tolist(), figures["epsilon"].unique().tolist()) == ([2025], [0.3])


def test_duckdb_fetches_parts_of_the_parquet(served: str) -> None:
    files = Files()
    assert files.info(f"{served}{ADDRESS}.parquet")["size"] > 0
    with duckdb.connect() as base:
        base.register_filesystem(files)
        found = base.execute(f"SELECT trekking FROM read_parquet('{served}{ADDRESS}.parquet')").fetchall()
    assert [row[0] for row in found] == drawn()


def test_excel_has_the_rows_and_what_they_mean(readable: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(readable.get(f"{ADDRESS}.xlsx").content))
    head, *rows = list(book["Cijfers"].values)
    assert [row[head.index("trekking")] for row in rows] == drawn()
    meanings = {row[0]: row[1] for row in book["Uitleg"].values}
    assert set(head) <= set(meanings)
    assert "grenzen" in str(meanings["grensjaar"])


def test_lines_of_json_are_the_rows(readable: Client) -> None:
    rows = [json.loads(line) for line in readable.get(f"{ADDRESS}.jsonl").text.splitlines()]
    assert [row["trekking"] for row in rows] == drawn()


def test_the_metadata_of_csv_on_the_web_describes_the_csv(readable: Client, tmp_path: Path) -> None:
    answer = readable.get(f"{ADDRESS}.csv")
    assert answer["Link"] == f'<{ADDRESS}.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    (tmp_path / "alles.csv").write_bytes(answer.content)
    (tmp_path / "alles.csv-metadata.json").write_bytes(readable.get(f"{ADDRESS}.csv-metadata.json").content)
    read = CSVW(str(tmp_path / "alles.csv-metadata.json"), validate=True)
    assert read.is_valid
    assert [row["trekking"] for row in read.tables[0].iterdicts()] == drawn()


def test_it_is_the_months_and_nothing_else(readable: Client) -> None:
    months = "".join(readable.get(f"/data/{BUURTEN}/2026-0{month}.csv").content.decode() for month in (4, 5))
    head = months.splitlines()[0]
    assert readable.get(f"{ADDRESS}.csv").content.decode().splitlines() == [
        head,
        *(line for line in months.splitlines() if line != head),
    ]


def test_its_checksum_is_made_of_those_of_the_months(readable: Client, publisher: Municipality) -> None:
    months = dict(Release.objects.filter(dataset=BUURTEN).values_list("period", "sha256"))
    pointer = histories.read(publisher, BUURTEN)
    assert pointer is not None
    assert pointer.sha256 == hash_of_history(BUURTEN, months)


def test_a_new_month_makes_a_new_version_beside_the_earlier_one(publisher: Municipality, visitor: Client) -> None:
    releases.publish(publisher, APRIL)
    earlier = visitor.get(f"{ADDRESS}.csv")
    sha256 = earlier["ETag"].strip('"')
    releases.publish(publisher, MAY)
    kept = visitor.get(f"{ADDRESS}.csv?sha256={sha256}")
    assert (kept.content, kept["Cache-Control"]) == (earlier.content, "public, max-age=31536000, immutable")
    assert len(list(csv.reader(io.StringIO(visitor.get(f"{ADDRESS}.csv").text)))) == 7


def test_a_gap_that_is_declared_later_stands_in_the_next_version(readable: Client, publisher: Municipality) -> None:
    gap = {"first_day": "2026-05-03", "last_day": "2026-05-03"}
    RegistrationGap.objects.create(municipality=publisher, **gap)
    releases.write_missing_files()
    rows = [json.loads(line) for line in readable.get(f"{ADDRESS}.jsonl").text.splitlines()]
    assert [row["dagen_zonder_registratie"] for row in rows] == [0, 0, 0, 1, 1, 1]


def test_nothing_is_written_again_while_nothing_changed(readable: Client, publisher: Municipality) -> None:
    assert histories.write_all(publisher) == 0


@pytest.mark.parametrize("made_as", [*HISTORY_FORMATS, "json"])
def test_what_was_lost_is_written_again(readable: Client, publisher: Municipality, made_as: str) -> None:
    pointer = histories.read(publisher, BUURTEN)
    assert pointer is not None
    lost = pointer.files[made_as].name if made_as in pointer.files else f"{publisher.code}/{BUURTEN}/alles.json"
    storages["releases"].delete(lost)
    assert readable.get(f"{ADDRESS}.{made_as}").status_code in (404, 503)
    releases.write_missing_files()
    assert histories.write_all(publisher) == 0
    assert readable.get(f"{ADDRESS}.csv").status_code == 200


def test_the_neighbour_has_none(readable: Client) -> None:
    publishing_town(host="buren.example")
    assert Client(headers={"host": "buren.example"}).get(f"{ADDRESS}.csv").status_code == 404


def test_months_that_are_caught_up_are_gathered_once(city: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    written: list[str] = []
    real = histories.write

    def write(here: Municipality, slug: str) -> bool:
        written.append(slug)
        return real(here, slug)

    monkeypatch.setattr(histories, "write", write)
    releases.publish(city.municipality, APRIL)
    written.clear()
    call_command("publish", city.municipality.code, verbosity=0)
    assert sorted(written) == sorted(set(written))


def test_a_restored_database_leaves_what_was_published_since(readable: Client) -> None:
    before = readable.get(f"{ADDRESS}.csv").content
    restore_to_before("2026-05")
    assert Release.objects.filter(dataset=BUURTEN).count() == 1
    releases.write_missing_files()
    assert readable.get(f"{ADDRESS}.csv").content == before


def test_a_pointer_that_cannot_be_read_is_mended(readable: Client, publisher: Municipality) -> None:
    before = readable.get(f"{ADDRESS}.csv").content
    storages["releases"].save(f"{publisher.code}/{BUURTEN}/alles.json", ContentFile(b"{"))
    assert readable.get(f"{ADDRESS}.csv").status_code == 503
    releases.write_missing_files()
    assert readable.get(f"{ADDRESS}.csv").content == before


def test_a_dataset_that_fails_keeps_neither_others_nor_the_areas_back(
    readable: Client, publisher: Municipality
) -> None:
    code, slugs = publisher.code, sorted(set(Release.objects.values_list("dataset", flat=True)))
    lost = [f"{code}/{slug}/alles.json" for slug in slugs] + [f"{code}/gebieden/gebieden-2025.json"]
    for name in lost:
        storages["releases"].delete(name)
    Path(storages["releases"].path(lost[0])).mkdir()  # the first of them cannot be written
    releases.write_missing_files()
    assert [files.missing_of([name]) == set() for name in lost] == [False, *(True for _name in lost[1:])]
