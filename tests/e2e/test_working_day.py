"""A working day at the desk, from the first call to the list for the manager, on one page after another.

With SHOTS set to a folder, a picture of each stop is left there, as wide as a desk and as a telephone.
"""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django import Settings

from meldingen.categories.models import Category
from meldingen.exports import writing
from meldingen.exports.models import Export
from meldingen.places.models import Address
from meldingen.record.models import Melding
from tests.e2e.colleagues import copies, press
from tests.e2e.test_bulk import DESK, PHONE, done, snap

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
WASTE, LAMP, SPAM = "Zwerfafval bij bankje", "Lantaarn op de hoek", "Koop nu een zonnebril"


@pytest.fixture
def night(melding: Melding) -> None:
    """What came in since yesterday: 25 with a guess, 30 of one lamp, and a wave of spam."""
    lamp = Category.objects.get(municipality=melding.municipality, slug="lamp-brandt-niet")
    earlier = timezone.now() - timedelta(hours=3)
    copies(melding, (f"{WASTE} {number}." for number in range(25)), guess=True, category=None)
    copies(
        melding, (f"{LAMP} brandt niet, melding {number}." for number in range(30)), category=lamp, received_at=earlier
    )
    copies(melding, (f"{SPAM} {number}." for number in range(40)), category=None, received_at=earlier)


def stop(page: Page, name: str) -> None:
    """A look at where the colleague is."""
    for size in (PHONE, DESK):
        page.set_viewport_size(size)
        snap(page, f"day-{name}-{size['width']}")


def find(page: Page, words: str, number: int) -> None:
    page.goto("/beheer/")
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")
    expect(page.get_by_role("status")).to_contain_text(f"{number} meldingen gevonden")


def find_and_choose(page: Page, words: str, number: int, act: str) -> None:
    find(page, words, number)
    page.get_by_label(f"Kies alle {number}").check()
    page.get_by_role("button", name=act, exact=True).click()


def take_a_call(page: Page) -> None:
    page.goto("/beheer/")
    page.get_by_role("link", name="Telefoon opnemen").click()
    page.get_by_label("Wat zegt de beller?").fill("De glascontainer zit overvol.")
    page.get_by_label("Waar is het?").fill("Dorpsstraat 12")
    expect(page.locator(".telephone__look")).to_contain_text("Dorpsstraat 12")
    page.get_by_label("Telefoonnummer").fill("06 12345678")
    page.get_by_label("Categorie").select_option("container-vol-of-kapot")
    page.get_by_role("button", name="Melding opslaan").click()
    expect(page.get_by_role("status").get_by_text("Opgenomen")).to_be_visible()
    stop(page, "1-call")


def judge_by_keyboard(page: Page, number: int) -> None:
    """Each time the next one stands there by itself, until so many of the guesses are accepted."""
    page.goto("/beheer/?list=to-judge&sort=newest")
    while WASTE not in (page.locator(".pane-words").inner_text() if page.locator(".pane-words").count() else ""):
        press(page, "j")
        page.wait_for_load_state()
    for turn in range(number):
        expect(page.locator(".pane-words")).to_contain_text(f"{WASTE} {turn}.")
        press(page, "1")
    expect(page.locator(".pane-words")).to_contain_text(f"{WASTE} {number}.")
    stop(page, "2-judged")


def correct(page: Page, numbers: range) -> None:
    """What the guess has wrong: what follows from the other category is seen before it is stored."""
    for number in numbers:
        expect(page.locator(".pane-words")).to_contain_text(f"{WASTE} {number}.")
        page.locator("#recategorise_category").select_option(label="Zwerfafval")
        expect(page.locator(".foreseen .changes", has_text="Team")).to_have_count(1)
        stop(page, "3-foreseen")
        page.get_by_role("button", name="Categorie opslaan").click()
        expect(page.get_by_role("status").get_by_text("De categorie is opgeslagen")).to_be_visible()


def merge(page: Page) -> None:
    find_and_choose(page, LAMP, 30, "Samenvoegen")
    stop(page, "4-merge")
    page.get_by_role("button", name="30 meldingen samenvoegen").click()
    done()
    expect(page.get_by_text("30 meldingen zijn nu één").first).to_be_visible()


def turn_the_wave(page: Page) -> None:
    find_and_choose(page, SPAM, 40, "Spam")
    stop(page, "5-spam")
    page.get_by_role("button", name="Ja, 40 meldingen zijn spam").click()
    done()
    expect(page.get_by_text("40 meldingen zijn gesloten als spam").first).to_be_visible()


def undo(page: Page) -> None:
    """The wave was one of a shop that really stands there: all of it comes back."""
    page.get_by_role("button", name="Alles ongedaan maken").click()
    done()
    expect(page.get_by_text("40 zijn ongedaan gemaakt.")).to_be_visible()
    stop(page, "6-undone")


def export(page: Page) -> int:
    """The list as a file; how many rows it has."""
    page.goto("/beheer/?list=open")
    page.get_by_role("button", name="CSV").click()
    expect(page.get_by_role("heading", name="Uw bestand wordt gemaakt")).to_be_visible()
    with page.expect_download() as coming:
        writing.write(Export.objects.get().pk)
    lines = coming.value.path().read_text("utf-8-sig").splitlines()
    return sum(re.match("[0-9A-Z]{4}-?[0-9A-Z]{4}[;,]", line) is not None for line in lines)


def test_a_working_day(logged_in: Any, night: None, dorpsstraat: Address, settings: Settings) -> None:
    settings.UNDO_SECONDS = 120  # as on a running town
    page = logged_in("coordinator", viewport=DESK)
    take_a_call(page)
    judge_by_keyboard(page, 20)
    correct(page, range(20, 25))
    merge(page)
    turn_the_wave(page)
    undo(page)
    # The danger of yesterday, the call, 25, one lamp, and the wave that came back.
    assert export(page) == 1 + 1 + 25 + 1 + 40
    assert Melding.objects.filter(text__startswith=WASTE, category_by="staff").count() == 25
    assert Melding.objects.filter(lead__isnull=False).count() == 29
