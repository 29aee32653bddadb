"""The page on which somebody in danger is told to call, in a browser: on a telephone, and without JavaScript."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.test_melden import fill_what

pytestmark = pytest.mark.e2e
PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
CHILD, GAS, HAZARD = "Er ligt een kind in het water!", "Het ruikt hier naar gas", "Het putdeksel is weg"


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("text", "number"), [(CHILD, "112"), (GAS, "112"), (HAZARD, "140123")])
def test_the_number_to_call_is_in_sight_and_large_on_a_telephone(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], text: str, number: str, script: bool
) -> None:
    page = open_page(**PHONE, java_script_enabled=script)
    fill_what(page, text)
    button = page.get_by_role("main").locator("a[href^='tel:']").first
    expect(button).to_have_attribute("href", f"tel:{number}")
    box = button.bounding_box()
    assert box["height"] >= 48
    assert box["width"] >= 250
    assert box["y"] + box["height"] <= PHONE["viewport"]["height"]
    if script:
        looks_well(page)


@pytest.mark.parametrize("address", ["/", "/melden/"])
def test_112_is_in_sight_before_anything_is_typed(open_page: Callable[..., Any], address: str) -> None:
    page = open_page(**PHONE)
    page.goto(address)
    box = page.get_by_role("main").locator("a[href='tel:112']").first.bounding_box()
    assert box["height"] >= 44
    assert box["y"] + box["height"] <= PHONE["viewport"]["height"] / 2 + 100


def test_the_cursor_in_the_box_scrolls_nobody_past_112(open_page: Callable[..., Any]) -> None:
    page = open_page(viewport={"width": 390, "height": 664}, has_touch=True, is_mobile=True)
    page.goto("/melden/")
    expect(page.get_by_label("Uw melding")).to_be_focused()
    expect(page.get_by_role("main").locator("a[href='tel:112']").first).to_be_in_viewport()


def test_who_called_goes_on_and_reads_the_number_once_more(
    open_page: Callable[..., Any], looks_well: Callable[..., Any]
) -> None:
    page = open_page(**PHONE)
    fill_what(page, CHILD)
    page.get_by_role("button", name="Ik heb 112 gebeld: verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")
    page.locator("#alleen-buurt summary").click()
    page.get_by_label("Buurt").select_option(index=2)
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("main").locator("a[href='tel:112']").first).to_be_in_viewport()
    looks_well(page)
