"""Where it is, in a browser: the map under its pin, addresses, objects and the place where somebody stands."""

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import Page, expect
from pytest_django import Settings

from meldingen.languages import Texts
from meldingen.management.commands.demo_town import FOLDER, load_streets, load_town
from meldingen.places import geo
from meldingen.places.addresses.spelling import key_of
from meldingen.places.models import Address, Area, Asset, AssetKind, Street
from meldingen.tenancy.models.municipality import Municipality
from tests.e2e.conftest import ROOT
from tests.e2e.test_melden import choose, choose_buurt, fill_what, finish, next_step
from tests.sure import sure

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
Open = Callable[..., Page]
Looks = Callable[[Page], None]
PHONE = {"width": 390, "height": 844}
WIDE = {"width": 1280, "height": 900}


@pytest.fixture
def spot(lindewaard: Municipality) -> Point:
    """A place with an address and two kinds of objects that have one number."""
    here = sure(Area.objects.of(lindewaard).filter(level="buurt").order_by("code").first())
    point, own = here.geometry.point_on_surface, {"municipality": lindewaard, "buurt": here}
    street = Street.objects.create(
        municipality=lindewaard, name="Dorpsstraat", place="Lindewaard", key=key_of("Dorpsstraat"),
        place_key=key_of("Lindewaard"), point=point,
    )  # fmt: skip
    Address.objects.create(**own, street=street, number=12, point=point)
    for slug, name, metres in (("bak-a", "Glasbak", 0), ("bak-b", "Papierbak", 8)):
        texts = {"name_texts": Texts(nl=name), "plural_texts": Texts(nl=name)}
        kind = AssetKind.objects.create(
            municipality=lindewaard, slug=slug, asked_by=["container-vol-of-kapot"], **texts
        )
        there = Point(point.x + metres, point.y, srid=point.srid)
        Asset.objects.create(**own, kind=kind, number="12", label=f"{name} Dorpsstraat", point=there)
    return point


def at_where(page: Page) -> None:
    fill_what(page)
    choose(page, "Afval", "Container vol of kapot")
    page.locator(".map__area").first.wait_for(state="attached")


def standing(point: Point, accuracy: float = 4) -> dict[str, Any]:
    longitude, latitude = geo.to_door(point)
    position = {"longitude": longitude, "latitude": latitude, "accuracy": accuracy}
    return {"geolocation": position, "permissions": ["geolocation"]}


def sheet(page: Page) -> Any:
    return page.locator("#kaart-stand")


def fill_pin(page: Page, point: Point) -> None:
    page.evaluate("document.getElementById('coordinaten').open = true")
    longitude, latitude = geo.to_door(point)
    page.locator("#id_longitude").fill(str(longitude))
    page.locator("#id_latitude").fill(str(latitude))
    page.locator("#id_longitude").focus()


@pytest.mark.parametrize("size", [PHONE, WIDE], ids=["390", "1280"])
def test_where_i_stand_is_said_with_its_precision_and_stored(
    open_page: Open, looks_well: Looks, spot: Point, size: dict[str, int]
) -> None:
    page = open_page(viewport=size, **standing(spot))
    at_where(page)
    page.get_by_role("button", name="Gebruik mijn locatie").click()
    expect(sheet(page)).to_have_text(re.compile(r"^Dorpsstraat 12, .+ · op 4 m nauwkeurig$"))
    looks_well(page)
    page.get_by_role("button", name="Dit is de plek").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt dit?")
    melding = finish(page)
    assert (melding.place_source, melding.precision, melding.address) == ("pin", 4, "Dorpsstraat 12, Lindewaard")
    assert melding.point.distance(spot) < 1


def test_without_leave_to_know_the_location_the_page_says_what_to_do(open_page: Open, looks_well: Looks) -> None:
    page = open_page(viewport=PHONE)
    at_where(page)
    page.get_by_role("button", name="Gebruik mijn locatie").click()
    expect(sheet(page)).to_contain_text("Typ een straat of sleep de kaart.")
    expect(page.get_by_role("main").get_by_role("button", name="Volgende")).to_be_visible()
    looks_well(page)


def test_a_location_that_is_two_kilometres_wrong_is_no_pin(open_page: Open, spot: Point) -> None:
    page = open_page(**standing(spot, accuracy=2000))
    at_where(page)
    page.get_by_role("button", name="Gebruik mijn locatie").click()
    expect(sheet(page)).to_contain_text("op ongeveer 2 km bekend")
    expect(page.locator("#id_latitude")).to_have_value("")


def test_while_the_server_of_the_tiles_is_down_the_page_says_so_and_goes_on(
    open_page: Open, looks_well: Looks, settings: Settings
) -> None:
    settings.TILES_URL = "/weg/{z}/{x}/{y}.png"
    page = open_page(viewport=PHONE)
    at_where(page)
    expect(page.get_by_text("De kaart kan nu niet helemaal getekend worden.")).to_be_visible()
    looks_well(page)
    choose_buurt(page)
    next_step(page, "Klopt dit?")
    finish(page)


