"""A worklist as a file, in a real browser: with scripts and without."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from meldingen.exports import writing
from meldingen.exports.models import Export
from meldingen.record.models import Melding

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_one_click_and_the_file_comes_by_itself(logged_in: Any, melding: Melding, scripts: bool) -> None:
    page = logged_in("triage", viewport=DESK, java_script_enabled=scripts)
    page.goto("/beheer/?list=open")
    page.get_by_role("button", name="Excel").click()
    expect(page.get_by_role("heading", name="Uw bestand wordt gemaakt")).to_be_visible()
    with page.expect_download() as coming:
        writing.write(Export.objects.get().pk)
    download = coming.value
    assert download.suggested_filename.startswith("meldingen-alle-open-")
    sheet = load_workbook(BytesIO(download.path().read_bytes())).worksheets[0]
    assert sheet["A2"].value.replace("-", "") == melding.reference
    assert Export.objects.get().fetched_at


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_its_pages_look_well(
    logged_in: Any, melding: Melding, looks_well: Callable[[Page], None], viewport: dict[str, int]
) -> None:
    page = logged_in("triage", viewport=viewport)
    page.goto("/beheer/?list=open")
    looks_well(page)
    page.get_by_role("button", name="CSV").click()
    expect(page.get_by_role("heading", name="Uw bestand wordt gemaakt")).to_be_visible()  # now it is stored
    Export.objects.update(total=3400, done=1200)
    page.reload()
    looks_well(page)
    page.goto("about:blank")  # the page of a file that is made asks how far it is, and would fetch the file
    for stage in ("ready", "failed", "gone"):
        Export.objects.update(stage=stage, refusal="disk", fetched_at="2026-01-01T00:00Z")
        page.goto(f"/beheer/uitvoer/{Export.objects.get().pk}/")
        looks_well(page)
    page.goto("/beheer/uitvoer/")
    looks_well(page)
