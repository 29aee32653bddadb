"""The portal in a browser: it reads well, fits a small window and lets a file go."""

import pytest
from playwright.sync_api import expect

from opendata import releases
from opendata.disclosure import Period

pytestmark = pytest.mark.e2e


@pytest.fixture
def published(lindewaard, own_releases):
    return releases.publish(lindewaard, Period.month(2026, 5))


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_pages_of_the_portal_are_accessible_and_fit_a_small_window(open_page, looks_well, published, language):
    page = open_page(locale=language)
    for address in ("/data/", f"/data/{published[0].dataset}/", "/data/privacy"):
        page.goto(address)
        looks_well(page)


def test_a_visitor_finds_a_dataset_and_downloads_a_month(open_page, published):
    page = open_page()
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Open data").click()
    page.get_by_role("link", name="Meldingen per wijk en hoofdcategorie", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Meldingen per wijk en hoofdcategorie")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV mei 2026").click()
    assert download.value.suggested_filename.endswith("wijk-hoofdcategorie-per-maand-2026-05.csv")
