"""What a reporter does on their own page after sending, on a telephone and at a desk, with and without scripts."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from meldingen.handling import triage
from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.places.areas import buurten
from meldingen.record.models import Melding
from meldingen.tenancy.models.municipality import Municipality
from tests.factories import UserFactory

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
PHONE = {"width": 390, "height": 844}
TEXT = "De glascontainer puilt uit en er ligt glas naast, al sinds dinsdag."


@pytest.fixture
def melding(lindewaard: Municipality) -> Melding:
    said = Submission(
        text=TEXT, buurt_code=buurten(lindewaard)[0].code, category_slug="container-vol-of-kapot",
        email="sam@example.org",
    )  # fmt: skip
    return submit(lindewaard, said)


@pytest.fixture
def case(lindewaard: Municipality, melding: Melding) -> triage.Case:
    return triage.Case(melding_id=melding.pk, municipality=lindewaard, actor=UserFactory.create())


@pytest.mark.parametrize("scripts", [True, False])
def test_something_is_added_and_then_all_is_withdrawn(
    open_page: Callable[..., Page], looks_well: Callable[[Page], None], melding: Melding, scripts: bool
) -> None:
    page = open_page(java_script_enabled=scripts, viewport=PHONE)
    page.goto(f"/volg/{melding.follow_token}")
    page.get_by_role("link", name="Iets toevoegen").click()
    if scripts:
        looks_well(page)
    page.get_by_label("Wat wilt u toevoegen?").fill("Er ligt nu ook een matras.")
    page.get_by_role("button", name="Dit toevoegen").click()
    expect(page.get_by_text("Er ligt nu ook een matras.")).to_be_visible()
    page.get_by_role("link", name="Intrekken").click()
    if scripts:
        looks_well(page)
    page.get_by_role("button", name="Melding intrekken").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("U hebt uw melding ingetrokken.")


@pytest.mark.parametrize("scripts", [True, False])
def test_it_is_not_solved_and_then_it_is(
    open_page: Callable[..., Page],
    looks_well: Callable[[Page], None],
    melding: Melding,
    case: triage.Case,
    scripts: bool,
) -> None:
    page = open_page(java_script_enabled=scripts, viewport=PHONE)
    triage.close(case, "solved", "De bak is geleegd.", reason="cleared")
    page.goto(f"/volg/{melding.follow_token}")
    page.get_by_role("link", name="Nee, nog niet").click()
    if scripts:
        looks_well(page)
    page.get_by_role("button", name="Half gedaan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Wij hebben uw melding opnieuw opgepakt.")
    triage.close(case, "solved")
    page.reload()
    page.get_by_role("button", name="Ja, dank u").click()
    if scripts:
        looks_well(page)
    page.get_by_role("button", name="Zeer tevreden").click()
    expect(page.get_by_role("status")).to_contain_text("Wij leren")


def test_a_print_has_what_was_reported_and_nothing_to_press(open_page: Callable[..., Page], melding: Melding) -> None:
    page = open_page(viewport=PHONE)
    for address in (f"/volg/{melding.follow_token}", f"/melden/bedankt/{melding.follow_token}"):
        page.goto(address)
        page.emulate_media(media="print")
        expect(page.get_by_role("heading", name="Wat u meldde")).to_be_visible()
        expect(page.get_by_text(TEXT)).to_be_visible()
        expect(page.locator("main").locator("button:visible, .utrecht-button:visible")).to_have_count(0)
        assert melding.follow_token not in page.locator("body").inner_text()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_other_language_is_in_sight_without_a_menu(
    open_page: Callable[..., Page], lindewaard: Municipality, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 844})
    for address in ("/", "/melden/"):
        page.goto(address)
        expect(page.get_by_role("button", name="English")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= width
