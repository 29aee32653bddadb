"""What residents come for, on a phone."""

import os
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from meldingen.demo.pictures import photograph
from tests.jobs.conftest import PHONE, Count
from tests.jobs.hands import Hands

pytestmark = pytest.mark.e2e
Impossible = Callable[[str], None]
CONTAINER = "De glascontainer puilt uit."
KNOWN = "Is dit al gemeld?"


def _next(resident: Hands, name: str = "Volgende") -> None:
    resident.tap(resident.page.get_by_role("main").get_by_role("button", name=name))


def _tell(resident: Hands, text: str) -> None:
    resident.open("/")
    resident.type(resident.page.get_by_label("Vertel het in uw eigen woorden"), text)
    _next(resident, "Melding doen")


def _choose(resident: Hands, name: str) -> None:
    """A suggestion, which is a button that goes on."""
    resident.tap(resident.page.locator(".offers").first.get_by_role("button", name=re.compile(name)))


def _leave_subject(resident: Hands) -> None:
    _next(resident, "Ik weet het niet")


def _follow(resident: Hands, name: str) -> None:
    resident.tap(resident.page.get_by_role("main").get_by_role("link", name=name))


def _say_where(resident: Hands, address: str = "") -> None:
    """A full address is typed and nothing else; who knows none chooses the buurt."""
    if address:
        resident.type(resident.page.get_by_label("Straat en huisnummer"), address)
    else:
        resident.tap(resident.page.get_by_text("Ik weet alleen de buurt"))
        resident.choose(resident.page.get_by_label("Buurt"), "Havenkwartier")
    _next(resident)
    expect(resident.page.get_by_role("heading", level=1)).not_to_have_text("Waar is het?")
    another = resident.page.get_by_role("button", name="Het is een andere")
    if another.is_visible():  # a page that only comes where the same is known near by: no tap of the job
        another.click()


def _report(resident: Hands, text: str = CONTAINER) -> None:
    """All steps, without an address or contact details."""
    _tell(resident, text)
    _leave_subject(resident)
    _say_where(resident)
    _next(resident, "Melding versturen")
    expect(resident.page.get_by_role("heading", level=1)).to_contain_text("Bedankt")


def _at_where(page: Page) -> None:
    page.goto("/melden/")
    page.get_by_label("Uw melding").fill(CONTAINER)
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    page.get_by_role("button", name="Ik weet het niet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")


