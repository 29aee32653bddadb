"""What operators come for."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.jobs.blocks import ROOT
from tests.jobs.conftest import PHONE, WEB, Count
from tests.jobs.hands import Hands
from tests.jobs.test_docs import run

pytestmark = pytest.mark.e2e
Impossible = Callable[[str], None]


def test_o2_a_new_town_from_nothing_to_its_first_melding(window: Callable[..., Page], count: Count) -> None:
    run(ROOT / "docs" / "municipality.md")
    page = window(**PHONE, base_url=f"http://nieuwstad.localhost:{urlsplit(WEB).port}")
    page.goto("/melden/")
    page.get_by_label("Uw melding").fill("De lantaarnpaal op het plein is kapot.")
    forward = page.get_by_role("main").locator("button[value=next]")
    forward.click()
    page.get_by_role("button", name="Ik weet het niet").click()
    page.locator("#alleen-buurt summary").click()
    page.get_by_label("Buurt").select_option(index=1)
    forward.click()
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    hands = Hands(page)
    hands.counts["pages"] = 1
    count(hands)


def test_o3_what_is_broken_this_morning(colleague: Hands, count: Count) -> None:
    """One page; the mail of each morning is ticked once. The demonstration has a rule that is never tried."""
    colleague.open("/beheer/")
    colleague.begin()
    colleague.tap(colleague.page.get_by_role("link", name="Wat is er stuk"))
    expect(colleague.page.get_by_text(re.compile(r"Regel \d+ kan nooit aan de beurt komen"))).to_be_visible()
    expect(colleague.page.get_by_text(re.compile(r"Een mail over melding .* kwam terug")).first).to_be_visible()
    count(colleague)
