"""Photos in a browser: chosen, shown, removed and sent, with and without JavaScript."""

import os
import re
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, Route, expect

from meldingen.attachments import preparing
from meldingen.attachments.attaching import attach
from meldingen.attachments.models import Photo
from meldingen.attachments.receiving import receive
from meldingen.attachments.tokens import token_of
from meldingen.demo.pictures import photograph
from meldingen.record.models import Melding
from tests.e2e.conftest import SMALL
from tests.e2e.test_melden import choose_buurt
from tests.meldingen.attachments.pictures import SVG, arrival, drawing, encoded, exif
from tests.sure import sure

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}
REMOVE = re.compile("Foto \\d weghalen")


@pytest.fixture
def pictures(tmp_path: Path) -> list[str]:
    """A hole, a lamp and a drawing that is none."""
    for name, content in (("gat.jpg", encoded(image=drawing(1200, 900), exif=exif(6))), ("lamp.jpg", encoded("PNG"))):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "tekening.jpg").write_bytes(SVG)
    return [str(tmp_path / name) for name in ("gat.jpg", "lamp.jpg", "tekening.jpg")]


def to_photos(page: Page) -> None:
    page.goto("/")
    page.get_by_label("Vertel het in uw eigen woorden").fill("Groot gat in de weg")
    page.get_by_role("main").get_by_role("button", name="Foto toevoegen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Foto's")


def prepare_all() -> None:
    for photo in Photo.objects.filter(state="waiting"):
        preparing.prepare(photo.pk)


def go_on(page: Page, name: str = "Volgende") -> None:
    page.get_by_role("main").get_by_role("button", name=name).click()


def to_the_end(page: Page) -> None:
    """From the page of photos, whatever is asked on the way."""
    while not page.get_by_role("button", name="Melding versturen").count():
        if page.get_by_label("Buurt").count():
            choose_buurt(page)
        unsure = page.get_by_role("button", name="Ik weet het niet")
        with page.expect_navigation():
            (unsure if unsure.count() else page.get_by_role("main").get_by_role("button", name="Volgende")).click()


def shown(page: Page, name: str, looks_well: Callable[[Page], None]) -> None:
    looks_well(page)
    look(page, name)


def look(page: Page, name: str) -> None:
    """Where SCREENSHOTS names a folder: what somebody sees there."""
    if folder := os.environ.get("SCREENSHOTS"):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 844})
            page.screenshot(path=f"{folder}/{name}-{width}.png", full_page=True)


def test_without_javascript_the_page_returns_with_the_list(open_page: Callable[..., Any], pictures: list[str]) -> None:
    page = open_page(java_script_enabled=False, viewport=SMALL)
    to_photos(page)
    page.get_by_label("Kies foto's").set_input_files(pictures[:2])
    go_on(page, "Deze foto's toevoegen")
    expect(page.get_by_role("button", name=REMOVE)).to_have_count(2)
    page.get_by_role("button", name="Foto 1 weghalen").click()
    expect(page.get_by_role("button", name=REMOVE)).to_have_count(1)
    page.get_by_label("Kies foto's").set_input_files(pictures[2])
    go_on(page)
    expect(page.get_by_role("alert").get_by_text("tekening.jpg")).to_be_visible()
    look(page, "zonder")
    prepare_all()
    to_the_end(page)
    expect(page.get_by_role("img", name="Foto 1 van 1")).to_be_visible()
    page.get_by_role("button", name="Melding versturen").click()
    assert Melding.objects.get().photos.count() == 1


def test_with_javascript_they_are_sent_one_by_one_and_shown(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], pictures: list[str]
) -> None:
    page = open_page(viewport=PHONE, has_touch=True)
    to_photos(page)
    shown(page, "leeg", looks_well)
    page.get_by_label("Kies foto's").set_input_files(pictures[:2])
    expect(page.get_by_text("Toegevoegd. De foto's gaan mee")).to_be_visible()
    expect(page.get_by_role("button", name=REMOVE)).to_have_count(2)
    prepare_all()
    expect(page.get_by_role("img", name="Foto 2 van 2")).to_be_visible()
    page.get_by_label("Kies foto's").set_input_files(pictures[2])
    expect(page.locator("#id_photos_error").get_by_text("tekening.jpg")).to_be_visible()
    shown(page, "twee", looks_well)
    to_the_end(page)
    expect(page.get_by_role("img", name=re.compile("Foto . van 2"))).to_have_count(2)
    shown(page, "controle", looks_well)
    go_on(page, "Melding versturen")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    page.goto(f"/volg/{Melding.objects.get().follow_token}")
    expect(page.get_by_role("img", name="Foto 1 van 2")).to_be_visible()
    shown(page, "volg", looks_well)


