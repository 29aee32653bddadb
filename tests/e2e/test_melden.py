"""The whole form in a browser, with and without JavaScript."""

import os
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import Page, expect

from meldingen.categories.models import Category
from meldingen.languages import Texts
from meldingen.places import geo
from meldingen.places.models import Area, Asset, AssetKind
from meldingen.record.models import Melding
from meldingen.tenancy.models.municipality import Municipality
from tests.e2e.conftest import ROOT, SMALL

pytestmark = pytest.mark.e2e


def fill_what(page: Page, text: str = "De glascontainer puilt uit.") -> None:
    page.goto("/melden/")
    page.get_by_label("Uw melding").fill(text)
    page.get_by_role("button", name="Volgende").click()


def choose(page: Any, main: str, name: str) -> None:
    """A subject of the tiles, which are folded where something is suggested."""
    other = page.locator("summary", has_text="Iets anders")
    if other.count() and not page.locator(".tiles").is_visible():
        other.click()
    page.locator(".tiles summary", has_text=main).click()
    page.locator(".tiles").get_by_role("button", name=re.compile(name)).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")


def leave_subject(page: Any) -> None:
    page.get_by_role("button", name="Ik weet het niet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")


def next_step(page: Any, heading: Any) -> None:
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def finish(page: Any) -> Any:
    page.get_by_label(re.compile("E-mailadres")).fill("sam@example.org")
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt, wij hebben uw melding")
    return Melding.objects.get()


def test_without_javascript_a_resident_comes_from_start_to_the_follow_page(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], lindewaard: Municipality
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_label("Vertel het in uw eigen woorden").fill("De glascontainer puilt uit.")
    page.get_by_role("main").get_by_role("button", name="Melding doen").click()
    choose(page, "Afval", "Container vol of kapot")
    expect(page.locator("#kaart")).to_be_hidden()
    page.get_by_label("Buurt").select_option(index=2)
    page.get_by_label(re.compile("Adres of omschrijving")).fill("Hoek Dorpsstraat")
    next_step(page, "Klopt dit?")
    melding = finish(page)
    assert (melding.place_source, melding.place_text) == ("address", "Hoek Dorpsstraat")
    assert melding.category == Category.objects.get(slug="container-vol-of-kapot")
    page.locator(".private-address").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wij hebben uw melding ontvangen")


def test_with_javascript_a_click_on_the_map_says_where_it_is(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], lindewaard: Municipality
) -> None:
    page = open_page()
    fill_what(page)
    leave_subject(page)
    page.locator(".map__area").first.wait_for()
    page.locator("#kaart-vlak").click()
    expect(page.locator("#kaart-stand")).to_contain_text(re.compile("De speld staat (in|bij):"))
    if os.environ.get("SCREENSHOT"):
        page.screenshot(path=ROOT / "docs" / "screenshot.png")
    looks_well(page)
    next_step(page, "Klopt dit?")
    melding = finish(page)
    assert melding.place_source == "pin"
    assert geo.locate(lindewaard, [melding.point]) == [geo.Located(melding.buurt_id, in_gemeente=True)]


def test_the_keyboard_alone_puts_the_pin(open_page: Callable[..., Any], lindewaard: Municipality) -> None:
    page = open_page()
    fill_what(page)
    leave_subject(page)
    page.locator(".map__area").first.wait_for()
    page.locator("#kaart-vlak").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Inzoomen")).to_be_focused()
    page.locator("#kaart-vlak").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(page.locator("#kaart-stand")).to_contain_text(re.compile("De speld staat (in|bij):"))
    page.get_by_role("button", name="Haal de speld weg").click()
    expect(page.locator("#id_latitude")).to_have_value("")


def test_a_pin_outside_is_said_while_the_town_stays_in_sight_and_a_buurt_will_do(
    open_page: Callable[..., Any], lindewaard: Municipality
) -> None:
    page = open_page()
    fill_what(page)
    leave_subject(page)
    page.evaluate("document.getElementById('coordinaten').open = true")
    page.locator("#id_latitude").fill("53.2")
    page.locator("#id_longitude").fill("6.5")
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.locator("#fouten")).to_be_visible()
    expect(page.locator("#kaart-stand")).to_have_text("Deze plek ligt buiten onze gemeente.")
    page.locator("#kaart-vlak").scroll_into_view_if_needed()
    middle = page.locator("#kaart-vlak").bounding_box()
    x, y = middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2
    assert "map__area" in page.evaluate("([x, y]) => document.elementFromPoint(x, y).getAttribute('class')", [x, y])
    page.get_by_label("Buurt").select_option(index=2)
    next_step(page, "Klopt dit?")
    assert finish(page).place_source == "buurt"


def test_the_map_and_the_server_agree_on_the_buurt(open_page: Callable[..., Any], lindewaard: Municipality) -> None:
    page = open_page()
    fill_what(page)
    leave_subject(page)
    page.locator(".map__area").first.wait_for()
    for area in Area.objects.filter(municipality=lindewaard, level="buurt")[:5]:
        middle: Point = area.geometry.point_on_surface
        longitude, latitude = geo.to_door(middle)
        page.evaluate("document.getElementById('coordinaten').open = true")
        page.locator("#id_longitude").fill(str(longitude))
        page.locator("#id_latitude").fill(str(latitude))
        page.locator("#id_longitude").focus()
        where = re.compile(rf"De speld staat (in|bij): (.*, )?{re.escape(area.name)}$")
        expect(page.locator("#kaart-stand")).to_have_text(where)


