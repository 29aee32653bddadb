"""Every public page for residents in each of its states, as it comes without a script: accessible, and within its
window also with large letters and much space between them.
"""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page

from meldingen.handling import triage
from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.places.areas import buurten
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality
from tests.e2e.test_pages import OUTSIDE
from tests.factories import MembershipFactory

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}
LONG = "Langewoordzonderspatie" * 6
# WCAG 1.4.12
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }"""
# A sheet that a policy of styles does not forbid.
ADOPT = "css => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css); document.adoptedStyleSheets = [sheet]; }"
WAYS = (
    "button:text-is('Volgende')",
    "button:has-text('weet het niet')",
    "form:not([action^='/taal']) button.utrecht-button--primary-action",
)
TEXTS = (
    "De lamp is kapot", "Ik maak bezwaar tegen het besluit", "De lamp is stuk en er ligt een matras", "Wespen",
)  # fmt: skip
Snap = Callable[[str], None]


@pytest.fixture
def open_one(lindewaard: Municipality) -> Melding:
    text = f"De lamp voor de deur doet het niet. {LONG}"
    return submit(lindewaard, Submission(text=text, buurt_code=buurten(lindewaard)[0].code, phone="06 00 123456"))


@pytest.fixture
def solved_one(lindewaard: Municipality) -> Melding:
    said = Submission(text="Bak vol", buurt_code=buurten(lindewaard)[0].code, email="sam@example.org")
    melding = submit(lindewaard, said)
    actor = MembershipFactory.create(municipality=lindewaard).user
    triage.close(triage.Case(melding_id=melding.pk, municipality=lindewaard, actor=actor), "solved", "Geleegd.")
    return melding


def go_on(page: Page) -> bool:
    """Press what leads on: the big button, else the one for who does not know; whether there was one."""
    main = page.locator("main")
    for way in WAYS:
        button = main.locator(way).first
        if button.count() and button.is_visible():
            button.click()
            page.wait_for_load_state()
            return True
    return False


def addresses(open_one: Melding, solved_one: Melding) -> Iterator[str]:
    yield from ("/", "/privacy/", "/toegankelijkheid/", "/nee", "/volg/", "/volg/x", "/melden/", "/kaart/")
    for act in ("", "/adres", "/toevoegen", "/fotos", "/intrekken", "/niet-opgelost", "/opgelost"):
        for melding in (open_one, solved_one):
            yield f"/volg/{melding.follow_token}{act}"
    yield f"/melden/bedankt/{open_one.follow_token}"


def visit_addresses(page: Page, snap: Snap, open_one: Melding, solved_one: Melding) -> None:
    for address in addresses(open_one, solved_one):
        page.goto(address)
        snap(address)


def make_mistakes(page: Page, snap: Snap, open_one: Melding) -> None:
    for act in ("toevoegen", "fotos", "adres"):
        page.goto(f"/volg/{open_one.follow_token}/{act}")
        if go_on(page):
            snap(f"{act}, nothing filled in")
    page.goto("/volg/")
    for words in ("", "the link asked for"):
        if words:
            page.locator("main input[name=reference]").fill(open_one.reference)
            page.locator("main input[type=email]").fill("sam@example.org")
        page.locator("main form button[type=submit]").first.click()
        snap(words or "the link, nothing filled in")


def walk_form(page: Page, snap: Snap, words: str) -> None:
    """From the first page to the last by the big button, with nothing else filled in until it must be."""
    page.goto("/melden/")
    go_on(page)
    snap("what, nothing filled in")
    page.get_by_label("Uw melding").fill(f"{words} {LONG}")
    for number in range(7):
        page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true })")
        buurt = page.locator("main select[name=buurt_code]")
        if number > 3 and buurt.count():
            buurt.first.select_option(index=2)
        if not go_on(page):
            break
        snap(f"page {number}: {page.locator('h1').first.inner_text()}")


@pytest.fixture
def scan(open_page: Callable[..., Any], looks_well: Callable[..., Any]) -> Callable[[str, str], None]:
    """Looks at a page as it came, with no script of it: axe needs one of its own."""
    page = open_page()

    def looked_at(url: str, html: str) -> None:
        page.route(url, lambda route: route.fulfill(body=html, content_type="text/html; charset=utf-8"))
        page.goto(url)
        looks_well(page)
        page.set_viewport_size(PHONE)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate(OUTSIDE) == [], url
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.evaluate(ADOPT, SPACING)
        assert page.evaluate(OUTSIDE) == [], url
        page.unroute(url)

    return looked_at


@pytest.mark.parametrize(
    "words",
    ["De lamp is kapot", "Ik maak bezwaar tegen het besluit", "De lamp is stuk en er ligt een matras", "Wespen"],
)
def test_each_page_of_the_form_looks_well_without_a_script(
    open_page: Callable[..., Any], scan: Callable[[str, str], None], words: str
) -> None:
    page, seen = open_page(java_script_enabled=False), dict[str, str]()
    walk_form(page, lambda name: seen.update({name: page.content()}), words)
    for name, html in seen.items():
        scan(urljoin(page.url, f"/gezien/{len(name)}?{name[:40]}"), without_scripts(html))


def test_each_address_and_mistake_looks_well_without_a_script(
    open_page: Callable[..., Any], scan: Callable[[str, str], None], open_one: Melding, solved_one: Melding
) -> None:
    page, seen = open_page(java_script_enabled=False), dict[str, str]()

    def snap(name: str) -> None:
        seen[name] = page.content()

    visit_addresses(page, snap, open_one, solved_one)
    make_mistakes(page, snap, open_one)
    assert len(seen) > 25
    for number, html in enumerate(seen.values()):
        scan(urljoin(page.url, f"/gezien/{number}"), without_scripts(html))


def without_scripts(html: str) -> str:
    """As a browser shows it that runs none, with what is only there for such a one."""
    page = BeautifulSoup(html, "html.parser")
    for script in page.select("script"):
        script.decompose()
    for noscript in page.select("noscript"):
        noscript.unwrap()
    return str(page)