def test_who_stands_in_the_neighbouring_town_reads_which_and_goes_there(open_page: Open, looks_well: Looks) -> None:
    town = load_town(FOLDER / "oosterveen")
    there = sure(Area.objects.of(town).filter(level="buurt").first()).geometry.point_on_surface
    page = open_page(**standing(there))
    at_where(page)
    page.get_by_role("button", name="Gebruik mijn locatie").click()
    expect(sheet(page)).to_contain_text("Dit ligt in Oosterveen.")
    assert "oosterveen" in str(sheet(page).get_by_role("link").get_attribute("href"))
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.locator("#elders")).to_contain_text("Meld het in Oosterveen")
    looks_well(page)


def test_the_map_moves_under_the_pin_and_too_far_out_asks_to_zoom(
    open_page: Open, looks_well: Looks, lindewaard: Municipality
) -> None:
    if os.environ.get("SCREENSHOT"):
        load_streets(lindewaard, FOLDER / "lindewaard")
    page = open_page(viewport=WIDE)
    at_where(page)
    box = sure(page.locator("#kaart-vlak").bounding_box())
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y + 10, steps=4)
    page.mouse.up()
    expect(sheet(page)).to_contain_text("Zoom nog iets in.")
    expect(page.locator("#id_latitude")).to_have_value("")
    page.mouse.click(x + 40, y - 30)  # goes there, and closer
    expect(sheet(page)).to_contain_text("m nauwkeurig")
    if os.environ.get("SCREENSHOT"):
        page.screenshot(path=ROOT / "docs" / "screenshot.png")
    looks_well(page)
    next_step(page, "Klopt dit?")
    melding = finish(page)
    assert melding.place_source == "pin"
    assert 0 < melding.precision <= geo.PRECISE


def test_the_keyboard_alone_puts_the_pin_and_hears_where_it_is(open_page: Open, lindewaard: Municipality) -> None:
    page = open_page()
    at_where(page)
    assert sheet(page).get_attribute("role") == "status"
    page.locator("#kaart-vlak").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Inzoomen")).to_be_focused()
    for _zoom in range(5):
        page.keyboard.press("Enter")
        page.wait_for_timeout(350)
    page.locator("#kaart-vlak").focus()
    page.keyboard.press("ArrowRight")
    expect(sheet(page)).to_contain_text("m nauwkeurig")
    before = page.locator("#id_longitude").input_value()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#id_longitude")).not_to_have_value(before)
    next_step(page, "Klopt dit?")


def test_the_last_choice_counts_and_the_page_says_so(open_page: Open, spot: Point) -> None:
    page = open_page()
    at_where(page)
    choose_buurt(page)
    expect(sheet(page)).to_contain_text("Alleen de buurt:")
    fill_pin(page, spot)
    expect(sheet(page)).to_contain_text("De buurt die u koos, telt niet meer.")
    expect(page.get_by_label("Buurt")).to_have_value("")
    page.locator("#id_place_text").press_sequentially("dorpsst", delay=20)
    page.get_by_role("option", name="Dorpsstraat, Lindewaard").wait_for()
    page.locator("#id_place_text").fill("Dorpsstraat 1")
    page.locator("#id_place_text").press_sequentially("2", delay=20)
    page.get_by_role("option", name="Dorpsstraat 12, Lindewaard").click()
    expect(sheet(page)).to_contain_text("Dit komt in de plaats van de plek")
    expect(page.locator("#id_latitude")).to_have_value("")
    page.get_by_label("Buurt").select_option(index=3)
    expect(sheet(page)).to_contain_text("Het adres dat u koos, telt niet meer.")
    expect(page.locator("#id_place_text")).to_have_value("")


def test_what_is_typed_after_a_choice_counts_and_the_sheet_follows(open_page: Open, spot: Point) -> None:
    page = open_page()
    at_where(page)
    box = page.get_by_role("combobox")
    box.fill("dorpsstraat 12")
    page.get_by_role("option", name="Dorpsstraat 12, Lindewaard").click()
    expect(page.get_by_role("button", name="Dit is de plek")).to_be_visible()
    box.fill("bij de brug")
    expect(sheet(page)).to_have_text("Het adres dat u koos, telt niet meer.")
    expect(page.get_by_role("button", name="Dit is de plek")).to_have_count(0)
    page.get_by_label("Nummer op de glasbak of de papierbak").fill("papierbak 12")
    page.keyboard.press("Tab")
    expect(sheet(page)).to_contain_text("Papierbak 12")
    box.fill("dorpsstraat 12")
    page.keyboard.press("Tab")
    expect(sheet(page)).to_contain_text("Het nummer dat u koos, telt niet meer.")
    expect(page.get_by_label("Nummer op de glasbak of de papierbak")).to_have_value("")
    next_step(page, "Klopt dit?")
    assert finish(page).place_source == "address"