def test_a_photo_that_becomes_ready_shows_by_itself_after_sending(
    open_page: Callable[..., Any], pictures: list[str]
) -> None:
    page = open_page()
    to_photos(page)
    page.get_by_label("Kies foto's").set_input_files(pictures[:1])
    expect(page.get_by_role("button", name=REMOVE)).to_have_count(1)
    to_the_end(page)
    go_on(page, "Melding versturen")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    own = page.context.new_page()
    own.goto(f"/volg/{Melding.objects.get().follow_token}")
    expect(own.get_by_text("Wij maken hem klaar")).to_be_visible()
    prepare_all()
    for each in (page, own):
        expect(each.get_by_role("img", name="Foto 1 van 1")).to_be_visible()


def test_a_connection_that_is_lost_is_said_with_the_name(open_page: Callable[..., Any], pictures: list[str]) -> None:
    page = open_page()
    to_photos(page)
    page.route("**/melden/fotos", lambda route: route.fulfill(status=404, body="weg"))
    page.get_by_label("Kies foto's").set_input_files(pictures[:1])
    expect(page.locator("#id_photos_error").get_by_text("gat.jpg")).to_be_visible()
    assert not Photo.objects.exists()


def test_who_goes_on_while_photos_are_on_their_way_takes_them_along(
    open_page: Callable[..., Any], pictures: list[str]
) -> None:
    page = open_page()
    to_photos(page)
    page.get_by_label("Kies foto's").set_input_files(pictures[:2])
    go_on(page)
    expect(page.get_by_role("heading", level=1)).not_to_contain_text("Foto's")
    assert Photo.objects.count() == 2
    assert len(page.locator("input[name=photos]").get_attribute("value").split()) == 2


def test_the_place_in_a_photo_is_offered_and_only_then_known_to_the_form(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], tmp_path: Path
) -> None:
    photo = tmp_path / "gat.jpg"
    photo.write_bytes(photograph("gat-in-de-weg", 1, (5.577672, 52.442764), datetime(2026, 11, 20, tzinfo=UTC)))
    page = open_page()
    to_photos(page)
    page.get_by_label("Kies foto's").set_input_files(photo)
    expect(page.get_by_text("Toegevoegd. De foto's gaan mee")).to_be_visible()
    assert page.locator("input[name=latitude]").count() == 0
    shown(page, "plek", looks_well)
    page.get_by_role("button", name="Gebruik deze plek").click()
    expect(page.get_by_text("De plek van de foto is nu de speld")).to_be_focused()
    place = [page.locator(f"input[name={name}]").input_value() for name in ("latitude", "longitude")]
    assert place == ["52.442764", "5.577672"]


@pytest.mark.parametrize("name", ["lamp.jpg", "tekening.jpg"])
def test_a_photo_without_a_place_offers_none(open_page: Callable[..., Any], pictures: list[str], name: str) -> None:
    page = open_page()
    to_photos(page)
    page.get_by_label("Kies foto's").set_input_files([path for path in pictures if path.endswith(name)])
    expect(page.locator("#id_photos")).to_contain_text(re.compile(f"{name}|Toegevoegd"))
    expect(page.get_by_role("button", name="Gebruik deze plek")).to_be_hidden()


def test_what_is_chosen_before_the_scripts_came_is_sent_too(open_page: Callable[..., Any], pictures: list[str]) -> None:
    page = open_page()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/*.js", hold)
    page.goto("/", wait_until="commit")
    page.get_by_label("Vertel het in uw eigen woorden").fill("Groot gat in de weg")
    page.get_by_role("main").get_by_role("button", name="Foto toevoegen").click()
    page.get_by_label("Kies foto's").set_input_files(pictures[:1])
    page.unroute("**/*.js")
    for route in held:
        with suppress(Error):  # of the page before
            route.continue_()
    expect(page.get_by_role("button", name=REMOVE)).to_have_count(1)


def test_a_colleague_sees_them_beside_the_words(
    logged_in: Callable[[str], Page], melding: Melding, looks_well: Callable[[Page], None]
) -> None:
    form = uuid.uuid4()
    for number in (1, 3):
        content = photograph("fietswrak", number, (5.577672, 52.442764), datetime(2026, 11, 20, tzinfo=UTC))
        with closing(arrival(content)) as file:
            photo = receive(melding.municipality, form, file, sender=None)
        attach(melding, form, [token_of(photo)])
    prepare_all()
    page = logged_in("triage")
    for address in ("/beheer/", f"/beheer/meldingen/melding/{melding.pk}/change/"):
        page.goto(address)
        if address == "/beheer/":
            page.locator(f"a[href*='{melding.pk}']").first.click()
        expect(page.get_by_role("img", name="Foto 2 van 2")).to_be_visible()
        shown(page, f"desk-{len(address)}", looks_well)


