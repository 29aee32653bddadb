"""The whole form by keys alone, and where the focus is on the way: always somewhere, seen, and behind nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from meldingen.places.models import Address
from meldingen.record.models import Melding
from tests.e2e.test_where import PHONE, WIDE, sheet

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
MOST_STOPS = 60
# What is wrong with the focus now; empty where nothing is. Of 25 places of the element one must be seen.
FOCUS = """() => {
  const it = document.activeElement;
  if (!it || it === document.body) return "lost";
  const look = getComputedStyle(it);
  const isDrawn = (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) > 0) || look.boxShadow !== "none";
  const box = it.getBoundingClientRect();
  const seen = [0.1, 0.3, 0.5, 0.7, 0.9].flatMap((y) => [0.1, 0.3, 0.5, 0.7, 0.9].map((x) => [x, y])).some(([x, y]) => {
    const on = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return on && (it === on || it.contains(on));
  });
  return `${isDrawn ? "" : "unmarked "}${seen ? "" : "hidden "}`.trim();
}"""


def assert_focus(page: Page) -> None:
    """A page that scrolls to it smoothly gets a moment."""
    for _moment in range(20):
        wrong = page.evaluate(FOCUS)
        if not wrong:
            return
        page.wait_for_timeout(50)
    what = page.evaluate("document.activeElement.outerHTML.slice(0, 200)")
    pytest.fail(f"{page.url}: focus is {wrong}: {what}")


def tab_to(page: Page, target: Locator) -> None:
    """By Tab alone, with a look at each stop."""
    expect(target).to_be_visible()
    for _stop in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert_focus(page)
        if target.evaluate("it => it === document.activeElement"):
            return
    pytest.fail(f"{page.url}: no way to {target} by Tab")


def heading(page: Page, words: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    page.wait_for_load_state()


def tell(page: Page) -> None:
    page.goto("/")
    tab_to(page, page.get_by_label("Vertel het in uw eigen woorden"))
    page.keyboard.type("De glascontainer puilt uit.")
    tab_to(page, page.get_by_role("main").get_by_role("button", name="Melding doen"))
    page.keyboard.press("Enter")


def choose_subject(page: Page) -> None:
    page.locator(".tiles").wait_for(state="attached")
    other = page.locator("summary", has_text="Iets anders")
    if other.count() and not page.locator(".tiles").is_visible():
        tab_to(page, other)
        page.keyboard.press("Enter")
    tab_to(page, page.locator(".tiles summary", has_text="Afval"))
    page.keyboard.press("Space")
    tab_to(page, page.locator(".tiles").get_by_role("button", name="Container vol of kapot"))
    page.keyboard.press("Space")


def say_where(page: Page) -> None:
    heading(page, "Waar is het?")
    page.locator(".map__area").first.wait_for(state="attached")
    tab_to(page, page.get_by_role("combobox"))
    page.keyboard.type("dorpsstraat 12")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert_focus(page)
    expect(sheet(page)).to_contain_text("Dorpsstraat 12")
    tab_to(page, page.get_by_role("button", name="Dit is de plek"))
    page.keyboard.press("Enter")


def read_thanks(page: Page) -> None:
    heading(page, "Bedankt. Wij gaan ermee aan de slag.")
    melding = Melding.objects.get()
    assert (melding.address.partition(",")[0], melding.place_source) == ("Dorpsstraat 12", "address")
    tab_to(page, page.get_by_role("button", name="Kenmerk kopiëren"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Gekopieerd")).to_be_focused()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.replace("-", "") == melding.reference
    tab_to(page, page.locator(".private-address"))


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["390", "1280"])
def test_a_melding_is_sent_by_keys_alone(
    open_page: Callable[..., Page], dorpsstraat: Address, size: dict[str, Any]
) -> None:
    page = open_page(viewport=size, permissions=["clipboard-read", "clipboard-write"])
    tell(page)
    choose_subject(page)
    say_where(page)
    heading(page, "Klopt dit?")
    tab_to(page, page.locator("#id_email"))
    page.keyboard.type("sam@example.org")
    tab_to(page, page.get_by_role("button", name="Melding versturen"))
    page.keyboard.press("Enter")
    read_thanks(page)


def test_on_a_telephone_the_map_fills_what_the_field_and_the_sheet_leave(
    open_page: Callable[..., Page], dorpsstraat: Address
) -> None:
    page = open_page(viewport=PHONE)
    tell(page)
    choose_subject(page)
    heading(page, "Waar is het?")
    page.locator(".map__area").first.wait_for(state="attached")
    canvas, below = (page.locator(each).bounding_box() for each in ("#kaart-vlak", "#plek"))
    assert canvas
    assert below
    assert canvas["width"] >= PHONE["width"] - 2
    assert canvas["height"] >= 280
    assert below["y"] <= canvas["y"] + canvas["height"] <= below["y"] + below["height"]


def test_the_front_page_shows_the_drawing_of_the_town_beside_the_box(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport=WIDE)
    page.goto("/")
    drawing = page.locator(".front__drawing svg")
    expect(drawing).to_be_visible()
    assert (drawing.bounding_box() or {"width": 0})["width"] > 300
