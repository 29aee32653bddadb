"""What was begun stays in the browser for a day, without contact details; what cannot be sent stays on the page."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from meldingen.record.models import Melding
from meldingen.tenancy.models.municipality import Municipality

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
TEXT = "Er ligt een kapotte stoel op de hoek."
KEPT = "localStorage.getItem('meldingen.draft')"


def at_where(page: Page) -> None:
    page.goto("/melden/")
    page.get_by_label("Uw melding").fill(TEXT)
    page.get_by_role("main").get_by_role("button", name="Volgende").click()
    page.get_by_role("button", name="Ik weet het niet").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")


def at_check(page: Page) -> None:
    at_where(page)
    if (only := page.get_by_text("Ik weet alleen de buurt")).count():
        only.click()
    page.locator("#id_buurt").select_option(index=1)
    page.get_by_role("main").locator("button[name=go][value=next]:visible").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Klopt dit?")


@pytest.mark.parametrize("start", ["/", "/melden/"])
def test_who_comes_back_goes_on_where_they_were(
    open_page: Callable[..., Any], looks_well: Callable[[Page], None], lindewaard: Municipality, start: str
) -> None:
    page = open_page()
    at_where(page)
    page.goto(start)
    expect(page.get_by_text(TEXT)).to_be_visible()
    looks_well(page)
    page.get_by_role("button", name="Verder ermee").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Waar is het?")
    assert page.locator("input[name=text]").input_value() == TEXT


def test_who_begins_anew_finds_nothing_of_it(open_page: Callable[..., Any], lindewaard: Municipality) -> None:
    page = open_page()
    at_where(page)
    page.goto("/melden/")
    page.get_by_role("button", name="Opnieuw beginnen").click()
    assert page.evaluate(KEPT) is None
    page.reload()
    expect(page.locator("#begonnen")).to_be_hidden()


def test_after_a_day_it_is_gone(open_page: Callable[..., Any], lindewaard: Municipality) -> None:
    page = open_page()
    at_where(page)
    page.goto("/privacy/")  # a page without the form: nothing is kept anew when it is left
    page.evaluate(
        "() => { const kept = JSON.parse(localStorage.getItem('meldingen.draft')); kept.at -= 24 * 3600 * 1000 + 1;"
        " localStorage.setItem('meldingen.draft', JSON.stringify(kept)); }"
    )
    page.goto("/melden/")
    expect(page.locator("#begonnen")).to_be_hidden()
    assert page.evaluate(KEPT) is None


def test_no_contact_details_are_kept_and_nothing_after_sending(
    open_page: Callable[..., Any], lindewaard: Municipality
) -> None:
    page = open_page()
    at_check(page)
    page.get_by_label("E-mailadres").fill("sam@example.org")
    page.get_by_label("Naam").fill("Sam Geheim")
    kept = page.evaluate(KEPT)
    assert TEXT in kept
    assert "sam@" not in kept
    assert "Geheim" not in kept
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    page.wait_for_load_state()  # its script forgets what was sent
    assert page.evaluate(KEPT) is None


def test_without_a_connection_all_stays_on_the_page_and_is_sent_once_later(
    open_page: Callable[..., Any], lindewaard: Municipality
) -> None:
    page = open_page()
    at_check(page)
    page.get_by_label("E-mailadres").fill("sam@example.org")
    page.context.set_offline(True)
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("geen verbinding")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_contain_text("weer verbinding")
    assert page.get_by_label("E-mailadres").input_value() == "sam@example.org"
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    assert Melding.objects.get().reporter.email == "sam@example.org"


def lose(page: Page, *, silent: bool) -> None:
    """The browser thinks that it has a connection, and the server is not reached, or says nothing."""
    page.route("**/*", lambda route: None if silent else route.abort("aborted"))


@pytest.mark.parametrize("silent", [False, True])
def test_a_connection_that_the_browser_wrongly_believes_in_loses_nothing(
    open_page: Callable[..., Any], lindewaard: Municipality, *, silent: bool
) -> None:
    page = open_page()
    page.clock.install()
    at_check(page)
    page.get_by_label("E-mailadres").fill("sam@example.org")
    lose(page, silent=silent)
    page.get_by_role("button", name="Melding versturen").click()
    if silent:
        page.clock.fast_forward(2000)
        expect(page.get_by_role("alert")).to_contain_text("of er verbinding is")
        page.clock.fast_forward(8000)
    expect(page.get_by_role("alert")).to_contain_text("geen verbinding")
    assert page.get_by_label("E-mailadres").input_value() == "sam@example.org"
    page.unroute_all(behavior="ignoreErrors")
    page.get_by_role("button", name="Melding versturen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    assert Melding.objects.get().reporter.email == "sam@example.org"


def test_what_was_typed_on_the_front_page_stays_there_without_a_connection(
    open_page: Callable[..., Any], looks_well: Callable[[Page], None], lindewaard: Municipality
) -> None:
    page = open_page()
    page.clock.install()
    page.goto("/")
    page.get_by_label("Vertel het in uw eigen woorden").fill(TEXT)
    page.clock.fast_forward(30_000)
    lose(page, silent=False)
    page.get_by_role("main").get_by_role("button", name="Melding doen").click()
    expect(page.get_by_role("alert")).to_contain_text("geen verbinding")
    looks_well(page)
    page.unroute_all(behavior="ignoreErrors")
    page.get_by_role("main").get_by_role("button", name="Melding doen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Gaat het hierover?")


def test_two_tabs_are_two_reports_and_none_takes_the_words_of_the_other(
    open_page: Callable[..., Any], lindewaard: Municipality
) -> None:
    first = open_page()
    at_where(first)
    second = first.context.new_page()
    second.goto("/melden/")
    second.get_by_role("button", name="Opnieuw beginnen").click()
    second.get_by_label("Uw melding").fill("De lantaarnpaal brandt niet.")
    second.get_by_role("main").get_by_role("button", name="Volgende").click()
    for page, text in ((first, TEXT), (second, "De lantaarnpaal brandt niet.")):
        while not page.get_by_role("button", name="Melding versturen").count():
            if (only := page.get_by_text("Ik weet alleen de buurt")).count():
                only.click()
                page.locator("#id_buurt").select_option(index=1)
            unsure = page.get_by_role("button", name="Ik weet het niet")
            with page.expect_navigation():
                (unsure if unsure.count() else page.locator("main button[name=go][value=next]:visible").first).click()
        assert page.locator("input[name=text]").input_value() == text
        page.get_by_role("button", name="Melding versturen").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Bedankt")
    assert sorted(Melding.objects.values_list("text", flat=True)) == ["De lantaarnpaal brandt niet.", TEXT]
