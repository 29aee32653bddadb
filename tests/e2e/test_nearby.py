"""Somebody reported it already: the page in a browser, with and without JavaScript."""

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from meldingen.categories.models import Category
from meldingen.intake.placing import find_place
from meldingen.intake.submission import Submission
from meldingen.languages import Texts
from meldingen.nearby.models import Sighting
from meldingen.notifications.models import Recipient
from meldingen.places.models import Asset, AssetKind
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
HERE: dict[str, Any] = {"latitude": 52.4426, "longitude": 5.5776}


def lamp_out(where: Municipality, *, solved: bool = False, with_object: bool = True) -> Melding:
    """A lamp that is known at that place."""
    place = find_place(where, Submission(text="", **HERE))
    texts = Texts(nl="Lichtmast")
    kind, _made = AssetKind.objects.get_or_create(
        municipality=where, slug="lichtmast", defaults={"name_texts": texts, "plural_texts": texts}
    )
    about = {"kind": kind, "number": "0412", "point": place.point, "buurt": place.buurt}
    thing = Asset.objects.get_or_create(municipality=where, number="0412", defaults=about)[0] if with_object else None
    melding = Melding(
        municipality=where, text="Donker", point=place.point, place_source="pin", buurt=place.buurt, asset=thing,
        category=Category.objects.get(slug="lamp-brandt-niet"), category_by="staff", source="web",
        received_at=timezone.now(),
    )  # fmt: skip
    with transaction.atomic():
        lifecycle.receive(melding, actor=events.REPORTER)
        if solved:
            lifecycle.move(melding, "solved", actor=events.SWEEP)
    return melding


def come_to_it(page: Page) -> None:
    page.goto("/melden/")
    page.get_by_label("Uw melding").fill("De lantaarnpaal brandt niet")
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    page.get_by_role("button", name=re.compile("Lamp brandt niet")).first.click()
    page.get_by_text("Ik weet de coördinaten van de plek").click()
    page.get_by_label("Breedtegraad").fill(str(HERE["latitude"]))
    page.get_by_label("Lengtegraad").fill(str(HERE["longitude"]))
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Is dit al gemeld?")


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


@pytest.mark.parametrize("script", [True, False])
def test_two_taps_instead_of_a_report(
    open_page: Callable[..., Page], looks_well: Callable[[Page], None], lindewaard: Municipality, script: bool
) -> None:
    known = lamp_out(lindewaard)
    lamp_out(lindewaard, solved=True, with_object=False)
    page = open_page(java_script_enabled=script)
    come_to_it(page)
    if script:
        looks_well(page)
        picture(page, "nearby")
    page.get_by_role("button", name="Volg deze").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt, wij weten ervan")
    assert Sighting.objects.get().melding == known
    if script:
        looks_well(page)
        picture(page, "seen")
    page.get_by_label("E-mailadres").fill("buur@example.org")
    page.get_by_role("button", name="Mail mij").click()
    expect(page.get_by_role("heading", name="Kijk in uw mail")).to_be_visible()
    assert Recipient.objects.get(kind="follower").melding == known
    assert Melding.objects.count() == 2
    if script:
        looks_well(page)
        picture(page, "asked")


def test_another_one_goes_on_with_all_that_was_typed(open_page: Callable[..., Any], lindewaard: Municipality) -> None:
    lamp_out(lindewaard)
    page = open_page(java_script_enabled=False)
    come_to_it(page)
    page.get_by_role("button", name="Het is een andere").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt dit?")
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    assert Melding.objects.filter(text="De lantaarnpaal brandt niet").exists()
    assert not Sighting.objects.exists()
