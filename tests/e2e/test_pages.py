"""What holds for every public page for residents."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from meldingen.handling import triage
from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.places.areas import buurten
from meldingen.record.models.melding import Melding
from meldingen.tenancy.models.municipality import Municipality
from tests.e2e.conftest import SMALL
from tests.factories import MembershipFactory

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
LARGE_LETTERS = {"width": 390, "height": 844}


@pytest.fixture
def melding(lindewaard: Municipality) -> Any:
    text = "Zeer lang woord: " + "a" * 300
    melding = submit(lindewaard, Submission(text=text, buurt_code=buurten(lindewaard)[0].code))
    actor = MembershipFactory.create(municipality=lindewaard).user
    triage.answer(triage.Case(melding_id=melding.pk, municipality=lindewaard, actor=actor), "Wij komen donderdag.")
    return melding


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_pages_are_accessible_and_fit_a_small_window(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], melding: Melding, language: str
) -> None:
    page = open_page(locale=language)
    for address in (
        "/",
        "/privacy/",
        "/toegankelijkheid/",
        "/stijl/",
        "/melden/?onderwerp=afval",
        f"/volg/{melding.follow_token}",
        f"/melden/bedankt/{melding.follow_token}",
        "/volg/x",
        "/nee",
    ):
        page.goto(address)
        looks_well(page)


# What stands out of the window: pages scroll sideways for it, which nobody sees.
OUTSIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
    [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5)
        .map((each) => each.tagName + "." + each.className + ": " + each.textContent.trim().slice(0, 40))"""


def outside(page: Any) -> Any:
    """What sticks out of the window with letters twice as large."""
    page.wait_for_load_state()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    return page.evaluate(OUTSIDE)


@pytest.mark.parametrize("language", ["nl-NL", "en-GB"])
def test_letters_twice_as_large_fit_a_telephone(open_page: Callable[..., Any], melding: Melding, language: str) -> None:
    page = open_page(locale=language, viewport=LARGE_LETTERS)
    addresses = (
        "/",
        "/privacy/",
        "/toegankelijkheid/",
        "/melden/",
        f"/volg/{melding.follow_token}",
        "/volg/x",
        "/data/",
    )
    for address in (*addresses, f"/melden/bedankt/{melding.follow_token}"):
        page.goto(address)
        assert outside(page) == [], address


def test_letters_twice_as_large_fit_every_step(open_page: Callable[..., Any]) -> None:
    page = open_page(viewport=LARGE_LETTERS)
    page.goto("/melden/")
    page.get_by_label("Uw melding").fill("Het putdeksel is weg, de glascontainer zit vol")
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    for heading, button in (("Waar is het?", "Ik weet het niet"), ("Klopt dit?", "Volgende")):
        page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true })")
        assert outside(page) == [], heading
        if heading == "Klopt dit?":
            page.get_by_label("Buurt").select_option(index=2)
        page.get_by_role("main").get_by_role("button", name=button).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    assert outside(page) == []


@pytest.mark.parametrize("width", [1280, 390, 320])
@pytest.mark.parametrize("address", ["/", "/stijl/"])
def test_what_shows_the_look_fits_each_window_and_the_header_is_low_on_a_telephone(
    open_page: Callable[..., Any], address: str, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 844})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    low = page.locator(".page-header__inner").bounding_box()["height"] + 3  # with its edge
    assert low <= (56 if width < 400 else 80)
    if address == "/" and width >= 390:
        button = page.get_by_role("button", name="Melding doen").bounding_box()
        assert button["y"] + button["height"] <= 844


def test_the_menu_of_a_telephone_opens_without_a_script(open_page: Callable[..., Any]) -> None:
    page = open_page(viewport=SMALL, java_script_enabled=False)
    page.goto("/")
    expect(page.get_by_role("navigation")).to_be_hidden()
    page.locator("summary", has_text="Menu").click()
    page.get_by_role("navigation").get_by_role("link", name="Open data").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Open data")


def test_the_first_tab_skips_to_the_content(open_page: Callable[..., Any]) -> None:
    page = open_page()
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Ga naar de inhoud")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_the_follow_page_tells_no_other_site_where_it_is(open_page: Callable[..., Any], melding: Melding) -> None:
    page = open_page()
    page.goto(f"/volg/{melding.follow_token}")
    with page.expect_request("**/taal/") as asked:
        page.get_by_role("button", name="English").click()
    assert "referer" not in asked.value.headers
    expect(page.get_by_role("heading", level=1)).to_contain_text("We received your report")
