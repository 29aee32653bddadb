"""A gap that is declared after a draw marks what was released, everywhere, and nothing is deleted."""

import csv
import io
import json
import math
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client
from rdflib import DCAT, DCTERMS, Graph

from meldingen.tenancy.models.municipality import Municipality, RegistrationGap
from opendata import releases
from opendata.datasets import Caveats
from opendata.disclosure import Period
from opendata.models import Release, ReleaseFile
from tests.factories import Town
from tests.sure import sure

DATASET = "/data/buurt-per-maand/"


@pytest.fixture
def gap(city: Town, may: list[Release]) -> RegistrationGap:
    """Three days of May, declared after May was drawn."""
    return city.municipality.gaps.create(first_day=date(2026, 5, 3), last_day=date(2026, 5, 5))


def head(visitor: Client) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(visitor.get(f"{DATASET}2026-05.json").content)
    return content


UNCERTAIN = "te onzeker voor conclusies"  # one melding in May is, whatever was registered


def test_before_it_is_declared_nothing_is_marked(visitor: Client, may: list[Release]) -> None:
    assert "geregistreerd:" not in visitor.get(DATASET).text
    assert (head(visitor)["dagen_zonder_registratie"], head(visitor)["voorbehoud"]) == (0, [UNCERTAIN])


def test_the_page_the_list_and_the_catalogue_say_it_at_once(visitor: Client, gap: RegistrationGap) -> None:
    words = "Op 3 van de 31 dagen zijn geen meldingen geregistreerd: 3 mei 2026 tot en met 5 mei 2026."
    pages = [visitor.get(f"{DATASET}{page}").text.count(words) for page in ("", "bestanden")]
    assert pages == [1, 1]  # above the figures, and at the month among the files
    assert words in visitor.get("/data/").text
    found = Graph().parse(data=visitor.get("/data/catalog.ttl").content, format="turtle")
    described = [
        str(text) for file in found.objects(None, DCAT.distribution) for text in found[file : DCTERMS.description]
    ]
    of_may = [text for text in described if text.startswith("mei 2026")]
    assert len(of_may) >= 7
    assert all(words in text for text in of_may)


def test_the_files_say_it_once_they_are_written_again(visitor: Client, gap: RegistrationGap) -> None:
    assert releases.write_missing_files() == 3
    assert head(visitor)["zonder_registratie"] == ["2026-05-03/2026-05-05"]
    assert head(visitor)["voorbehoud"] == [UNCERTAIN, "geen registratie op 3 van de 31 dagen"]
    assert json.loads(visitor.get(f"{DATASET}2026-05.geojson").content)["dagen_zonder_registratie"] == 3
    rows = csv.DictReader(io.StringIO(visitor.get(f"{DATASET}2026-05.csv").content.decode(), newline=""))
    said = {(row["dagen_zonder_registratie"], row["voorbehoud"]) for row in rows}
    assert said == {("3", f"{UNCERTAIN}; geen registratie op 3 van de 31 dagen")}
    assert releases.write_missing_files() == 0


def test_no_number_changes_and_the_earlier_files_stay(
    visitor: Client, may: list[Release], gap: RegistrationGap
) -> None:
    numbers = list(Release.objects.values_list("rows", "sha256"))
    before = {file.format: file.sha256 for file in ReleaseFile.objects.filter(release__dataset="buurt-per-maand")}
    releases.write_missing_files()
    assert list(Release.objects.values_list("rows", "sha256")) == numbers
    assert ReleaseFile.objects.count() == 14
    earlier = visitor.get(f"{DATASET}2026-05.json?sha256={before['json']}")
    assert json.loads(earlier.content)["voorbehoud"] == [UNCERTAIN]
    assert earlier["Cache-Control"] == "public, max-age=31536000, immutable"


def test_a_gap_that_is_taken_back_leads_to_the_first_files_again(visitor: Client, gap: RegistrationGap) -> None:
    releases.write_missing_files()
    gap.delete()
    assert releases.write_missing_files() == 0
    assert head(visitor)["voorbehoud"] == [UNCERTAIN]
    assert "geregistreerd:" not in visitor.get(DATASET).text


