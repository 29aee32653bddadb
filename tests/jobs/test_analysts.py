"""What readers of figures come for."""

import os
import re
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Download, expect

from tests.jobs.blocks import ROOT
from tests.jobs.conftest import Count
from tests.jobs.hands import Hands

pytestmark = pytest.mark.e2e
CKAN = os.environ.get("CKAN_URL", "")
Impossible = Callable[[str], None]


def _newest_dataset(analyst: Hands) -> None:
    analyst.open("/data/")
    analyst.tap(analyst.page.locator(".datasets a").first)


def test_a1_do_complaints_about_containers_rise(analyst: Hands, count: Count) -> None:
    """A line with its band, and a verdict in words."""
    analyst.open("/data/")
    analyst.tap(analyst.page.get_by_role("link", name=re.compile("Waar wordt over geklaagd")))
    analyst.tap(analyst.page.get_by_role("link", name="Container vol of kapot"))
    expect(analyst.page.locator("svg[role=img]:visible .chart__band")).to_have_count(1)
    expect(analyst.page.get_by_role("heading", level=2).first).to_contain_text("over Container vol of kapot")
    expect(analyst.page.get_by_text(re.compile("vanzelf voor")).first).to_be_visible()
    count(analyst)


def test_a2_compare_two_neighbourhoods(analyst: Hands, count: Count) -> None:
    """By how many people live there, with a verdict."""
    analyst.open("/data/")
    analyst.tap(analyst.page.get_by_role("link", name=re.compile("Hoe staat mijn buurt ervoor")))
    analyst.tap(analyst.page.locator(".bars__name a").first)
    analyst.tap(analyst.page.locator(".compare__link").nth(1))
    expect(analyst.page.get_by_role("heading", level=2).first).to_contain_text("per 1.000 inwoners")
    expect(analyst.page.get_by_text(re.compile("vanzelf voor")).first).to_be_visible()
    count(analyst)


def _take(analyst: Hands, address: str) -> Download:
    with analyst.page.expect_download() as waiting:
        analyst.tap(analyst.page.locator(f"a[href*='{address}']").first)
    return waiting.value


def test_a3_all_history_in_one_file(analyst: Hands, count: Count) -> None:
    _newest_dataset(analyst)
    assert _take(analyst, "alles.xlsx").path().stat().st_size > 10_000
    count(analyst)


def test_a4_one_file_of_areas(analyst: Hands, count: Count) -> None:
    """The figures are joined to it by their code."""
    analyst.open("/data/")
    analyst.tap(analyst.page.locator(".datasets__title a", has_text=re.compile("wijk|buurt", re.IGNORECASE)).first)
    assert _take(analyst, ".gpkg").path().stat().st_size > 10_000
    count(analyst)


def test_a5_what_i_see_as_data(analyst: Hands, count: Count) -> None:
    """The address of the page with .json behind the dataset, whatever is chosen; a link says so."""
    analyst.open("/data/buurt-per-maand/?per=periode")
    analyst.begin()
    link = analyst.page.get_by_role("link", name="JSON", exact=True).first
    answer = analyst.page.request.get(analyst.page.url.replace("/?", ".json?"))
    assert answer.json()["rijen"][-1]["aantal"] > 0
    analyst.tap(link)
    assert answer.json()["rijen"] == analyst.page.request.get(analyst.page.url).json()["rijen"]
    count(analyst)


def test_a6_the_total_of_a_month(analyst: Hands, count: Count) -> None:
    """With between what it lies, on the page itself."""
    analyst.open("/data/")
    expect(analyst.page.get_by_text(re.compile("In \\w+ \\d{4}.* meldingen")).first).to_be_visible()
    expect(analyst.page.get_by_text(re.compile("Het echte aantal ligt 9 van de 10 keer tussen")).first).to_be_visible()
    count(analyst)


def test_a7_what_will_be_published_tonight(colleague: Hands, count: Count) -> None:
    """It is put back afterwards, so that the next one finds it as it was."""
    colleague.open("/beheer/opendata/hold/uitgaven/")
    expect(colleague.page.get_by_text(re.compile("Privacybudget van")).first).to_be_visible()
    colleague.begin()
    colleague.tap(colleague.page.get_by_role("button", name=re.compile("Houd .* vast")).first)
    expect(colleague.page.get_by_text(re.compile("Vastgehouden tot")).first).to_be_visible()
    count(colleague)
    colleague.tap(colleague.page.get_by_role("button", name="Niet langer vasthouden").first)
    expect(colleague.page.get_by_text(re.compile("Vastgehouden tot"))).to_have_count(0)


def _push(arguments: str) -> list[str]:
    command = ["make", "--no-print-directory", "manage", f"ARGS=push_ckan GM9901 {arguments}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return [line for line in done.stdout.splitlines() if re.match(r"gm9901-[a-z-]+: ", line)]


def test_a8_into_the_ckan_of_the_town_twice_the_same(analyst: Hands, count: Count, impossible: Impossible) -> None:
    """One command; what it did stands in the portal, and the same once more changes nothing."""
    if not CKAN:
        impossible("no CKAN is named by CKAN_URL, CKAN_TOKEN and CKAN_ORG")
        return
    with tempfile.TemporaryDirectory() as folder:  # the application is another user
        Path(folder).chmod(0o755)
        token = Path(folder) / "token"
        token.write_text(os.environ["CKAN_TOKEN"])
        token.chmod(0o644)
        pushed = _push(f"--address {CKAN} --organisation {os.environ['CKAN_ORG']} --token-file {token}")
    assert pushed
    analyst.open(f"{CKAN}/dataset/{pushed[0].split(':')[0]}")
    expect(analyst.page.get_by_role("link", name=re.compile("CSV")).first).to_be_visible()
    assert [line for line in _push("") if not line.endswith(": no change")] == []
    analyst.begin()
    analyst.counts["commands"] = 1
    count(analyst)
