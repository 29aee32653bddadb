"""What is broken, in a real browser."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meldingen.notifications import bounces, verp
from meldingen.record.models import Melding
from meldingen.routing.models import RoutingRule
from meldingen.tenancy.models import Municipality
from tests.factories import mail_due
from tests.meldingen.notifications.reports import failure

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def broken(lindewaard: Municipality, melding: Melding, settings: Any) -> None:
    """A mail that came back, and a rule that is never tried; no clean-up runs and no broker answers."""
    settings.BOUNCE_ADDRESS = "bounce@mail.example"
    bounces.take(failure(verp.envelope_of(mail_due(melding.events.get()).pk)))
    first = RoutingRule.objects.order_by("position").first()
    assert first
    RoutingRule.objects.create(municipality=lindewaard, position=999, category=first.category, team=first.team)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_it_looks_well(
    logged_in: Any, broken: None, looks_well: Callable[[Page], None], viewport: dict[str, int]
) -> None:
    page = logged_in("manager", viewport=viewport)
    page.goto("/beheer/stuk/")
    looks_well(page)
    page.get_by_role("button", name="Mail mij elke ochtend").click()
    expect(page.get_by_role("button", name="Geen mail meer")).to_be_visible()
    looks_well(page)


def test_a_sentence_leads_to_what_mends_it(logged_in: Any, broken: None) -> None:
    page = logged_in("manager", viewport=DESK)
    page.goto("/beheer/")
    page.get_by_role("link", name="Wat is er stuk").click()
    page.get_by_role("link", name="Wijzig regel 999").click()
    page.get_by_role("link", name="Verwijderen").click()
    page.get_by_role("button", name="Ja").click()
    page.goto("/beheer/stuk/")
    expect(page.get_by_text("Regel 999")).to_have_count(0)
