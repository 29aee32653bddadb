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


def test_questions_of_a_journalist_are_answered_by_a_few_taps(
    open_page: Callable[..., Any], lindewaard: Municipality, published: list[Release]
) -> None:
    releases.publish(lindewaard, Period.month(2026, 6))
    page = open_page(java_script_enabled=False)
    page.goto("/data/")
    page.get_by_role("link", name="Waar wordt over geklaagd").click()
    page.get_by_role("link", name="Container vol of kapot").click()
    expect(page.locator("svg[role=img]:visible .chart__band")).to_have_count(1)
    expect(page.get_by_role("heading", level=2).first).to_contain_text("over Container vol of kapot")
    expect(page.get_by_text("vanzelf voor").first).to_be_visible()
    page.goto("/data/")
    page.get_by_role("link", name="Hoe staat mijn buurt ervoor").click()
    page.locator(".bars__name a").first.click()
    page.locator(".compare__link").nth(1).click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("per 1.000 inwoners")
    expect(page.get_by_text("vanzelf voor").first).to_be_visible()


def test_two_neighbourhoods_are_compared_in_three_taps_whichever_they_are(
    open_page: Callable[..., Any], published: list[Release]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/data/")
    page.get_by_role("link", name="Meldingen per buurt", exact=True).click()
    page.get_by_role("link", name="Havenkwartier", exact=True).first.click()
    page.locator(".compare-all").get_by_role("link", name="Componistenbuurt", exact=True).click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("per 1.000 inwoners in Havenkwartier")
    expect(page.locator(".make-up thead")).to_contain_text("Componistenbuurt")
    expect(page.get_by_text("vanzelf voor").first).to_be_visible()


def test_on_paper_stands_what_it_is_from(open_page: Callable[..., Any], published: list[Release]) -> None:
    page = open_page()
    page.goto(f"/data/{published[0].dataset}/")
    page.emulate_media(media="print")
    expect(page.locator(".source")).to_be_visible()
    for words in (published[0].sha256, "CC0", "grenzen van", "ε"):
        expect(page.locator(".source").get_by_text(words).first).to_be_visible()
    expect(page.locator(".view__side .files").first).to_be_hidden()
    expect(page.locator(".controls")).to_be_hidden()


def test_a_journalist_reads_a_total_finds_where_it_happens_and_takes_the_numbers_along(
    open_page: Callable[..., Any], published: list[Release]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/data/")
    expect(page.get_by_text("In mei 2026").first).to_be_visible()
    expect(page.get_by_text("Het echte aantal ligt 9 van de 10 keer tussen").first).to_be_visible()
    page.get_by_role("link", name="Meldingen per buurt", exact=True).click()
    page.get_by_role("link", name="Kaart", exact=True).click()
    expect(page.locator("svg[role=img]:visible path").first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV", exact=True).first.click()
    assert "ondergrens" in download.value.path().read_text(encoding="utf-8").splitlines()[0]


def test_a_resident_finds_the_own_buurt_by_its_name(open_page: Callable[..., Any], published: list[Release]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/data/")
    page.get_by_label("Zoek uw buurt, straat of onderwerp").fill("oude markt")
    page.get_by_role("button", name="Zoeken").click()
    expect(page.get_by_role("heading", level=2).first).to_contain_text("in Oude Markt")


@pytest.mark.parametrize("query", ["?toon=kaart", "?toon=tabel", "?per=periode"])
def test_views_are_accessible_and_fit_a_small_window(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], published: list[Release], query: str
) -> None:
    page = open_page()
    page.goto(f"/data/buurt-per-maand/{query}")
    looks_well(page)
