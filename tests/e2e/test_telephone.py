"""Somebody is on the telephone: the page in a real browser, with scripts and without."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from meldingen.categories.models import Category
from meldingen.places.models import Address
from meldingen.record import events, lifecycle, references
from meldingen.record.models import Melding
from meldingen.tenancy.models.municipality import Municipality

pytestmark = pytest.mark.e2e
PAGE = "/beheer/telefoon/"
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
WORDS = "De glascontainer zit overvol, de flessen staan ernaast."


@pytest.fixture
def known(lindewaard: Municipality, dorpsstraat: Address) -> Melding:
    """The same container, reported this morning."""
    category = Category.objects.get(municipality=lindewaard, slug="container-vol-of-kapot")
    made = Melding(
        municipality=lindewaard, reference=references.new_reference(), follow_token=references.new_follow_token(),
        text="Glascontainer overvol, flessen ernaast.", buurt=dorpsstraat.buurt, point=dorpsstraat.point,
        place_source="pin", source="web", received_at=timezone.now(), category=category,
    )  # fmt: skip
    lifecycle.receive(made, actor=events.REPORTER)
    return made


def fill(page: Page) -> None:
    page.get_by_label("Wat zegt de beller?").fill(WORDS)
    page.get_by_label("Waar is het?").fill("Dorpsstraat 12")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_a_call_is_taken_on_one_page_and_ends_on_the_desk(logged_in: Any, dorpsstraat: Address, scripts: bool) -> None:
    page = logged_in("telephone", viewport=DESK, java_script_enabled=scripts)
    page.goto(PAGE)
    fill(page)
    if not scripts:
        page.get_by_role("button", name="Kijk wat past").click()
    expect(page.locator(".telephone__look")).to_contain_text("Dorpsstraat 12")
    page.get_by_label("Telefoonnummer").fill("06 12345678")
    page.get_by_label("Categorie").select_option("container-vol-of-kapot")
    page.get_by_role("button", name="Melding opslaan").click()
    expect(page.locator(".pane-words")).to_contain_text("glascontainer")
    expect(page.get_by_role("status").get_by_text("Opgenomen")).to_be_visible()


def test_what_was_typed_before_the_script_came_is_looked_at_too(logged_in: Any, dorpsstraat: Address) -> None:
    page, late = logged_in("telephone", viewport=DESK), []
    page.route("**/telephone*.js", lambda *route: late.extend(route[:1]))
    page.goto(PAGE, wait_until="commit")
    expect(page.get_by_label("Wat zegt de beller?")).to_be_focused()
    fill(page)
    late[0].continue_()
    expect(page.locator(".telephone__look")).to_contain_text("Dorpsstraat 12")


def test_what_is_likely_the_same_comes_while_somebody_types(logged_in: Any, known: Melding) -> None:
    page = logged_in("telephone", viewport=DESK)
    page.goto(PAGE)
    fill(page)
    page.get_by_label("Categorie").select_option("container-vol-of-kapot")
    page.get_by_role("button", name="Dit is dezelfde").click()
    expect(page.locator(".pane-head")).to_contain_text(known.reference)
    expect(page.get_by_role("status").first).to_contain_text("telt mee")


def test_danger_is_seen_while_somebody_types_and_asked_before_it_is_stored(
    logged_in: Any, dorpsstraat: Address
) -> None:
    page = logged_in("telephone", viewport=DESK)
    page.goto(PAGE)
    page.get_by_label("Wat zegt de beller?").fill("Er ligt een kind in het water bij de brug, help!")
    expect(page.locator(".call--now")).to_be_visible()
    page.get_by_label("Waar is het?").fill("Dorpsstraat 12")
    page.get_by_role("button", name="Melding opslaan").click()
    expect(page.get_by_role("alert")).to_contain_text("Zeg eerst of 112 is gebeld")
    page.get_by_label("112 is gebeld", exact=True).check()
    page.get_by_role("button", name="Melding opslaan").click()
    expect(page.locator(".pane-head")).to_contain_text("Spoed")


def test_an_error_goes_when_it_is_mended(logged_in: Any, dorpsstraat: Address) -> None:
    page = logged_in("telephone", viewport=DESK)
    page.goto(PAGE)
    page.get_by_role("button", name="Melding opslaan").click()
    expect(page.locator(".errornote a").first).to_be_visible()
    page.get_by_label("Wat zegt de beller?").fill("De lamp is kapot")
    expect(page.locator("#id_text.wrong, .errornote a[href='#id_text']")).to_have_count(0)
    page.get_by_label("Buurt").select_option(index=1)
    expect(page.locator(".errornote, .field.wrong")).to_have_count(0)


def test_it_is_done_by_keyboard_alone(logged_in: Any, dorpsstraat: Address) -> None:
    page = logged_in("telephone", viewport=DESK)
    page.goto(PAGE)
    page.keyboard.type(WORDS)
    page.keyboard.press("Tab")
    page.keyboard.type("Dorpsstraat 12")
    page.keyboard.press("Escape")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".pane-words")).to_contain_text("glascontainer")


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_it_looks_well(
    logged_in: Any, known: Melding, looks_well: Callable[[Page], None], viewport: dict[str, int]
) -> None:
    page = logged_in("telephone", viewport=viewport)
    page.goto(PAGE)
    looks_well(page)
    fill(page)
    page.get_by_label("Categorie").select_option("container-vol-of-kapot")
    expect(page.get_by_role("button", name="Dit is dezelfde")).to_be_visible()
    looks_well(page)
    page.goto(f"/beheer/telefoon/brief/{known.pk}/")
    looks_well(page)
    page.goto(f"/beheer/meldingen/melding/{known.pk}/afdrukken/")
    looks_well(page)
