"""Assen as its own public map shows it: three months that were registered, and no quarter that they only cut."""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from opendata.models import PlannedTable, Release
from tests.factories import CategoryFactory
from tests.opendata.conftest import publishing_town
from tests.sure import sure

REAL = Path(__file__).resolve().parents[3] / "shared" / "assen"
DECLARED = {
    "registered_from": date(2026, 5, 1),
    "registered_until": date(2026, 7, 31),
}


def uncertain(code: str, dataset: str) -> dict[str, bool]:
    """Period -> whether the release of this dataset is too uncertain to conclude from."""
    found = Release.objects.filter(municipality__code=code, dataset=dataset)
    return {release.period: release.expected_error is None or release.expected_error > 0.25 for release in found}


@pytest.mark.slow
@pytest.mark.skipif(not REAL.exists(), reason="the data of Assen are not part of the project")
def test_assen_gets_three_months_of_categories_of_which_may_is_marked(
    transactional_db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = {"code": "GM0106", "name": "Assen", "hosts": ["assen.example"], "publisher": "Gemeente Assen"}
    own = DECLARED | {"contact_email": "a@assen.example", "declared_volume": 11_000}
    path = tmp_path / "assen.json"
    path.write_text(json.dumps(town | own, default=str))
    call_command("load_municipality", path)
    call_command("load_areas", "GM0106", REAL)
    call_command("load_categories", "GM0106", REAL / "categories.json")
    call_command("import_meldingen", "GM0106", REAL / "meldingen.csv", "--rejects", tmp_path / "rejects.csv")
    call_command("fix_grid", "GM0106", "2026")
    assert "2026-Q1 to 2026-Q4: not drawn, not all of its days" in capsys.readouterr().out
    call_command("publish", "GM0106")
    assert uncertain("GM0106", "categorie-per-maand") == {"2026-05": True, "2026-06": False, "2026-07": False}
    assert set(Release.objects.values_list("period", flat=True)) == {"2026-05", "2026-06", "2026-07"}
    page = Client(headers={"host": "assen.example"}).get("/data/categorie-per-maand/bestanden").text
    assert page.count("te onzeker voor conclusies") == 1  # May, in the list


MONTHS = {"2026-04": 10, "2026-05": 20, "2026-06": 300, "2026-07": 300, "2026-08": 40}


@pytest.fixture
def small_assen(transactional_db: None) -> str:
    """Invented meldingen with the same shape: few in May, enough in June and July, some before and after."""
    made = publishing_town(host="klein.example", volume=900, **DECLARED)
    CategoryFactory.create_batch(8, municipality=made.municipality, parent=made.waste)
    for month, number in MONTHS.items():
        begin = datetime.fromisoformat(f"{month}-01T12:00:00+00:00")
        for one in range(number):
            made.melding(received_at=begin + timedelta(days=one % 28), category=made.dumping)
    return made.municipality.code


def test_a_town_of_three_months_gets_those_and_no_quarter_that_they_cut(small_assen: str) -> None:
    call_command("fix_grid", small_assen, "2026")
    call_command("publish", small_assen)
    forms = {planned.asked: sure(planned.table)["period_kind"] for planned in PlannedTable.objects.all()}
    years = dict.fromkeys(["buurt-hoofdcategorie", "wijk-categorie", "afhandeltijd-hoofdcategorie"], "jaar")
    assert forms == {"wijk-hoofdcategorie": "maand", "buurt": "maand", "categorie": "kwartaal"} | years
    assert set(Release.objects.values_list("period", flat=True)) == {"2026-05", "2026-06", "2026-07"}
    assert uncertain(small_assen, "buurt-per-maand") == {"2026-05": True, "2026-06": False, "2026-07": False}
