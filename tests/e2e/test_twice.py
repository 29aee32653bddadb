"""What was reported more than once, as colleagues see it; and what is known, on the map of the town."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from meldingen.categories.models import Category
from meldingen.places.models import Area
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.tenancy.models import Membership, Municipality
from tests.e2e.test_nearby import picture
from tests.factories import PASSWORD, UserFactory, reporter_of

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
WORDS = (
    "De lamp is uit",
    "Lantaarnpaal doet het niet, het is hier donker",
    "lamp brandt niet meer",
    "Donker op de hoek",
)


@pytest.fixture
def lamps(lindewaard: Municipality) -> list[Melding]:
    """Four reports of one lamp, of yesterday and the day before."""
    buurt = Area.objects.filter(municipality=lindewaard, level="buurt").order_by("code")[3]
    centre = buurt.geometry.point_on_surface
    made = []
    with transaction.atomic():
        for number, words in enumerate(WORDS):
            melding = Melding(
                municipality=lindewaard, text=words, buurt=buurt, place_source="pin", source="web",
                point=Point(centre.x + 4 * number, centre.y, srid=centre.srid), category_by="staff",
                category=Category.objects.get(slug="lamp-brandt-niet"),
                received_at=timezone.now() - timedelta(days=2, hours=number), deadline=timezone.now(),
            )  # fmt: skip
            lifecycle.receive(melding, actor=events.REPORTER)
            reporter_of(melding, f"melder{number}@example.org")
            made.append(melding)
    return made


def log_in(page: Page, where: Municipality, melding: Melding) -> None:
    user = UserFactory.create(username="collega-triage")
    Membership.objects.create(user=user, municipality=where, role="triage")
    page.goto(f"/beheer/meldingen/melding/{melding.pk}/change/")
    page.get_by_label("Gebruikersnaam").fill(user.username)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()


@pytest.mark.parametrize("script", [True, False])
def test_four_reports_become_one_in_two_clicks(
    open_page: Callable[..., Page], looks_well: Callable[[Page], None], lindewaard: Municipality, lamps: list[Melding],
    script: bool,
) -> None:  # fmt: skip
    page = open_page(java_script_enabled=script)
    log_in(page, lindewaard, lamps[0])
    expect(page.get_by_role("group", name=re.compile("waarschijnlijk over hetzelfde"))).to_be_visible()
    if script:
        looks_well(page)
        picture(page, "likely")
    boxes = page.locator(".likely input[type=checkbox]")
    assert [boxes.nth(number).is_checked() for number in range(3)].count(True) == 1
    for number in range(3):
        boxes.nth(number).check()
    page.get_by_role("button", name="Voeg de aangevinkte hierbij…").click()
    expect(page.get_by_text(re.compile("3 melders krijgen een mail"))).to_be_visible()
    if script:
        looks_well(page)
        picture(page, "merge")
    page.get_by_role("button", name="Samenvoegen").click()
    expect(page.locator(".merged")).to_contain_text(lamps[1].reference)
    assert set(Melding.objects.filter(lead=lamps[3])) == set(lamps[:3])  # the oldest leads
    if script:
        looks_well(page)
        picture(page, "merged")


def test_the_town_shows_what_is_known(
    open_page: Callable[..., Page], looks_well: Callable[[Page], None], lamps: list[Melding]
) -> None:
    page = open_page()
    page.goto("/kaart/")
    expect(page.locator(".spot").first).to_be_visible()
    looks_well(page)
    picture(page, "map")
    page.locator(".spot").first.click(force=True)
    expect(page.locator(".leaflet-popup")).to_contain_text("Lamp brandt niet")


def test_a_row_of_the_list_opens_its_pin(open_page: Callable[..., Page], lamps: list[Melding]) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    page.goto("/kaart/")
    expect(page.locator(".spot").first).to_be_visible()
    row = page.locator("a[data-spot]").last
    row.click()
    expect(page.locator(".leaflet-popup")).to_contain_text("Lamp brandt niet")
    expect(page.locator(".leaflet-popup")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(row).to_be_focused()


def test_the_list_is_there_without_javascript(open_page: Callable[..., Page], lamps: list[Melding]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/kaart/?onderwerp=lamp-brandt-niet")
    expect(page.locator(".town-map__spot")).to_have_count(len(WORDS))
    expect(page.locator("#stadskaart")).to_be_hidden()
