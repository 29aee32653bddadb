"""What was of the same kind near a melding, and another priority, in a real browser: on a desk and on a telephone."""

import os
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import ViewportSize, expect

from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from tests.e2e.colleagues import copies

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
SIZES: list[ViewportSize] = [{"width": 1280, "height": 800}, {"width": 390, "height": 844}]
SHOTS = os.environ.get("SHOTS", "")


@pytest.mark.parametrize("size", SIZES, ids=["desk", "telephone"])
def test_letters_of_the_list_stand_on_the_map_and_a_priority_is_foreseen(
    logged_in: Any, melding: Melding, size: ViewportSize
) -> None:
    made = copies(melding, ("Lamp brandt niet", "Weer donker"), category=melding.category, point=melding.point)
    with transaction.atomic():
        for one in made:
            lifecycle.move(lifecycle.lock(one.pk, one.municipality_id), "solved", actor=events.SWEEP)
    page = logged_in("triage", viewport=size)
    page.goto(f"/beheer/meldingen/melding/{melding.pk}/change/")
    expect(page.get_by_text("In een jaar 2 andere meldingen van deze soort")).to_be_visible()
    expect(page.locator("#kaart .place-letter")).to_have_count(2)
    page.get_by_text("Prioriteit wijzigen").click()
    act = page.locator("#actie-prioritise")
    act.get_by_label("Laag").check()
    expect(act.get_by_role("rowheader", name="Prioriteit")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"same-kind-{size['width']}.png", full_page=True)
