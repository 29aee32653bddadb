"""A place by its name, in a browser: the map opens on it and asks for the pin."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meldingen.places.addresses.spelling import key_of
from meldingen.places.models import Area, Landmark
from meldingen.tenancy.models import Municipality
from tests.e2e.conftest import SMALL
from tests.e2e.test_melden import finish, next_step
from tests.e2e.test_where import PHONE, WIDE, at_where, sheet
from tests.sure import sure

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
Open = Callable[..., Page]


@pytest.fixture
def buurt(lindewaard: Municipality) -> Area:
    """With a park in it that everybody knows."""
    here = sure(Area.objects.of(lindewaard).filter(level="buurt").order_by("code").first())
    park = here.geometry.point_on_surface.buffer(40)
    Landmark.objects.create(
        municipality=lindewaard, kind="groen", name="Stadspark", key=key_of("Stadspark"), geometry=park
    )
    return here


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["390", "1280"])
def test_the_map_opens_on_a_park_and_the_pin_counts(
    open_page: Open, looks_well: Any, buurt: Area, size: dict[str, int]
) -> None:
    page = open_page(viewport=size)
    at_where(page)
    page.get_by_role("combobox").press_sequentially("het stadsp")
    option = page.get_by_role("option", name="Stadspark")
    expect(option).to_contain_text(f"groen · {buurt.name}")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(sheet(page)).to_contain_text(f"Stadspark, {buurt.name}")
    expect(sheet(page)).to_contain_text("Beweeg de kaart tot de speld op de goede plek staat.")
    expect(page.locator("#id_buurt")).to_have_value(buurt.code)
    looks_well(page)
    page.screenshot(path=f"/tmp/residents-park-{size['width']}.png")
    page.locator("#kaart-vlak").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_role("button", name="Dit is de plek")).to_be_visible()
    expect(sheet(page)).not_to_contain_text("telt niet meer")
    next_step(page, "Klopt dit?")
    melding = finish(page)
    assert (melding.place_text, melding.place_source, melding.buurt) == ("Stadspark", "pin", buurt)


def test_in_a_low_window_what_may_be_meant_stands_above_the_sheet(open_page: Open, buurt: Area) -> None:
    page = open_page(viewport=SMALL)
    at_where(page)
    page.get_by_role("combobox").press_sequentially("stadsp")
    option = page.get_by_role("option", name="Stadspark")
    expect(option).to_be_visible()
    page.wait_for_timeout(600)  # it scrolls smoothly
    bottom, top = (sure(each.bounding_box()) for each in (option, sheet(page)))
    assert bottom["y"] + bottom["height"] <= top["y"]


def test_without_a_pin_its_neighbourhood_counts_until_something_else_is_typed(open_page: Open, buurt: Area) -> None:
    page = open_page()
    at_where(page)
    box = page.get_by_role("combobox")
    box.press_sequentially("stadspark")
    page.get_by_role("option", name="Stadspark").click()
    expect(page.locator("#id_buurt")).to_have_value(buurt.code)
    box.press_sequentially(" oost")
    expect(page.locator("#id_buurt")).to_have_value("")
    expect(sheet(page)).not_to_contain_text("Stadspark")
    box.fill("stadspark")
    page.get_by_role("option", name="Stadspark").click()
    next_step(page, "Klopt dit?")
    melding = finish(page)
    assert (melding.place_text, melding.point, melding.buurt) == ("Stadspark", None, buurt)
