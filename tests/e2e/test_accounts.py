"""Coming in, in a real browser: invitations, codes, sessions, the log, and who is about to be logged out."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meldingen.accounts import invitations
from meldingen.accounts.invitations import Rights
from meldingen.accounts.links import token_of
from meldingen.record.models.melding import Melding
from meldingen.tenancy.models import Invitation, Membership, SecondFactor, User
from meldingen.tenancy.models.municipality import Municipality
from tests.codes import telephone
from tests.factories import PASSWORD, MembershipFactory
from tests.sure import sure

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
SHOTS = os.environ.get("SHOTS", "")


def shot(page: Page, name: str) -> None:
    """A picture at three widths, where somebody asks for them."""
    if SHOTS:
        size = sure(page.viewport_size)
        for width in (1280, 390, 320):
            page.set_viewport_size({"width": width, "height": 900})
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)
        page.set_viewport_size(size)


@pytest.fixture
def link(lindewaard: Municipality) -> str:
    manager = MembershipFactory.create(municipality=lindewaard, role="manager").user
    made = invitations.invite(lindewaard, "nel@example.org", Rights("triage"), manager)
    return f"/beheer/uitnodiging/{token_of(made)}"


def test_the_pages_of_a_manager_look_well(logged_in: Any, melding: Melding, looks_well: Callable[..., Any]) -> None:
    page = logged_in("manager")
    own = Membership.objects.get(user__username="collega-manager").pk
    for name, address in (
        ("instellingen", "/beheer/instellingen/"), ("uitnodigen", "/beheer/collegas/uitnodigen/"),
        ("logboek", "/beheer/logboek/"), ("account", "/beheer/account/"), ("hulp", f"/beheer/collegas/{own}/hulp/"),
        ("collegas", "/beheer/tenancy/membership/"), ("persoon", "/beheer/persoon/"),
    ):  # fmt: skip
        assert page.goto(address).ok, address
        looks_well(page)
        shot(page, name)


def test_an_invitation_is_made_accepted_and_used_up(
    logged_in: Any, open_page: Callable[..., Any], looks_well: Callable[..., Any]
) -> None:
    page = logged_in("manager")
    page.goto("/beheer/collegas/uitnodigen/")
    page.locator("#id_email:focus").fill("nel@example.org")
    page.get_by_role("group", name="Teams").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Uitnodiging versturen").click()
    expect(page.get_by_text("De uitnodiging gaat naar nel@example.org.")).to_be_visible()
    looks_well(page)
    shot(page, "uitgenodigd")
    link, new = f"/beheer/uitnodiging/{token_of(Invitation.objects.get())}", open_page()
    new.goto(link)
    looks_well(new)
    shot(new, "aannemen")
    new.get_by_label("Voornaam").fill("Nel")
    new.get_by_label("Wachtwoord").first.fill(PASSWORD)
    new.get_by_role("button", name="Aannemen en inloggen").click()
    expect(new.get_by_text("Welkom. U werkt nu hier.")).to_be_visible()
    assert open_page().request.get(link).status == 410


def test_a_link_that_is_over_and_a_forgotten_password_look_well(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], link: str
) -> None:
    page = open_page()
    page.goto("/beheer/login/")
    page.get_by_role("link", name="Wachtwoord vergeten?").click()
    looks_well(page)
    shot(page, "vergeten")
    page.get_by_label("E-mailadres").fill("niemand@example.org")
    page.get_by_role("button", name="Stuur mij een link").click()
    expect(page.get_by_role("status")).to_contain_text("een mail met een link onderweg")
    looks_well(page)
    page.goto("/beheer/wachtwoord/x/y/")
    looks_well(page)
    page.goto(link)
    looks_well(page)


def test_a_code_is_set_up_and_asked(
    logged_in: Any, open_page: Callable[..., Any], looks_well: Callable[..., Any]
) -> None:
    page = logged_in("triage")
    page.goto("/beheer/account/code/")
    looks_well(page)
    shot(page, "code-instellen")
    user = User.objects.get(username="collega-triage")
    page.locator("#id_code").fill(telephone(user))
    page.get_by_role("button", name="Deze code gebruiken").click()
    expect(page.locator(".codes li")).to_have_count(10)
    looks_well(page)
    shot(page, "codes")
    SecondFactor.objects.update(last_step=-1)
    again = open_page()
    again.goto("/beheer/login/")
    again.get_by_label("Gebruikersnaam").fill(user.username)
    again.get_by_label("Wachtwoord").fill(PASSWORD)
    again.get_by_role("button", name="Inloggen").click()
    looks_well(again)
    shot(again, "code")
    again.locator("#id_code:focus").fill(telephone(user))
    again.get_by_role("button", name="Inloggen").click()
    expect(again.get_by_role("link", name="Uw account")).to_be_visible()


def test_who_is_away_is_warned_and_what_they_typed_comes_back(
    logged_in: Any, melding: Melding, looks_well: Callable[..., Any]
) -> None:
    page = logged_in("triage")
    address = f"/beheer/?list=open&melding={melding.pk}"
    page.clock.install()
    page.goto(address)
    note = page.locator("#note_text")
    note.evaluate("each => { const box = each.closest('details'); if (box) box.open = true; }")
    note.fill("De buurman belde: het is al opgelost.")
    page.route("**/beheer/sessie/", lambda route: route.fulfill(json={"seconds": 100}))
    page.clock.fast_forward("28:30")
    dialog = page.get_by_role("dialog", name="Bent u er nog?")
    expect(dialog).to_be_visible()
    looks_well(page)
    shot(page, "nog-daar")
    page.unroute("**/beheer/sessie/")
    page.get_by_role("button", name="Ingelogd blijven").click()
    expect(dialog).to_be_hidden()
    page.goto(address)
    expect(page.locator("#note_text")).to_have_value("De buurman belde: het is al opgelost.")


def test_what_is_sent_too_late_is_shown(logged_in: Any, melding: Melding, looks_well: Callable[..., Any]) -> None:
    page = logged_in("triage", java_script_enabled=True)
    page.goto(f"/beheer/meldingen/melding/{melding.pk}/change/")
    note = page.locator("#note_text")
    note.evaluate("each => { const box = each.closest('details'); if (box) box.open = true; }")
    note.fill("Deze notitie kwam te laat.")
    page.context.clear_cookies(name="sessionid")
    note.evaluate("each => each.form.requestSubmit()")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit is niet verstuurd")
    expect(page.locator("textarea")).to_have_value("Deze notitie kwam te laat.")
    looks_well(page)
    shot(page, "niet-verstuurd")


def test_one_person_is_found_and_erased(logged_in: Any, melding: Melding, looks_well: Callable[..., Any]) -> None:
    page = logged_in("manager", java_script_enabled=False)
    page.goto("/beheer/persoon/")
    page.get_by_label("E-mailadres of telefoonnummer").fill("wim@example.org")
    page.get_by_label("Wij belden dat nummer").check()
    page.get_by_role("button", name="Kijk wat er is").click()
    expect(page.get_by_role("link", name=melding.reference)).to_be_visible()
    shot(page, "gevonden")
    with page.expect_download() as download:
        page.get_by_role("button", name="Alles in één bestand").click()
    assert download.value.suggested_filename.endswith(".zip")
    page.get_by_role("button", name="Deze persoon wissen").click()
    expect(page.get_by_text("Vink dit aan als u het zeker weet.")).to_be_visible()
    page.get_by_label("Ja: dit kan niet worden teruggedraaid").check()
    page.get_by_role("button", name="Deze persoon wissen").click()
    expect(page.get_by_text("De persoon is gewist, en daarmee de contactgegevens van 1 melding.")).to_be_visible()