def test_back_a_reload_and_going_on_later_keep_the_photo(open_page: Callable[..., Any], pictures: list[str]) -> None:
    page = open_page(viewport=PHONE)
    to_photos(page)
    page.get_by_label("Kies foto's").set_input_files(pictures[:1])
    removing, added = page.get_by_role("button", name=REMOVE), page.get_by_text("1 foto toegevoegd")
    expect(removing).to_have_count(1)
    go_on(page)
    expect(added).to_be_visible()
    page.go_back()
    expect(removing).to_have_count(1)
    page.reload()
    expect(removing).to_have_count(1)
    page.goto("/")
    page.get_by_role("button", name="Verder ermee").click()
    expect(removing).to_have_count(1)
    go_on(page)
    expect(added).to_be_visible()


def test_who_goes_back_to_the_words_goes_on_with_the_same_report(
    open_page: Callable[..., Any], pictures: list[str]
) -> None:
    page = open_page(viewport=PHONE)
    to_photos(page)
    page.get_by_label("Kies foto's").set_input_files(pictures[:1])
    expect(page.get_by_role("button", name=REMOVE)).to_have_count(1)
    page.go_back()
    expect(page.get_by_label("Vertel het in uw eigen woorden")).to_have_value("Groot gat in de weg")
    go_on(page, "Melding doen")
    expect(page.get_by_text("1 foto toegevoegd")).to_be_visible()


def test_without_javascript_the_first_page_of_photos_loaded_anew_has_them(
    open_page: Callable[..., Any], pictures: list[str]
) -> None:
    page = open_page(java_script_enabled=False, viewport=SMALL)
    to_photos(page)
    page.get_by_label("Kies foto's").set_input_files(pictures[:2])
    go_on(page, "Deze foto's toevoegen")
    expect(page.get_by_role("button", name=REMOVE)).to_have_count(2)
    page.go_back()
    page.reload()
    expect(page.get_by_role("button", name=REMOVE)).to_have_count(2)


def test_who_loads_the_page_anew_while_photos_are_on_their_way_reads_which_to_choose_again(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], pictures: list[str]
) -> None:
    page = open_page(viewport=PHONE)
    to_photos(page)
    page.route("**/melden/fotos", lambda _route: None)
    page.get_by_label("Kies foto's").set_input_files(pictures[:2])
    expect(page.get_by_text("Foto 1 van 2")).to_be_visible()
    page.unroute("**/melden/fotos")
    page.reload()
    expect(page.get_by_text("Kies deze nog een keer: gat.jpg, lamp.jpg.")).to_be_visible()
    shown(page, "opnieuw", looks_well)


def test_what_did_not_arrive_is_named_on_the_page_that_is_loaded_anew(
    open_page: Callable[..., Any], pictures: list[str]
) -> None:
    page = open_page(viewport=PHONE)
    to_photos(page)
    page.route("**/melden/fotos", lambda route: route.fulfill(status=404))
    page.get_by_label("Kies foto's").set_input_files(pictures[:2])
    expect(page.locator("#id_photos_error p")).to_have_count(2)
    page.unroute("**/melden/fotos")
    page.reload()
    expect(page.get_by_text("Kies deze nog een keer: gat.jpg, lamp.jpg.")).to_be_visible()


def test_on_a_telephone_what_was_added_is_seen_above_the_bar(
    open_page: Callable[..., Any], pictures: list[str]
) -> None:
    page = open_page(viewport=PHONE)
    to_photos(page)
    for name in pictures[:2]:
        page.locator("#id_photo_files").set_input_files(name)
        said = page.get_by_text("Toegevoegd. De foto's gaan mee")
        expect(said).to_be_visible()
        bar = sure(page.locator(".action-bar").bounding_box())["y"]
        for seen in (said, page.get_by_role("button", name=REMOVE).last):
            box = sure(seen.bounding_box())
            assert box["y"] >= 0
            assert box["y"] + box["height"] <= bar
    look(page, "photos-added")


@pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])
def test_photos_after_sending_are_seen_and_removed_before_they_go(
    open_page: Callable[..., Any], pictures: list[str], looks_well: Callable[[Page], None], script: bool
) -> None:
    page = open_page(viewport=PHONE, java_script_enabled=script)
    to_photos(page)
    to_the_end(page)
    go_on(page, "Melding versturen")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    page.goto(f"/volg/{Melding.objects.get().follow_token}/fotos")
    page.locator("#id_photo_files").set_input_files(pictures)
    if not script:
        go_on(page, "Deze foto's toevoegen")
    expect(page.locator("#id_photos_error")).to_contain_text("tekening.jpg")
    page.get_by_role("button", name=REMOVE).first.click()
    expect(page.get_by_role("button", name=REMOVE)).to_have_count(1)
    if script:
        shown(page, "volg-photos", looks_well)
    go_on(page, "Deze foto's sturen")
    expect(page.get_by_text("U voegde 1 foto toe.")).to_be_visible()
