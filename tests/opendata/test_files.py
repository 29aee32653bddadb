"""The files of a release: its rows are the truth, and each format is made again by what it declares of itself."""

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.storage import storages
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import DjangoAssertNumQueries

from meldingen.tenancy.models import Municipality
from opendata import files, queries, releases
from opendata.datasets import Document
from opendata.disclosure import Period
from opendata.formats import FORMATS, Borders, Format, csv
from opendata.models import Release, ReleaseFile

Render = Callable[[Document, Borders], bytes]
NUMBERS = ["trekking", "aantal", "ondergrens", "bovengrens"]


def packed(document: Document, borders: Borders) -> bytes:
    """A ZIP with other bytes each time."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.comment = uuid4().bytes
        archive.writestr("rows.csv", csv.render(document, borders))
    return whole.getvalue()


@pytest.fixture
def packing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format that is not reproducible."""
    made = Format("zip", "ZIP", "application/zip", "", "ZIP", False, packed, is_reproducible=False)
    monkeypatch.setitem(FORMATS, "zip", made)


def lose(file: ReleaseFile) -> None:
    storages["releases"].delete(file.name)


def newest(release: Release, made_as: str) -> ReleaseFile:
    found = queries.file(release.municipality, release.dataset, made_as, release.period)
    assert found is not None
    return found


def test_the_rows_of_a_release_can_be_checked_by_its_file_alone(may: list[Release]) -> None:
    for release in may:
        whole = json.loads(files.read(release.files.get(format="json")))
        rows = [[row[column] for column in whole["sleutel"] + NUMBERS] for row in whole["rijen"]]
        drawn = json.dumps([whole["dataset"], whole["periode"], rows], ensure_ascii=False, separators=(",", ":"))
        assert hashlib.sha256(drawn.encode()).hexdigest() == whole["sha256_rijen"] == release.sha256


def test_the_checksum_of_the_rows_is_shown(visitor: Client, may: list[Release]) -> None:
    assert f"sha256 {may[0].sha256}<" in visitor.get(f"/data/{may[0].dataset}/").text


def test_no_file_is_made_of_rows_that_were_not_drawn(may: list[Release]) -> None:
    may[0].numbers[0][-1] += 1
    with pytest.raises(files.FilesDiffer, match="not those that were drawn"):
        files.write(may[0])


def test_lost_files_are_written_again_with_the_same_bytes(may: list[Release]) -> None:
    file = may[0].files.get(format="csv")
    before = files.read(file)
    lose(file)
    assert releases.write_missing_files() == 1
    assert files.read(file) == before
    assert releases.write_missing_files() == 0


def test_a_reproducible_format_that_gives_other_bytes_is_refused(
    may: list[Release], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(FORMATS, "csv", replace(FORMATS["csv"], render=lambda document, borders: b"else"))
    with pytest.raises(files.FilesDiffer, match="csv"):
        files.write(may[0])


def test_what_is_not_reproducible_is_made_once(packing: None, may: list[Release]) -> None:
    before = newest(may[0], "zip").sha256
    lose(may[0].files.get(format="csv"))
    assert releases.write_missing_files() == 1
    assert newest(may[0], "zip").sha256 == before
    assert may[0].files.filter(format="zip").count() == 1


def test_what_is_not_reproducible_is_made_again_with_a_checksum_of_its_own(packing: None, may: list[Release]) -> None:
    first = newest(may[0], "zip")
    lose(first)
    assert releases.write_missing_files() == 1
    second = newest(may[0], "zip")
    assert second.sha256 != first.sha256
    assert zipfile.ZipFile(io.BytesIO(files.read(second))).namelist() == ["rows.csv"]
    assert releases.write_missing_files() == 0


def test_a_file_whose_place_was_taken_is_no_longer_found_by_its_checksum(packing: None, may: list[Release]) -> None:
    first, where = newest(may[0], "zip"), (may[0].municipality, may[0].dataset, "zip", may[0].period)
    assert queries.file(*where, first.sha256) == first
    lose(first)
    releases.write_missing_files()
    second = newest(may[0], "zip")
    assert (queries.file(*where, first.sha256), queries.file(*where, second.sha256)) == (None, second)


def test_borders_are_given_to_the_formats_that_need_them(monkeypatch: pytest.MonkeyPatch, may: list[Release]) -> None:
    asked: dict[str, bool] = {}

    def looking(name: str, render: Render) -> Render:
        def look(document: Document, borders: Borders) -> bytes:
            asked[name] = bool(borders)
            return render(document, borders)

        return look

    for made in list(FORMATS.values()):
        monkeypatch.setitem(FORMATS, made.name, replace(made, render=looking(made.name, made.render)))
    files.write(next(release for release in may if release.dataset == "buurt-per-maand"))
    assert asked == {made.name: made.needs_borders for made in FORMATS.values()}
    assert asked["geojson"]


def test_a_row_of_a_file_is_never_changed(may: list[Release]) -> None:
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        may[0].files.update(sha256="0" * 64)


def test_a_storage_that_lost_everything_gets_everything_again(may: list[Release]) -> None:
    shutil.rmtree(Path(settings.DATA_DIR) / "releases")
    assert releases.write_missing_files() == 3
    assert not files.missing_of(ReleaseFile.objects.values_list("name", flat=True))


def test_looking_for_lost_files_costs_the_same_for_a_year_as_for_a_month(
    may: list[Release], publisher: Municipality, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with CaptureQueriesContext(connection) as of_a_month:
        assert releases.write_missing_files() == 0
    for number in (3, 4):
        releases.publish(publisher, Period.month(2026, number))
    with django_assert_num_queries(len(of_a_month)) as asked:
        assert releases.write_missing_files() == 0
    assert not [query for query in asked.captured_queries if '"rows"' in query["sql"]]
