"""Addresses of PDOK in the box of the form, and what it shows when nobody answers."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality
from tests import locatieserver
from tests.locatieserver import Locatieserver, address, street
from tests.sure import sure

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
AWAY = "Adressen zoeken kan nu niet. Zet de speld op de kaart, of beschrijf de plek en kies hieronder de buurt."


@pytest.fixture
def pdok(lindewaard: Municipality, settings: Any, limited: object) -> Iterator[Locatieserver]:
    lindewaard.address_source = "pdok"
    lindewaard.save()
    with locatieserver.running() as server:
        settings.LOCATIESERVER_URL = server.url
        yield server


@pytest.mark.parametrize("width", [1280, 390])
def test_an_address_is_chosen_and_one_line_says_when_that_cannot_be(
    open_page: Callable[..., Page], looks_well: Callable[[Page], None], pdok: Locatieserver, width: int
) -> None:
    here = sure(Area.objects.filter(level="buurt").first()).geometry.point_on_surface
    pdok.docs = [street("Dorpsstraat", here), address("Dorpsstraat", 12, here)]
    page = open_page(viewport={"width": width, "height": 844})
    page.goto("/melden/")
    page.get_by_label("Uw melding").fill("De glascontainer puilt uit.")
    page.get_by_role("button", name="Volgende").click()
    page.get_by_role("button", name="Ik weet het niet").click()
    box = page.get_by_label("Straat en huisnummer")
    box.press_sequentially("dorpsst", delay=20)
    page.get_by_role("option", name="Dorpsstraat 12, 3111 AB Stad").click()
    expect(box).to_have_value("Dorpsstraat 12, 3111 AB Stad")
    expect(page.get_by_text(AWAY)).to_be_hidden()
    pdok.body = b"<h1>Onderhoud</h1>"
    box.fill("")
    box.press_sequentially("kerkweg", delay=20)
    expect(page.get_by_text(AWAY)).to_be_visible()
    looks_well(page)
