"""The inbox in a real browser: on a desk, on a telephone, and without scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from pytest_django import Settings

from meldingen.record.models import Melding
from meldingen.tenancy.models.municipality import Municipality
from tests.e2e.colleagues import copies, press

pytestmark = pytest.mark.e2e
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def twenty(lindewaard: Municipality, melding: Melding) -> list[Melding]:
    """More than fit on a screen, each like the first but for when it came, with a guess of its category."""
    texts = (f"Zwerfafval bij bankje nummer {number}, al een hele week lang." for number in range(20))
    return copies(melding, texts, guess=True, category=None)


def test_sixteen_rows_are_seen_at_once(logged_in: Any, twenty: list[Melding]) -> None:
    page = logged_in("triage", viewport=DESK)
    page.goto("/beheer/")
    boxes = [row.bounding_box() for row in page.locator(".row").all()]
    seen = [box for box in boxes if box["y"] >= 0 and box["y"] + box["height"] <= DESK["height"]]
    assert {box["height"] for box in boxes} == {44}
    assert len(seen) >= 16


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_it_looks_well(
    logged_in: Any,
    twenty: list[Melding],
    looks_well: Callable[[Page], None],
    viewport: dict[str, int],
) -> None:
    page = logged_in("triage", viewport=viewport)
    for address in (
        "/beheer/", f"/beheer/?list=to-judge&melding={twenty[3].pk}", "/beheer/?list=mine",
        "/beheer/?list=open&state=new&deadline=late", "/beheer/filters/",
    ):  # fmt: skip
        page.goto(address)
        page.wait_for_load_state("networkidle")
        looks_well(page)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_a_guess_is_accepted_and_the_next_opens_beside_the_list(
    logged_in: Any,
    twenty: list[Melding],
    scripts: bool,
) -> None:
    page = logged_in("triage", viewport=DESK, java_script_enabled=scripts)
    page.goto("/beheer/")
    page.locator(".row", has_text="bankje nummer 0").click()
    expect(page.locator(".pane-words")).to_contain_text("nummer 0")
    page.locator(".guesses button").first.click()
    expect(page.locator(".pane-words")).to_contain_text("nummer 1,")
    expect(page.get_by_role("status").first).to_contain_text("Laatste:")
    expect(page.locator(".row[aria-current]")).to_contain_text("nummer 1,")


def test_on_a_telephone_a_card_opens_instead_of_the_list_and_leads_back(
    logged_in: Any,
    twenty: list[Melding],
) -> None:
    page = logged_in("triage", viewport=PHONE)
    page.goto("/beheer/")
    page.locator(".row", has_text="bankje nummer 2").click()
    expect(page.locator(".rows")).to_be_hidden()
    page.get_by_role("link", name="Naar de lijst").click()
    expect(page.locator(".row", has_text="bankje nummer 2")).to_be_visible()


def test_when_all_is_judged_the_next_worklist_is_a_button(logged_in: Any, melding: Melding) -> None:
    page = logged_in("triage", viewport=DESK)
    page.goto(f"/beheer/?list=to-judge&melding={melding.pk}")
    page.locator(".guesses button").first.click()
    expect(page.get_by_text("Alles beoordeeld. Mooi.")).to_be_visible()
    page.get_by_role("link", name="Alle open (1)").click()
    expect(page.locator(".row")).to_have_count(1)


def test_it_goes_by_keyboard(logged_in: Any, twenty: list[Melding], settings: Settings) -> None:
    settings.UNDO_SECONDS = 120  # as on a running town: what is told at once is not undone
    page = logged_in("triage", viewport=DESK)
    page.goto("/beheer/?list=to-judge&sort=newest")
    press(page, "j")
    expect(page.locator(".pane-words")).to_contain_text("scheef")  # the first: the danger
    press(page, "j")
    expect(page.locator(".pane-words")).to_contain_text("nummer 0,")
    press(page, "Enter")
    expect(page.locator(".pane-words")).to_contain_text("nummer 1,")
    press(page, "u")
    expect(page.locator(".pane-words")).to_contain_text("nummer 0,")
    expect(page.get_by_text("Ongedaan gemaakt.", exact=False).first).to_be_visible()
    press(page, "s")
    expect(page.locator("#close_outcome")).to_be_focused()
    page.locator("body").evaluate("document.activeElement.blur()")
    press(page, "k")
    expect(page.locator(".pane-words")).to_contain_text("scheef")


def test_focus_follows_the_row_that_a_key_opened_and_b_goes_to_the_acts(logged_in: Any, twenty: list[Melding]) -> None:
    page = logged_in("triage", viewport=DESK)
    page.goto("/beheer/?list=to-judge&sort=newest")
    press(page, "j")
    expect(page.locator(".pane-words")).to_contain_text("scheef")
    expect(page.locator(".row[aria-current]")).to_be_focused()
    page.keyboard.press("x")
    page.keyboard.press("b")
    expect(page.locator("#velen button[value=close]")).to_be_focused()


def test_shortcut_keys_are_shown_and_can_be_switched_off(
    logged_in: Any, twenty: list[Melding], looks_well: Callable[[Page], None]
) -> None:
    page = logged_in("triage", viewport=DESK)
    page.goto(f"/beheer/?list=to-judge&melding={twenty[0].pk}")
    page.keyboard.press("?")
    looks_well(page)
    page.get_by_label("Gebruik sneltoetsen in deze browser").uncheck()
    page.get_by_role("button", name="Lijst sluiten").click()
    page.reload()
    page.keyboard.press("1")
    expect(page.locator(".guesses kbd").first).to_be_hidden()
    assert Melding.objects.get(pk=twenty[0].pk).category_id is None


def test_two_colleagues_on_one_list_never_have_the_same_before_them(logged_in: Any, twenty: list[Melding]) -> None:
    pages = [logged_in(role, viewport=DESK) for role in ("triage", "coordinator")]
    words = []
    for page in pages:
        page.goto("/beheer/?list=to-judge")
        page.get_by_role("button", name="Begin bij de eerste").click()
    for _turn in range(3):
        for page in pages:
            expect(page.locator(".pane-words")).to_be_visible()
            words.append(page.locator(".pane-words").inner_text())
            page.locator(".guesses button").first.click()
            expect(page.locator(".last")).to_be_visible()
    assert len(set(words)) == 6


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_what_the_box_finds_looks_well(
    logged_in: Any, twenty: list[Melding], looks_well: Callable[[Page], None], viewport: dict[str, int]
) -> None:
    page = logged_in("triage", viewport=viewport)
    page.goto("/beheer/")
    page.get_by_role("searchbox").fill("bankje")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("20 meldingen gevonden")
    looks_well(page)
    page.get_by_role("searchbox").fill("xyzzy")
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Niets gevonden")
    looks_well(page)
