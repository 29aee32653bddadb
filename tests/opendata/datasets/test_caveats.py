"""A gap that is declared after a draw marks what was released, everywhere, and nothing is deleted."""

import csv
import io
import json
from datetime import date

import pytest
from django.test import Client
from rdflib import DCAT, DCTERMS, Graph

from opendata import releases
from opendata.models import Release, ReleaseFile

DATASET = "/data/buurt-per-maand/"


@pytest.fixture
def gap(city, may):
    """Three days of May, declared after May was drawn."""
    return city.municipality.gaps.create(first_day=date(2026, 5, 3), last_day=date(2026, 5, 5))


def head(visitor):
    return json.loads(visitor.get(f"{DATASET}2026-05.json").content)


def test_before_it_is_declared_nothing_is_marked(visitor, may):
    assert "Let op" not in visitor.get(DATASET).text
    assert (head(visitor)["dagen_zonder_registratie"], head(visitor)["voorbehoud"]) == (0, [])


def test_the_page_the_list_and_the_catalogue_say_it_at_once(visitor, gap):
    words = "Op 3 van de 31 dagen zijn geen meldingen geregistreerd: 3 mei 2026 tot en met 5 mei 2026."
    assert visitor.get(DATASET).text.count(words) == 2  # above the figures, and at the month in the downloads
    assert words in visitor.get("/data/").text
    found = Graph().parse(data=visitor.get("/data/catalog.ttl").content, format="turtle")
    described = [str(found.value(file, DCTERMS.description)) for file in found.objects(None, DCAT.distribution)]
    assert len(described) == 9
    assert all(words in text for text in described)


def test_the_files_say_it_once_they_are_written_again(visitor, gap):
    assert releases.write_missing_files() == 3
    assert head(visitor)["zonder_registratie"] == ["2026-05-03/2026-05-05"]
    assert head(visitor)["voorbehoud"] == ["geen registratie op 3 van de 31 dagen"]
    assert json.loads(visitor.get(f"{DATASET}2026-05.geojson").content)["dagen_zonder_registratie"] == 3
    rows = csv.DictReader(io.StringIO(visitor.get(f"{DATASET}2026-05.csv").content.decode(), newline=""))
    said = {(row["dagen_zonder_registratie"], row["voorbehoud"]) for row in rows}
    assert said == {("3", "geen registratie op 3 van de 31 dagen")}
    assert releases.write_missing_files() == 0


def test_no_number_changes_and_the_earlier_files_stay(visitor, may, gap):
    numbers = list(Release.objects.values_list("rows", "sha256"))
    before = {file.format: file.sha256 for file in ReleaseFile.objects.filter(release__dataset="buurt-per-maand")}
    releases.write_missing_files()
    assert list(Release.objects.values_list("rows", "sha256")) == numbers
    assert ReleaseFile.objects.count() == 18
    earlier = visitor.get(f"{DATASET}2026-05.json?sha256={before['json']}")
    assert json.loads(earlier.content)["voorbehoud"] == []
    assert earlier["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_gap_that_is_taken_back_leads_to_the_first_files_again(visitor, gap):
    releases.write_missing_files()
    gap.delete()
    assert releases.write_missing_files() == 0
    assert head(visitor)["voorbehoud"] == []
    assert "Let op" not in visitor.get(DATASET).text


def test_a_release_of_days_that_are_declared_as_not_registered_stays_and_says_so(visitor, city, may):
    type(city.municipality).objects.update(registered_from=date(2026, 6, 1))
    releases.write_missing_files()
    assert "geeft niet op dat er in deze periode" in visitor.get(DATASET).text
    assert head(visitor)["voorbehoud"] == ["voor deze periode is geen registratie opgegeven"]


@pytest.mark.parametrize("sha256", ["0" * 64, "x", "\0", "0" * 63])
def test_a_checksum_that_no_file_has_is_not_found(visitor, may, sha256):
    assert visitor.get(f"{DATASET}2026-05.csv", {"sha256": sha256}).status_code == 404


def test_a_gap_marks_no_other_month_and_no_neighbour(visitor, gap, publisher, neighbour):
    releases.publish(publisher, releases.Period.month(2026, 4))
    assert visitor.get(DATASET).text.count("Op 3 van de 31 dagen") == 2
    assert "Let op" not in Client(headers={"host": neighbour.host}).get("/data/").text
