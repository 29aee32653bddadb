"""The whole form in a browser, with and without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meldingen.categories.models import Category
from meldingen.record.models import Melding
from meldingen.tenancy.models.municipality import Municipality
from tests.e2e.conftest import SMALL

pytestmark = pytest.mark.e2e


def fill_what(page: Page, text: str = "De glascontainer puilt uit.") -> None:
    page.goto("/melden/")
    page.get_by_label("Uw melding").fill(text)
    page.get_by_role("button", name="Volgende").click()


def choose(page: Any, main: str, name: str) -> None:
    """A subject of the tiles, which are folded where something is suggested."""
    other = page.locator("summary", has_text="Iets anders")
    if other.count() and not page.locator(".tiles").is_visible():
        other.click()
    page.locator(".tiles summary", has_text=main).click()
    page.locator(".tiles").get_by_role("button", name=re.compile(name)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")


def leave_subject(page: Any) -> None:
    page.get_by_role("button", name="Ik weet het niet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")


def next_step(page: Any, heading: Any) -> None:
    page.get_by_role("main").locator("button[value=next]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def choose_buurt(page: Any) -> None:
    page.wait_for_load_state()  # what is folded may be read after what was waited for, and the click would fold it
    if not page.get_by_label("Buurt").is_visible():
        page.locator("#alleen-buurt summary").click()
    page.get_by_label("Buurt").select_option(index=2)


def finish(page: Any) -> Any:
    page.get_by_label(re.compile("E-mailadres")).fill("sam@example.org")
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt. Wij gaan ermee aan de slag.")
    return Melding.objects.get()


def test_without_javascript_a_resident_comes_from_start_to_the_follow_page(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], lindewaard: Municipality
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Vertel het in uw eigen woorden").fill("De glascontainer puilt uit.")
    page.get_by_role("main").get_by_role("button", name="Melding doen").click()
    choose(page, "Afval", "Container vol of kapot")
    expect(page.locator("#kaart")).to_be_hidden()
    choose_buurt(page)
    page.get_by_label(re.compile("Straat en huisnummer")).fill("Hoek Dorpsstraat")
    next_step(page, "Klopt dit?")
    melding = finish(page)
    assert (melding.place_source, melding.place_text) == ("address", "Hoek Dorpsstraat")
    assert melding.category == Category.objects.get(slug="container-vol-of-kapot")
    page.locator(".private-address").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wij hebben uw melding ontvangen")


def test_the_browsers_back_button_loses_nothing(open_page: Callable[..., Any]) -> None:
    page = open_page()
    fill_what(page)
    leave_subject(page)
    choose_buurt(page)
    next_step(page, "Klopt dit?")
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page.get_by_label("Uw melding")).to_have_value("De glascontainer puilt uit.")


def test_enter_in_a_field_goes_on_and_does_not_change_the_language(open_page: Callable[..., Any]) -> None:
    page = open_page()
    fill_what(page)
    leave_subject(page)
    choose_buurt(page)
    page.get_by_label(re.compile("Straat en huisnummer")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt dit?")


def test_the_language_changes_in_the_middle_and_nothing_is_lost(open_page: Callable[..., Any]) -> None:
    page = open_page()
    page.goto("/melden/")
    page.get_by_label("Uw melding").fill("Lamp kapot 🔦")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is the matter?")
    expect(page.get_by_label("Your report")).to_have_value("Lamp kapot 🔦")


def test_pressing_send_twice_makes_one_melding(open_page: Callable[..., Any]) -> None:
    page = open_page()
    fill_what(page)
    leave_subject(page)
    choose_buurt(page)
    next_step(page, "Klopt dit?")
    page.get_by_role("button", name="Melding versturen").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt. Wij gaan ermee aan de slag.")
    page.go_back()
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt. Wij gaan ermee aan de slag.")
    assert Melding.objects.count() == 1


@pytest.mark.parametrize("small", [False, True], ids=["desktop", "320px"])
def test_every_step_is_accessible_with_and_without_errors(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], small: bool
) -> None:
    page = open_page(viewport=SMALL) if small else open_page()
    page.goto("/melden/")
    expect(page.get_by_label("Uw melding")).to_have_css("border-top-width", "1px")
    looks_well(page)
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.locator("#fouten")).to_be_focused()
    expect(page.get_by_label("Uw melding")).to_have_css("border-top-width", "2px")
    looks_well(page)
    page.locator("#fouten a").click()
    expect(page.get_by_label("Uw melding")).to_be_focused()
    fill_what(page)
    looks_well(page)
    leave_subject(page)
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.locator("#fouten")).to_be_visible()
    looks_well(page)
    choose_buurt(page)
    next_step(page, "Klopt dit?")
    page.get_by_label(re.compile("E-mailadres")).fill("nee")
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.locator("#fouten")).to_be_visible()
    looks_well(page)