def test_the_map_says_whose_the_borders_are_and_which_buurt_a_pin_is_just_beside(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], lindewaard: Municipality
) -> None:
    Area.objects.filter(municipality=lindewaard).update(attribution="Kadaster <b>/</b> CBS, 2025 (bewerkt)")
    gemeente = Area.objects.get(municipality=lindewaard, level="gemeente").geometry
    west = min((corner for ring in gemeente[0].coords for corner in ring), key=lambda corner: corner[0])
    page = open_page()
    fill_what(page)
    leave_subject(page)
    expect(page.locator(".leaflet-control-attribution")).to_have_text("Kadaster <b>/</b> CBS, 2025 (bewerkt)")
    page.evaluate("document.getElementById('coordinaten').open = true")
    for metres, words in ((20, "De speld staat net naast:"), (80, "Deze plek ligt buiten onze gemeente.")):
        longitude, latitude = geo.to_door(Point(west[0] - metres, west[1], srid=28992))
        page.locator("#id_longitude").fill(str(longitude))
        page.locator("#id_latitude").fill(str(latitude))
        page.locator("#id_longitude").focus()
        expect(page.locator("#kaart-stand")).to_contain_text(words)
    looks_well(page)


def test_the_browsers_back_button_loses_nothing(open_page: Callable[..., Any]) -> None:
    page = open_page()
    fill_what(page)
    leave_subject(page)
    page.get_by_label("Buurt").select_option(index=2)
    next_step(page, "Klopt dit?")
    page.go_back()
    page.go_back()
    page.go_back()
    expect(page.get_by_label("Uw melding")).to_have_value("De glascontainer puilt uit.")


def test_enter_in_a_field_goes_on_and_does_not_change_the_language(open_page: Callable[..., Any]) -> None:
    page = open_page()
    fill_what(page)
    leave_subject(page)
    page.get_by_label("Buurt").select_option(index=2)
    page.get_by_label(re.compile("Adres of omschrijving")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt dit?")


def test_the_language_changes_in_the_middle_and_nothing_is_lost(open_page: Callable[..., Any]) -> None:
    page = open_page()
    page.goto("/melden/")
    page.get_by_label("Uw melding").fill("Lamp kapot 🔦")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What is the matter?")
    expect(page.get_by_label("Your report")).to_have_value("Lamp kapot 🔦")


def test_pressing_send_twice_makes_one_melding(open_page: Callable[..., Any]) -> None:
    page = open_page()
    fill_what(page)
    leave_subject(page)
    page.get_by_label("Buurt").select_option(index=2)
    next_step(page, "Klopt dit?")
    page.get_by_role("button", name="Melding versturen").dblclick()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt, wij hebben uw melding")
    page.go_back()
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bedankt, wij hebben uw melding")
    assert Melding.objects.count() == 1


@pytest.mark.parametrize("small", [False, True], ids=["desktop", "320px"])
def test_every_step_is_accessible_with_and_without_errors(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], small: bool
) -> None:
    page = open_page(viewport=SMALL) if small else open_page()
    page.goto("/melden/")
    expect(page.get_by_label("Uw melding")).to_have_css("border-top-width", "1px")
    looks_well(page)
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.locator("#fouten")).to_be_focused()
    expect(page.get_by_label("Uw melding")).to_have_css("border-top-width", "2px")
    looks_well(page)
    page.locator("#fouten a").click()
    expect(page.get_by_label("Uw melding")).to_be_focused()
    fill_what(page)
    looks_well(page)
    leave_subject(page)
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.locator("#fouten")).to_be_visible()
    looks_well(page)
    page.get_by_label("Buurt").select_option(index=2)
    next_step(page, "Klopt dit?")
    page.get_by_label(re.compile("E-mailadres")).fill("nee")
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.locator("#fouten")).to_be_visible()
    looks_well(page)


@pytest.fixture
def bins(lindewaard: Municipality) -> tuple[str, str]:
    """Two kinds with one number, at one place: its longitude and latitude."""
    here = Area.objects.of(lindewaard).filter(level="buurt").first()
    point = here.geometry.point_on_surface
    for slug, name in (("bak-a", "Glasbak"), ("bak-b", "Papierbak")):
        texts = {"name_texts": Texts(nl=name), "plural_texts": Texts(nl=name)}
        kind = AssetKind.objects.create(
            municipality=lindewaard, slug=slug, asked_by=["container-vol-of-kapot"], **texts
        )
        Asset.objects.create(municipality=lindewaard, kind=kind, number="12", point=point, buurt=here)
    longitude, latitude = geo.to_door(point)
    return f"{longitude:.6f}", f"{latitude:.6f}"


def test_an_object_of_the_list_is_chosen_by_kind_and_number(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], bins: tuple[str, str]
) -> None:
    page = open_page(viewport={"width": 390, "height": 844})
    fill_what(page)
    choose(page, "Afval", "Container vol of kapot")
    page.locator("#id_asset").fill("12")
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    expect(page.locator("#id_asset_error")).to_contain_text("Glasbak 12, Papierbak 12")
    looks_well(page)
    page.locator("#coordinaten summary").click()
    for name, degrees in zip(("longitude", "latitude"), bins, strict=True):
        page.locator(f"#id_{name}").fill(degrees)
    page.locator("#id_latitude").blur()
    page.wait_for_timeout(600)  # the map goes there
    page.locator("#kaart-midden").click()
    page.get_by_role("button", name="Papierbak 12").click()
    expect(page.locator("#id_asset")).to_have_value("Papierbak 12")
    next_step(page, "Klopt dit?")
    asset = finish(page).asset
    assert (asset.kind.slug, asset.number) == ("bak-b", "12")
