"""Who comes by a mail says on the private page whether it is their report."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from meldingen.intake.receiving import submit
from meldingen.intake.submission import Submission
from meldingen.notifications.models import Recipient
from meldingen.places.areas import buurten
from meldingen.record.models import Melding
from meldingen.tenancy.models.municipality import Municipality
from tests.factories import follower_of, recipient_of

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture
def address(lindewaard: Municipality) -> tuple[str, str]:
    said = Submission(text="Lamp kapot", buurt_code=buurten(lindewaard)[0].code, email="sam@example.org")
    melding = submit(lindewaard, said)
    return f"/volg/{melding.follow_token}", f"?mail={recipient_of(melding).token}"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_button_confirms_and_another_stops_the_mails(
    open_page: Callable[..., Any], looks_well: Callable[..., Any], address: tuple[str, str], scripts: bool
) -> None:
    path, key = address
    page = open_page(java_script_enabled=scripts)
    page.goto(path + key)
    page.get_by_role("button", name="Dit is mijn melding").click()
    expect(page.get_by_text("U krijgt elke mail erover meteen")).to_be_visible()
    page.goto(f"{path}/niet-ik{key}")
    page.get_by_role("button", name="Stop mails over deze melding").click()
    expect(page.get_by_role("heading", name="Deze mails zijn gestopt")).to_be_visible()
    assert Recipient.objects.get().stopped_at
    if scripts:
        looks_well(page)


def test_no_request_of_the_page_names_its_address(open_page: Callable[..., Any], address: tuple[str, str]) -> None:
    path, key = address
    page = open_page()
    told = []
    page.on("request", lambda request: told.append(request.headers.get("referer", "")))
    page.goto(path + key)
    page.get_by_role("button", name="Dit is mijn melding").click()
    expect(page.get_by_text("U krijgt elke mail erover meteen")).to_be_visible()
    assert len(told) > 4
    assert not [referer for referer in told if path in referer]


def test_a_copy_is_saved_and_printed(open_page: Callable[..., Any], address: tuple[str, str]) -> None:
    page = open_page()
    page.goto(address[0])
    with page.expect_download() as saved:
        page.get_by_role("link", name="Kopie bewaren").click()
    assert saved.value.suggested_filename.endswith(".txt")
    page.evaluate("window.print = () => document.title = 'gedrukt'")
    page.get_by_role("button", name="afdrukken").click()
    expect(page).to_have_title("gedrukt")


@pytest.mark.parametrize("scripts", [True, False])
def test_a_stranger_follows_by_a_button_and_stops_by_another(
    open_page: Callable[..., Any],
    looks_well: Callable[..., Any],
    lindewaard: Municipality,
    address: tuple[str, str],
    scripts: bool,
) -> None:
    follower = follower_of(Melding.objects.get(), confirmed_at=None)
    page = open_page(java_script_enabled=scripts)
    page.goto(f"/volg/{follower.token}")
    expect(page.get_by_text("Lamp kapot")).to_have_count(0)
    page.get_by_role("button", name="Deze melding volgen").click()
    expect(page.get_by_text("U volgt deze melding.")).to_be_visible()
    if scripts:
        looks_well(page)
    page.get_by_role("button", name="Niet meer volgen").click()
    expect(page.get_by_role("heading", name="Deze mails zijn gestopt")).to_be_visible()
    if scripts:
        looks_well(page)
