"""The page that asks what it is about, and what comes after a choice, in a browser."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from meldingen.record.models import Melding
from meldingen.routing import prediction
from meldingen.tenancy.models import Municipality
from tests.e2e.conftest import SMALL
from tests.e2e.test_melden import choose, choose_buurt, fill_what, leave_subject
from tests.learned import CONTAINER, learn_words
from tests.sure import sure

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
PHONE: ViewportSize = {"width": 390, "height": 844}
WORDS = {
    "afval|container-vol-of-kapot": "container vol overvol zit klep papierbak glasbak puilt",
    "afval|afval-gedumpt": "bankstel matras koelkast grofvuil gedumpt wasmachine stoep",
}
LONG = "Burgemeesterwethouderraadslidsecretarisplantsoenwegstraatlaanpleinkadesingel"
# WCAG 1.4.12, and letters of 200 %.
SPACED = (
    "* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }"
    "p { margin-block-end: 2em !important; }"
)
LARGE = "html { font-size: 200% !important; }"


@pytest.fixture
def taught(lindewaard: Municipality) -> None:
    """A model that knows containers from dumped waste, and nobody is audited."""
    prediction.forget_models()
    learn_words(lindewaard, WORDS)


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_one_tap_on_a_suggestion_goes_on(
    open_page: Callable[..., Page], looks_well: Callable[..., Any], taught: None, script: bool
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=script)
    fill_what(page, CONTAINER)
    expect(page.get_by_role("heading", level=1)).to_have_text("Gaat het hierover?")
    expect(page.get_by_role("blockquote")).to_have_text(CONTAINER)
    offer = page.get_by_role("button", name=re.compile("Container vol of kapot"))
    expect(offer).to_be_in_viewport(ratio=1)
    if script:
        looks_well(page)
    offer.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")
    expect(page.locator(".advice")).to_contain_text("Container vol of kapot")


def test_the_last_choice_counts_and_the_page_says_so(
    open_page: Callable[..., Page], looks_well: Callable[..., Any], taught: None
) -> None:
    page = open_page(viewport=PHONE)
    fill_what(page, CONTAINER)
    page.get_by_role("button", name=re.compile("Container vol of kapot")).click()
    page.get_by_role("button", name="Iets anders kiezen").click()
    expect(page.locator(".kept")).to_contain_text("U koos Container vol of kapot. Kiest u hieronder iets anders?")
    looks_well(page)
    page.locator("summary", has_text="Iets anders").click()
    page.locator("summary", has_text="Straatverlichting").click()
    looks_well(page)
    choose(page, "groen", "Onkruid")
    page.locator("#alleen-buurt summary").click()
    page.get_by_label("Buurt").select_option(index=2)
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    assert sure(Melding.objects.get().category).slug == "onkruid"


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_two_things_become_two_reports_and_one_stays_one(
    open_page: Callable[..., Page], looks_well: Callable[..., Any], script: bool
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=script)
    fill_what(page, "De lamp is uit en de prullenbak zit vol")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wij lezen twee dingen")
    if script:
        looks_well(page)
    page.get_by_role("button", name="Maak er twee van").click()
    expect(page.get_by_role("blockquote")).to_have_text("De lamp is uit")
    leave_subject(page)
    choose_buurt(page)
    page.get_by_role("main").locator("button[value=next]").click()
    expect(page.locator(".summary")).to_contain_text("de prullenbak zit vol")
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    expect(page.get_by_text("Het kenmerk van uw tweede melding is:")).to_be_visible()
    if script:
        looks_well(page)
    assert [melding.text for melding in Melding.objects.order_by("pk")] == ["De lamp is uit", "de prullenbak zit vol"]


def test_from_the_last_page_one_next_returns(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE)
    fill_what(page)
    leave_subject(page)
    page.locator("#alleen-buurt summary").click()
    page.get_by_label("Buurt").select_option(index=2)
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    page.get_by_label(re.compile("E-mailadres")).fill("sam@example.org")
    page.get_by_role("button", name="Uw melding wijzigen").click()
    box = page.get_by_role("textbox", name="Uw melding")  # the button that was pressed has the same label
    expect(box).to_be_focused()
    box.fill("De papiercontainer puilt uit.")
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt dit?")
    expect(page.get_by_label(re.compile("E-mailadres"))).to_have_value("sam@example.org")


def test_an_error_goes_when_it_is_mended(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE)
    fill_what(page, "")
    expect(page.locator("#fouten")).to_be_focused()
    page.get_by_label("Uw melding").fill("De lamp is kapot")
    expect(page.locator("#fouten")).to_have_count(0)
    expect(page.get_by_label("Uw melding")).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_text_error")).to_have_count(0)


def test_a_field_that_mends_another_tells_so(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=PHONE)
    fill_what(page)
    leave_subject(page)
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.locator("#id_place_text_error")).to_be_visible()
    page.evaluate("document.dispatchEvent(new CustomEvent('mended', { detail: 'id_place_text' }))")
    expect(page.locator("#id_place_text_error, #fouten")).to_have_count(0)


def assert_nothing_lies_beside(page: Page) -> None:
    """At 320 pixels, with wide letters, and with letters of 200 % on a telephone."""
    for size, style in ((SMALL, ""), (SMALL, SPACED), (PHONE, LARGE)):
        page.set_viewport_size(size)
        page.evaluate(
            "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s]; }", style
        )
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= size["width"], f"{page.title()} is {wide} wide with “{style[:20]}”"
    page.evaluate("document.adoptedStyleSheets = []")


def test_nothing_scrolls_sideways_whatever_is_typed(open_page: Callable[..., Page], lindewaard: Municipality) -> None:
    page = open_page(viewport=PHONE)
    fill_what(page, f"{LONG}{LONG} {LONG}")
    assert_nothing_lies_beside(page)
    page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true })")
    assert_nothing_lies_beside(page)
    choose(page, "Water", "Vuil, kroos")
    page.locator("#alleen-buurt summary").click()
    page.get_by_label("Buurt").select_option(index=2)
    page.get_by_label(re.compile("Straat en huisnummer")).fill(f"{LONG} 123, {LONG}")
    assert_nothing_lies_beside(page)
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    page.get_by_label(re.compile("E-mailadres")).fill(f"{LONG[:60]}@{LONG[:50]}")
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.locator("#fouten")).to_be_visible()
    assert_nothing_lies_beside(page)
    page.get_by_label(re.compile("E-mailadres")).fill("")
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    assert_nothing_lies_beside(page)


BROKEN_WORDS = """
() => [...document.querySelectorAll(".offer__name, .subjects__one span, .utrecht-button")].flatMap((each) => {
  const text = [...each.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
  return text ? [...text.data.matchAll(/[^\\s-]+/g)].filter(({ 0: word, index }) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1;
  }).map(([word]) => word) : [];
})
"""


def test_no_word_of_a_choice_breaks_at_320(open_page: Callable[..., Page], taught: None) -> None:
    page = open_page(viewport=SMALL)
    page.goto("/")
    assert page.evaluate(BROKEN_WORDS) == []
    fill_what(page, CONTAINER)
    expect(page.locator(".offer--sure, .offer").first).to_be_visible()
    page.get_by_text("Iets anders").click()
    for tile in page.locator("details.tile > summary").all():
        tile.click()
        assert page.evaluate(BROKEN_WORDS) == []
