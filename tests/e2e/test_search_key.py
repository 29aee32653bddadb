"""The key / goes to the search box, from whatever page of colleagues."""

from typing import Any

import pytest
from playwright.sync_api import expect

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def test_it_goes_to_the_box_of_the_page_or_of_the_inbox(logged_in: Any) -> None:
    page = logged_in("manager")
    for address in ("", "cijfers/", "instellingen/"):
        page.goto(f"/beheer/{address}")
        page.keyboard.press("/")
        expect(page.locator("#zoek")).to_be_focused()
        expect(page.locator("#zoek")).to_have_value("")


def test_it_is_off_with_the_other_keys_and_leaves_nothing_that_was_typed(logged_in: Any) -> None:
    page = logged_in("manager")
    page.goto("/beheer/collegas/uitnodigen/")
    page.get_by_label("E-mailadres").fill("nel@example.org")
    page.get_by_role("button", name="Uitnodiging versturen").focus()
    page.keyboard.press("/")
    assert page.url.endswith("/uitnodigen/")
    page.goto("/beheer/")
    page.locator("[data-keys] button").first.click()
    page.get_by_label("Gebruik sneltoetsen in deze browser").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("#zoek")).not_to_be_focused()