def test_r1_full_container_with_an_address_and_mail(resident: Hands, count: Count) -> None:
    _tell(resident, CONTAINER)
    _choose(resident, "Container vol of kapot")
    _say_where(resident, "Thorbeckestraat 7")
    resident.type(resident.page.get_by_label(re.compile("E-mailadres")), "jo@voorbeeld.example")
    _next(resident, "Melding versturen")
    expect(resident.page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    count(resident)


def test_r2_broken_lamp_where_i_stand(window: Callable[..., Page], count: Count) -> None:
    here = {"latitude": 52.442764, "longitude": 5.577672}
    resident = Hands(window(**PHONE, geolocation=here, permissions=["geolocation"]))
    _tell(resident, "De lantaarnpaal is kapot.")
    resident.tap(resident.page.locator(".offers").first.get_by_role("button").first)
    _next(resident, "Gebruik mijn locatie")
    expect(resident.page.get_by_text(re.compile("m nauwkeurig"))).to_be_visible()
    _next(resident, "Dit is de plek")
    _next(resident, "Melding versturen")
    expect(resident.page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    count(resident)


def test_r3_hole_in_the_road_with_a_photo(resident: Hands, count: Count, tmp_path: Path) -> None:
    photo = tmp_path / "gat.jpg"
    photo.write_bytes(photograph("gat-in-de-weg", 1, (5.577672, 52.442764), datetime(2026, 11, 20, 10, tzinfo=UTC)))
    resident.open("/")
    resident.type(resident.page.get_by_label("Vertel het in uw eigen woorden"), "Groot gat in de weg")
    _next(resident, "Foto toevoegen")
    resident.choose_file(resident.page.get_by_label("Kies foto's"), photo)
    add = resident.page.get_by_role("button", name="Deze foto's toevoegen")
    if not add.is_visible():  # with JavaScript it is sent at once; without, it goes along with the next page
        expect(resident.page.get_by_role("button", name="Foto 1 weghalen")).to_be_visible()
    _next(resident)
    _choose(resident, "Gat of kuil in de weg")
    _say_where(resident, "Thorbeckestraat 7")
    _next(resident, "Melding versturen")
    expect(resident.page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    count(resident)
    resident.page.reload()
    expect(resident.page.get_by_role("img", name="Foto 1 van 1")).to_be_visible()


def test_r4_change_one_word_on_the_last_page(resident: Hands, count: Count) -> None:
    _tell(resident, CONTAINER)
    _leave_subject(resident)
    _say_where(resident)
    resident.begin()
    resident.tap(resident.page.get_by_role("button", name="Uw melding wijzigen"))
    resident.type(resident.page.get_by_label("Uw melding"), "De papiercontainer puilt uit.")
    send = resident.page.get_by_role("button", name="Melding versturen")
    while not send.count():
        with resident.page.expect_navigation():
            resident.tap(resident.page.get_by_role("main").locator("button[value=next]"))
    resident.tap(send)
    expect(resident.page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    count(resident)


def test_r5_child_in_the_water(resident: Hands, count: Count) -> None:
    _tell(resident, "Er ligt een kind in het water!")
    call = resident.page.get_by_role("main").locator("a[href='tel:112']").first
    expect(resident.page.locator("button[name=category]:not([value=''])")).to_have_count(0)
    first = resident.page.get_by_role("main").locator("a, button, input:not([type=hidden]), select").first
    assert first.get_attribute("href") == "tel:112"
    resident.begin()
    resident.tap(call)
    count(resident)


def _solve(window: Callable[..., Page], reference: str) -> None:
    """A colleague closes the melding as repaired."""
    page = window()
    page.goto("/beheer/login/")
    page.get_by_label("Gebruikersnaam").fill(os.environ["ADMIN_USER"])
    page.get_by_label("Wachtwoord").fill(os.environ["ADMIN_PASSWORD"])
    page.get_by_role("button", name="Inloggen").click()
    page.goto(f"/beheer/meldingen/melding/?q={reference}")
    page.get_by_role("link", name=reference).click()
    page.locator("#actie-close summary").click()
    page.locator("#close_outcome").select_option("solved/repaired")
    page.get_by_role("button", name="Melding sluiten").click()


def test_r6_it_is_not_solved(resident: Hands, window: Callable[..., Page], count: Count) -> None:
    _report(resident)
    reference = resident.page.locator(".reference").first.inner_text().replace("-", "").strip()
    address = resident.page.get_by_role("main").locator("a[href^='/volg/']").first.get_attribute("href")
    _solve(window, reference)
    resident.open(address or "")
    resident.begin()
    _follow(resident, "Nee, nog niet")
    _next(resident, "Nog kapot, of het ligt er nog")
    expect(resident.page.get_by_role("heading", level=1)).to_have_text("Wij hebben uw melding opnieuw opgepakt.")
    count(resident)


def test_r7_when_will_it_be_done(resident: Hands, count: Count) -> None:
    _tell(resident, CONTAINER)
    _choose(resident, "Container vol of kapot")
    _say_where(resident)
    _next(resident, "Melding versturen")
    resident.begin()
    expect(resident.page.locator(".ahead__one").last).to_contain_text(re.compile("Uiterlijk .*dag"))
    count(resident)
    resident.page.locator("a.private-address").click()
    expect(resident.page.get_by_text(re.compile("Wij verwachten dat dit uiterlijk .* klaar is"))).to_be_visible()


def _come_to_the_lamp(resident: Hands) -> None:
    """All that comes before a lamp by its number is looked up."""
    _tell(resident, "De lantaarnpaal brandt niet.")
    _choose(resident, "Lamp brandt niet")
    resident.type(resident.page.locator("input[name=asset]"), "L-0007")
    _next(resident)
    expect(resident.page.get_by_role("heading", level=1)).to_have_text(re.compile(f"{re.escape(KNOWN)}|Klopt dit"))


def test_r8_somebody_reported_it_already(resident: Hands, count: Count) -> None:
    page = resident.page
    heading = page.get_by_role("heading", level=1)
    _come_to_the_lamp(resident)
    if heading.inner_text() != KNOWN:  # the first who saw it
        _next(resident, "Melding versturen")
        expect(heading).to_contain_text("Bedankt")  # it is stored before that is said, and known from then on
        _come_to_the_lamp(resident)
    expect(heading).to_have_text(KNOWN)
    follow = page.get_by_role("button", name="Volg deze").first
    resident.begin()
    resident.tap(follow)
    resident.type(page.get_by_label("E-mailadres"), "buur@voorbeeld.example")
    _next(resident, "Mail mij")
    expect(page.get_by_role("heading", name="Kijk in uw mail")).to_be_visible()
    count(resident)


def test_r9_the_bin_is_full_in_english(window: Callable[..., Page], impossible: Impossible, count: Count) -> None:
    hands = Hands(window(**PHONE | {"locale": "en-GB"}))
    hands.open("/melden/")
    switch = hands.page.get_by_role("button", name="English")
    if switch.count():  # the browser's own language may have been followed
        switch.click()
    hands.begin()
    hands.type(hands.page.get_by_label("Your report"), "The bin is full")
    hands.tap(hands.page.get_by_role("main").get_by_role("button", name="Next"))
    suggestions = hands.page.locator("#id_category > .offers button")
    right = suggestions.filter(has_text="Litter bin")
    if not right.count():
        impossible("not among the suggestions for a report in English")
        return
    hands.tap(right)
    count(hands)


def test_r10_leave_half_way_and_come_back(window: Callable[..., Page], count: Count) -> None:
    page = window(**PHONE)
    _at_where(page)
    page.goto("/melden/")
    hands = Hands(page)
    hands.begin()
    hands.tap(page.get_by_role("button", name="Verder ermee"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")
    expect(page.locator("input[name=text]")).to_have_value(CONTAINER)
    count(hands)


def test_r11_add_something_or_withdraw(resident: Hands, count: Count) -> None:
    _report(resident)
    resident.page.get_by_role("main").locator("a[href^='/volg/']").first.click()
    resident.begin()
    _follow(resident, "Iets toevoegen")
    resident.type(resident.page.get_by_label("Wat wilt u toevoegen?"), "Het ligt er nu ook naast.")
    _next(resident, "Dit toevoegen")
    expect(resident.page.get_by_role("status")).to_contain_text("Wij hebben uw aanvulling")
    assert resident.counts["taps"] <= 3
    resident.begin()  # either of the two is the job: the one that takes more is counted
    _follow(resident, "Intrekken")
    resident.type(resident.page.get_by_label(re.compile("Wilt u zeggen waarom")), "Het is al weg.")
    _next(resident, "Melding intrekken")
    expect(resident.page.get_by_role("heading", level=1)).to_have_text("U hebt uw melding ingetrokken.")
    count(resident)


def test_r12_dangerous_but_nobody_hurt(resident: Hands, count: Count) -> None:
    _tell(resident, "Het putdeksel is weg, er zit een open put midden op de stoep.")
    call = resident.page.get_by_role("main").locator("a[href^='tel:']").first
    first = resident.page.get_by_role("main").locator("a, button, input:not([type=hidden]), select").first
    assert first.get_attribute("href") == "tel:140123"
    resident.begin()
    resident.tap(call)
    count(resident)