def test_an_error_vanishes_when_a_pin_mends_it(open_page: Open, looks_well: Looks, spot: Point) -> None:
    page = open_page()
    at_where(page)
    page.locator("#id_place_text").fill("Nergensstraat 1")
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.locator("#id_place_text_error")).to_contain_text("Dit adres kennen wij niet.")
    page.locator(".map__area").first.wait_for(state="attached")
    looks_well(page)
    fill_pin(page, spot)
    expect(page.locator("#fouten")).to_have_count(0)
    expect(page.locator("#id_place_text_error")).to_have_count(0)
    next_step(page, "Klopt dit?")
    assert (melding := finish(page)).place_text == "Nergensstraat 1"
    assert melding.place_source == "pin"


def test_a_pin_outside_is_said_and_a_buurt_will_do(open_page: Open) -> None:
    page = open_page()
    at_where(page)
    fill_pin(page, Point(233000, 582000, srid=28992))
    expect(sheet(page)).to_contain_text("Deze plek ligt buiten onze gemeente.")
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.locator("#fouten")).to_be_visible()
    choose_buurt(page)
    next_step(page, "Klopt dit?")
    assert finish(page).place_source == "buurt"


def test_each_buurt_is_named_under_the_pin(open_page: Open, lindewaard: Municipality) -> None:
    page = open_page()
    at_where(page)
    for area in Area.objects.filter(municipality=lindewaard, level="buurt")[:3]:
        fill_pin(page, area.geometry.point_on_surface)
        expect(sheet(page)).to_contain_text(area.name)


def test_the_map_says_whose_the_borders_are(open_page: Open, lindewaard: Municipality) -> None:
    Area.objects.filter(municipality=lindewaard).update(attribution="Kadaster <b>/</b> CBS, 2025 (bewerkt)")
    page = open_page()
    at_where(page)
    expect(page.locator(".leaflet-control-attribution")).to_have_text("Kadaster <b>/</b> CBS, 2025 (bewerkt)")


def test_an_object_of_the_list_is_chosen_by_kind_and_number(open_page: Open, looks_well: Looks, spot: Point) -> None:
    page = open_page(viewport=PHONE, **standing(spot))
    at_where(page)
    page.locator("#id_asset").fill("12")
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.locator("#id_asset_error")).to_contain_text("Glasbak 12, Papierbak 12")
    looks_well(page)
    page.get_by_role("button", name="Gebruik mijn locatie").click()
    expect(page.locator("#objecten-lijst button")).to_have_text(["1 Glasbak 12 · 1 m", "2 Papierbak 12 · 8 m"])
    expect(page.locator(".map__object")).to_have_count(2)
    page.get_by_role("button", name="Papierbak 12").click()
    expect(sheet(page)).to_contain_text("Papierbak 12")
    next_step(page, "Klopt dit?")
    asset = finish(page).asset
    assert (asset.kind.slug, asset.number) == ("bak-b", "12")


def test_the_number_of_an_object_is_understood_in_the_field_of_the_place(open_page: Open, spot: Point) -> None:
    page = open_page(viewport=PHONE)
    at_where(page)
    page.get_by_role("combobox").fill("papierbak 12")
    page.get_by_role("option", name="Papierbak 12").click()
    expect(sheet(page)).to_contain_text("Papierbak 12")
    expect(page.get_by_role("combobox")).to_have_value("")
    next_step(page, "Klopt dit?")
    assert finish(page).asset.kind.slug == "bak-b"


def test_who_skips_the_number_of_the_object_has_its_room_for_the_map(open_page: Open, spot: Point) -> None:
    page = open_page(viewport=PHONE)
    at_where(page)
    page.get_by_label("Nummer op de glasbak of de papierbak").fill("99")
    canvas = page.locator("#kaart-vlak")
    before = sure(canvas.bounding_box())["y"]
    page.get_by_role("button", name="Sla over").click()
    expect(page.get_by_label("Nummer op de glasbak of de papierbak")).to_be_hidden()
    expect(canvas).to_be_focused()
    assert sure(canvas.bounding_box())["y"] < before
    choose_buurt(page)
    next_step(page, "Klopt dit?")


def test_a_street_without_a_number_is_still_on_the_map_when_its_number_is_asked(open_page: Open, spot: Point) -> None:
    page = open_page(viewport=PHONE)
    at_where(page)
    page.locator("#id_place_text").press_sequentially("Dorpss")
    page.get_by_role("option", name="Dorpsstraat, Lindewaard").click()
    expect(sheet(page)).to_contain_text("Vul het huisnummer aan")
    page.get_by_role("button", name="Volgende").click()
    expect(page.locator("#id_place_text_error")).to_contain_text("Dorpsstraat: welk huisnummer?")
    expect(sheet(page)).to_contain_text("Vul het huisnummer aan")


def test_who_comes_back_sees_the_pin_that_they_put(open_page: Open, spot: Point) -> None:
    page = open_page(**standing(spot, accuracy=9))
    at_where(page)
    page.get_by_role("button", name="Gebruik mijn locatie").click()
    expect(sheet(page)).to_contain_text("op 9 m nauwkeurig")
    next_step(page, "Klopt dit?")
    page.get_by_role("main").get_by_role("button", name="Terug").click()
    expect(sheet(page)).to_contain_text("op 9 m nauwkeurig")
    expect(page.get_by_role("button", name="Dit is de plek")).to_be_visible()
