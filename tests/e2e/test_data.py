"""The portal in a browser: it reads well, fits a small window and lets a file go."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from meldingen.tenancy.models.municipality import Municipality
from opendata import releases
from opendata.disclosure import Period
from opendata.models.release import Release

pytestmark = pytest.mark.e2e


@pytest.fixture
def published(lindewaard: Municipality, own_releases: None) -> list[Release]:
    return releases.publish(lindewaard, Period.month(2026, 5))


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_pages_of_the_portal_are_accessible_and_fit_a_small_window(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], published: list[Release], language: str
) -> None:
    page = open_page(locale=language)
    for address in ("/data/", f"/data/{published[0].dataset}/", "/data/privacy"):
        page.goto(address)
        looks_well(page)


def test_a_visitor_finds_a_dataset_and_downloads_a_month(
    open_page: Callable[..., Any], published: list[Release]
) -> None:
    page = open_page()
    page.goto("/")
    page.get_by_role("navigation").get_by_role("link", name="Open data").click()
    page.get_by_role("link", name="Meldingen per wijk en hoofdcategorie", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Meldingen per wijk en hoofdcategorie")
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV mei 2026").click()
    assert download.value.suggested_filename.endswith("wijk-hoofdcategorie-per-maand-2026-05.csv")
