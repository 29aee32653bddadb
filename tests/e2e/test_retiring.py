"""The tree of categories and the pages on which one or a team is retired, in a real browser."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meldingen.handling import bulk_tasks
from meldingen.handling.models import BulkAct
from meldingen.record.models import Melding
from meldingen.tenancy.models import Team

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
SIZES = [{"width": 1280, "height": 900}, {"width": 390, "height": 844}, {"width": 320, "height": 700}]
SHOTS = os.environ.get("SHOTS", "")  # a folder in which pictures of the pages are left


def snap(page: Page, name: str) -> None:
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"{name}.png")


@pytest.mark.parametrize("viewport", SIZES, ids=lambda size: str(size["width"]))
def test_the_tree_and_what_moves_look_well(
    logged_in: Any, melding: Melding, looks_well: Callable[[Page], None], viewport: dict[str, int]
) -> None:
    page, width = logged_in("manager", viewport=viewport), viewport["width"]
    team = Team.objects.filter(municipality=melding.municipality).first()
    for name, address in (
        ("tree", "/beheer/categorieen/"),
        ("category", f"/beheer/categorieen/{melding.category_id}/opheffen/"),
        ("team", f"/beheer/teams/{team.pk if team else 0}/opheffen/"),
    ):
        page.goto(address)
        snap(page, f"{name}-{width}")
        looks_well(page)


def test_a_category_is_retired_from_the_tree_without_scripts(logged_in: Any, melding: Melding) -> None:
    page = logged_in("manager", viewport=SIZES[0], java_script_enabled=False)
    page.goto("/beheer/categorieen/")
    name = melding.category.name if melding.category else ""
    page.get_by_role("link", name=f"Opheffen {name}", exact=True).click()
    page.get_by_label("Wat komt ervoor in de plaats?").select_option(index=2)
    page.get_by_role("button", name="Kijk eerst").click()
    snap(page, "sure")
    page.get_by_role("button", name="komt ervoor in de plaats").click()
    expect(page.get_by_text("0 van 1.")).to_be_visible()
    bulk_tasks.carry_out(BulkAct.objects.latest("pk").pk)
    page.get_by_role("link", name="Hoe ver is het nu?").click()
    expect(page.get_by_text("De opvolger kreeg 1 melding").first).to_be_visible()
    page.goto("/beheer/categorieen/")
    snap(page, "tree-after")
    expect(page.get_by_text("Niet in gebruik").first).to_be_visible()