def test_a_release_of_days_that_are_declared_as_not_registered_stays_and_says_so(
    visitor: Client, city: Town, may: list[Release]
) -> None:
    type(city.municipality).objects.update(registered_from=date(2026, 6, 1))
    releases.write_missing_files()
    assert "geeft niet op dat er in deze periode" in visitor.get(DATASET).text
    assert head(visitor)["voorbehoud"] == [UNCERTAIN, "voor deze periode is geen registratie opgegeven"]


@pytest.mark.parametrize("sha256", ["0" * 64, "x", "0" * 63])
def test_a_checksum_that_no_file_has_is_not_found(visitor: Client, may: list[Release], sha256: str) -> None:
    assert visitor.get(f"{DATASET}2026-05.csv", {"sha256": sha256}).status_code == 404


def test_a_gap_marks_no_other_month_and_no_neighbour(
    visitor: Client, gap: RegistrationGap, publisher: Municipality, neighbour: Town
) -> None:
    releases.publish(publisher, Period.month(2026, 4))
    assert visitor.get(f"{DATASET}bestanden").text.count("Op 3 van de 31 dagen") == 1
    assert "Op 3 van de 31 dagen" not in visitor.get(f"{DATASET}?periode=2026-04").text
    assert "Let op" not in Client(headers={"host": neighbour.host}).get("/data/").text


def errors(releases_made: list[Release]) -> dict[str, float | None]:
    """Dataset -> the expected error as it follows from the cells and total of each release alone."""
    found: dict[str, float | None] = {}
    for release in releases_made:
        p, total = math.exp(-float(release.epsilon)), sum(row[-3] for row in release.numbers)
        found[release.dataset] = len(release.numbers) * 2 * p / (1 - p * p) / total if total > 0 else None
    return found


def test_every_release_carries_the_error_of_its_own_cells_and_total(may: list[Release]) -> None:
    assert {release.dataset: release.expected_error for release in may} == pytest.approx(errors(may))


@pytest.mark.parametrize(("error", "percent", "uncertain"), [(0.2, 20, False), (0.25, 25, False), (0.2501, 26, True)])
def test_above_a_quarter_it_is_too_uncertain(error: float, percent: int, uncertain: bool) -> None:
    caveats = Caveats(error, 31, ())
    assert (caveats.error_percent, caveats.is_too_uncertain) == (percent, uncertain)
    assert caveats.in_file() == (["te onzeker voor conclusies"] if uncertain else [])


def test_a_total_of_zero_is_marked_and_divides_nothing() -> None:
    assert Caveats(None, 31, ()).in_file() == ["te onzeker voor conclusies"]
    assert Caveats(None, 31, ()).error_percent is None


@pytest.fixture
def busy(city: Town, publisher: Municipality) -> list[Release]:
    """The releases of a month with 400 meldingen, of which no table is too uncertain."""
    for number in range(400):
        city.melding(received_at=datetime(2026, 4, 1 + number % 30, 12, tzinfo=UTC), category=city.dumping)
    return releases.publish(publisher, Period.month(2026, 4))


def test_page_list_and_file_tell_the_error_and_whether_it_is_too_large(
    visitor: Client, may: list[Release], busy: list[Release]
) -> None:
    page = visitor.get(f"{DATASET}bestanden").text
    percents = {file.period: Caveats(file.expected_error, 1, ()).error_percent for file in (*may, *busy)}
    assert sure(percents["2026-04"]) < 25
    assert [page.count("te onzeker voor conclusies"), visitor.get(DATASET).text.count("te onzeker voor")] == [1, 1]
    assert "te onzeker voor conclusies" in visitor.get("/data/").text
    april = json.loads(visitor.get(f"{DATASET}2026-04.json").content)
    assert (april["te_onzeker"], april["voorbehoud"]) == (False, [])
    assert f"fout {april['verwachte_fout_procent']}&nbsp;%" in page
    assert head(visitor)["te_onzeker"] is True
    rows = list(csv.DictReader(io.StringIO(visitor.get(f"{DATASET}2026-04.csv").content.decode(), newline="")))
    assert {row["verwachte_fout_procent"] for row in rows} == {str(april["verwachte_fout_procent"])}
