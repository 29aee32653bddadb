"""Questions of a subject, and a subject that is not ours, in a browser: with and without JavaScript."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meldingen.questions.models import Reply
from meldingen.tenancy.models import Municipality
from tests.e2e.conftest import SMALL
from tests.e2e.test_melden import choose_buurt, fill_what, finish, next_step

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
Opens = Callable[..., Page]


def choose(page: Page, main: str, name: str) -> None:
    other = page.locator("summary", has_text="Iets anders")
    if other.count() and not page.locator(".tiles").is_visible():
        other.click()
    page.locator(".tiles summary", has_text=main).click()
    page.locator(".tiles").get_by_role("button", name=re.compile(name)).click()


def come_to(page: Page, main: str, name: str) -> None:
    """The page with the questions of this subject."""
    fill_what(page, "Er is hier iets mis.")
    choose(page, main, name)
    choose_buurt(page)
    next_step(page, "Weet u dit ook?")


@pytest.mark.parametrize("with_script", [True, False])
def test_what_the_bin_asks_is_answered_and_read_back(
    open_page: Opens, looks_well: Callable[[Page], None], with_script: bool
) -> None:
    page = open_page(viewport=SMALL, java_script_enabled=with_script)
    come_to(page, "Afval", "Prullenbak vol")
    if with_script:
        looks_well(page)
    page.get_by_label("Wat ligt er naast").fill("Drie zakken")
    page.get_by_label("Hij is vol").check()
    page.get_by_label("Er ligt afval naast").check()
    next_step(page, "Klopt dit?")
    expect(page.locator(".summary")).to_contain_text("Hij is vol; Er ligt afval naast")
    finish(page)
    page.locator("a.private-address").click()
    expect(page.locator(".summary")).to_contain_text("Drie zakken")
    assert Reply.objects.count() == 2


def test_what_must_be_answered_is_said_at_its_field(open_page: Opens, looks_well: Callable[[Page], None]) -> None:
    page = open_page(viewport=SMALL)
    come_to(page, "Verkeer", "Werk aan de weg")
    next_step(page, "Weet u dit ook?")
    expect(page.locator("#fouten")).to_be_focused()
    looks_well(page)
    page.locator("#fouten a").click()
    expect(page.locator("[id='id_vraag-weg-versperd']")).to_be_focused()
    page.get_by_label("Ja").check()
    expect(page.locator("[id='id_vraag-weg-versperd_error']")).to_be_hidden()
    next_step(page, "Klopt dit?")


def test_what_was_typed_before_leaving_is_there_again(open_page: Opens) -> None:
    page = open_page()
    come_to(page, "Afval", "Prullenbak vol")
    page.get_by_label("Wat ligt er naast").fill("Drie zakken")
    page.get_by_label("Hij is kapot").check()
    page.goto("/melden/")
    page.get_by_role("button", name="Verder ermee").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Weet u dit ook?")
    expect(page.get_by_label("Wat ligt er naast")).to_have_value("Drie zakken")
    expect(page.get_by_label("Hij is kapot")).to_be_checked()


@pytest.mark.parametrize("with_script", [True, False])
def test_what_is_not_ours_has_one_way_there_and_one_on(
    open_page: Opens, looks_well: Callable[[Page], None], lindewaard: Municipality, with_script: bool
) -> None:
    page: Any = open_page(viewport=SMALL, java_script_enabled=with_script)
    fill_what(page, "Er is hier iets mis.")
    choose(page, "Parkeren", "Laadpaal")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit is niet van ons")
    if with_script:
        looks_well(page)
    assert page.locator(".elsewhere a").get_attribute("href").startswith("https://laadpalen.")
    page.get_by_role("button", name="Toch hier melden").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")
