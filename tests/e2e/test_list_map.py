"""The map of a worklist in a real browser, with and without scripts; and a walk through its pages."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone
from playwright.sync_api import Page, expect

from meldingen.handling import mapping
from meldingen.record import events, lifecycle, references
from meldingen.record.models import Melding
from tests.e2e.colleagues import press

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}
SMALL = {"width": 320, "height": 640}
MAP = "/beheer/?list=open&map=on"


@pytest.fixture
def some(melding: Melding) -> list[Melding]:
    """A few more of its kind, a little further each."""
    made = []
    point = melding.point or melding.buurt.geometry.point_on_surface
    for number in range(6):
        one = Melding.objects.get(pk=melding.pk)
        one.pk, one.reference, one.follow_token = None, references.new_reference(), references.new_follow_token()
        one.text, one.priority, one.danger, one.received_at = f"Bank {number} stuk", 2, "", timezone.now()
        one.point = Point(point.x + 40 * number, point.y + 25 * number, srid=point.srid)
        lifecycle.receive(one, actor=events.REPORTER)
        made.append(one)
    return made


@pytest.mark.parametrize("viewport", [DESK, PHONE, SMALL], ids=["desk", "phone", "small"])
def test_it_looks_well(
    logged_in: Any, some: list[Melding], looks_well: Callable[[Page], None], viewport: dict[str, int]
) -> None:
    page = logged_in("triage", viewport=viewport)
    for address in (MAP, f"{MAP}&melding={some[0].pk}", f"/beheer/meldingen/melding/{some[0].pk}/change/?list=open"):
        page.goto(address)
        page.wait_for_load_state("networkidle")
        looks_well(page)


def test_a_group_opens_and_a_point_opens_its_melding(
    logged_in: Any, some: list[Melding], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mapping, "SPOTS", 3)
    page = logged_in("triage", viewport=DESK)
    page.goto(MAP)
    page.locator(".list-map-mark.is-group").first.click()
    expect(page).to_have_url(re.compile(r"map=\d+_"))
    monkeypatch.setattr(mapping, "SPOTS", 30)
    page.locator(".leaflet-control-zoom-out").click()
    page.locator(".map-spots a:not([data-zoom])").first.click()
    expect(page.locator(".pane-words")).to_be_visible()
    page.get_by_role("link", name="Naar de kaart").click()
    expect(page.locator(".list-map-mark").first).to_be_visible()


def test_without_scripts_the_drawing_has_the_same_marks(logged_in: Any, some: list[Melding]) -> None:
    page = logged_in("triage", viewport=PHONE, java_script_enabled=False)
    page.goto("/beheer/?list=open")
    page.get_by_role("link", name="Kaart", exact=True).click()
    expect(page.locator(".list-map-spot")).to_have_count(page.locator(".map-spots li").count())
    page.get_by_role("link", name="Inzoomen").click()
    expect(page).to_have_url(re.compile(r"map=\d+_"))


def test_a_list_is_walked_by_keyboard_on_the_pages_of_its_meldingen(logged_in: Any, some: list[Melding]) -> None:
    page = logged_in("triage", viewport=DESK)
    page.goto(f"/beheer/meldingen/melding/{some[-1].pk}/change/?list=open&sort=newest")
    expect(page.locator(".melding-steps")).to_contain_text("2 van 7")
    press(page, "j")
    expect(page.locator(".melding-steps")).to_contain_text("3 van 7")
    press(page, "k")
    expect(page.locator(".melding-steps")).to_contain_text("2 van 7")
