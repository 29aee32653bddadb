"""Many at once in a real browser: on a desk, on a telephone, and without scripts."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from meldingen.handling import bulk_tasks
from meldingen.handling.models import BulkAct
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from tests.e2e.colleagues import copies
from tests.factories import reporter_of

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
DESK: ViewportSize = {"width": 1280, "height": 800}
PHONE: ViewportSize = {"width": 390, "height": 844}
SHOTS = os.environ.get("SHOTS", "")  # a folder in which pictures of the pages are left


def snap(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png")


@pytest.fixture
def sixty(melding: Melding) -> list[Melding]:
    """More than a page of reports of one street's lamps; a few of their reporters left an address."""
    texts = (f"Lantaarn {number} in onze straat brandt niet, het is erg donker." for number in range(60))
    made = copies(melding, texts, deadline=timezone.now() + timedelta(days=3))
    for number, one in enumerate(made):
        if number % 10 == 0:
            reporter_of(one, f"melder{number}@example.org")
    return made


def done() -> None:
    """What a worker does."""
    bulk_tasks.carry_out(BulkAct.objects.latest("pk").pk)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "none"])
def test_what_is_ticked_is_closed_after_a_look(logged_in: Any, sixty: list[Melding], scripts: bool) -> None:
    page = logged_in("triage", viewport=DESK, java_script_enabled=scripts)
    page.goto("/beheer/?list=open")
    bar = page.locator(".bulk-bar")
    expect(bar).to_be_hidden()
    for number in (2, 3, 4):
        page.locator(".row-item", has_text=f"Lantaarn {number} in").get_by_role("checkbox").check()
    expect(bar).to_be_visible()
    snap(page, f"ticked-{scripts}")
    bar.get_by_role("button", name="Sluiten").click()
    expect(page.get_by_role("heading", name="3 meldingen sluiten")).to_be_visible()
    page.get_by_label("Hoe liepen ze af?").select_option("solved/repaired")
    page.get_by_role("button", name="3 meldingen sluiten").click()
    expect(page.get_by_text("0 van 3.")).to_be_visible()
    snap(page, f"busy-{scripts}")
    done()
    if not scripts:
        page.get_by_role("link", name="Hoe ver is het nu?").click()
    expect(page.get_by_text("3 meldingen zijn gesloten").first).to_be_visible()
    assert Melding.objects.filter(state="solved").count() == 3


def test_a_click_with_shift_ticks_all_between(logged_in: Any, sixty: list[Melding]) -> None:
    page = logged_in("triage", viewport=DESK)
    page.goto("/beheer/?list=open")
    ticks = page.locator(".row-item").get_by_role("checkbox")
    ticks.nth(1).click()
    ticks.nth(5).click(modifiers=["Shift"])
    expect(page.locator(".bulk-number")).to_have_text("5")
    ticks.nth(3).click(modifiers=["Shift"])  # unticked, and what lies between it and the one before
    expect(page.locator(".bulk-number")).to_have_text("2")


def test_ticks_are_kept_from_page_to_page(logged_in: Any, sixty: list[Melding]) -> None:
    page = logged_in("triage", viewport=DESK)
    page.goto("/beheer/?list=open")
    page.locator(".row-item", has_text="Lantaarn 2 in").get_by_role("checkbox").check()
    page.get_by_role("link", name="Volgende pagina").click()
    expect(page.locator(".bulk-number")).to_have_text("1")
    page.locator(".row-item", has_text="Lantaarn 55 in").get_by_role("checkbox").check()
    expect(page.locator(".bulk-number")).to_have_text("2")
    page.locator(".bulk-bar").get_by_role("button", name="Team").click()
    expect(page.get_by_role("heading", name="2 meldingen aan een team geven")).to_be_visible()
    page.goto("/beheer/?list=open")  # who looks and goes back has ticked nothing in vain
    expect(page.locator(".bulk-number")).to_have_text("2")
    page.locator(".bulk-bar").get_by_role("button", name="Team").click()
    page.get_by_label("Team").select_option(index=1)
    page.get_by_role("button", name="2 meldingen aan dit team geven").click()
    page.goto("/beheer/?list=open")
    expect(page.locator(".bulk-bar")).to_be_hidden()


def test_the_whole_list_becomes_one_and_is_taken_apart_again(logged_in: Any, sixty: list[Melding]) -> None:
    page = logged_in("triage", viewport=DESK)
    page.goto("/beheer/?list=open&state=new")
    page.get_by_label("Kies alles van deze lijst").check()
    page.locator(".bulk-bar").get_by_role("button", name="Samenvoegen").click()
    snap(page, "merge")
    page.get_by_role("button", name="61 meldingen samenvoegen").click()
    done()
    expect(page.get_by_text("61 meldingen zijn nu één").first).to_be_visible()
    snap(page, "merged")
    page.get_by_role("button", name="Alles ongedaan maken").click()
    done()
    expect(page.get_by_text("61 zijn ongedaan gemaakt.")).to_be_visible()
    assert not Melding.objects.filter(lead__isnull=False).exists()


def test_who_chooses_all_sees_all_ticked_and_all_but_one_is_not_all(logged_in: Any, sixty: list[Melding]) -> None:
    page = logged_in("triage", viewport=DESK)
    page.goto("/beheer/?list=open")
    whole, boxes = page.get_by_label("Kies alles van deze lijst"), page.locator(".row-item .row-tick input")
    boxes.nth(1).check()
    whole.check()
    assert boxes.count() > 2
    assert all(box.is_checked() for box in boxes.all())
    boxes.nth(0).uncheck()
    expect(whole).not_to_be_checked()
    expect(page.locator(".bulk-number")).to_have_text(str(boxes.count() - 1))


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_choosing_looks_well(
    logged_in: Any, sixty: list[Melding], looks_well: Callable[[Page], None], viewport: dict[str, int]
) -> None:
    page, width = logged_in("coordinator", viewport=viewport), viewport["width"]
    with transaction.atomic():
        lifecycle.move(sixty[7], "solved", actor=events.SWEEP)
    page.goto("/beheer/?list=open")
    for number in (1, 2, 10):
        page.locator(".row-item", has_text=f"Lantaarn {number} in").get_by_role("checkbox").check()
    snap(page, f"bar-{width}")
    looks_well(page)
    for act in ("Spam", "Team", "Categorie", "Samenvoegen", "Sluiten"):
        page.goto("/beheer/?list=all")
        page.get_by_label("Kies alles van deze lijst").check()
        page.locator(".bulk-bar").get_by_role("button", name=act).click()
        snap(page, f"draft-{act}-{width}")
        looks_well(page)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_following_looks_well(
    logged_in: Any, sixty: list[Melding], looks_well: Callable[[Page], None], viewport: dict[str, int]
) -> None:
    page, width = logged_in("coordinator", viewport=viewport), viewport["width"]
    page.goto("/beheer/?list=open")
    page.get_by_label("Kies alles van deze lijst").check()
    page.locator(".bulk-bar").get_by_role("button", name="Spam").click()
    page.get_by_role("button", name="Ja, 61 meldingen zijn spam").click()
    looks_well(page)
    done()
    page.reload()
    snap(page, f"log-{width}")
    looks_well(page)
    for address in ("/beheer/tegelijk/", "/beheer/spam/"):
        page.goto(address)
        snap(page, f"{address.strip('/').replace('/', '-')}-{width}")
        looks_well(page)
