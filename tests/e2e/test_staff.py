"""The staff site in a real browser: every page without a word in the console, so without a CSP report either."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from meldingen.handling.bulk_tasks import carry_out
from meldingen.handling.models import BulkAct
from meldingen.record import events, lifecycle, references
from meldingen.record.models import Event, Melding
from meldingen.staffsite.site import site
from meldingen.tenancy.models.municipality import Municipality

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
LIST = "/beheer/meldingen/melding/"


def addresses() -> Iterator[Any]:
    """List and form of everything on the site."""
    registered: dict[Any, Any] = site._registry
    for model, admin in registered.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        if admin.add_right:
            yield reverse(f"{name}_add")
    yield from ("/beheer/", "/beheer/instellingen/", "/beheer/filters/", "/beheer/password_change/")


def test_no_page_of_a_manager_breaks_the_security_policy(
    logged_in: Any, melding: Melding, lindewaard: Municipality
) -> None:
    page = logged_in("manager")
    own = [
        f"/beheer/tenancy/municipality/{lindewaard.pk}/change/",
        f"/beheer/meldingen/area/{melding.buurt_id}/change/",
    ]
    category = f"/beheer/meldingen/category/{melding.category_id}/"
    for address in (*addresses(), *own, f"{category}change/", f"{category}history/", f"{LIST}{melding.pk}/change/"):
        assert page.goto(address).ok, address
        page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("width", [320, 390])
def test_the_header_is_one_line_on_a_phone(logged_in: Any, melding: Melding, width: int) -> None:
    page = logged_in("manager", viewport={"width": width, "height": 844})
    for address in ("/beheer/", "/beheer/instellingen/"):
        page.goto(address)
        assert page.locator("header").first.bounding_box()["height"] <= 56, address


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_pages_of_triage_look_well(
    logged_in: Any, melding: Melding, looks_well: Callable[..., Any], language: str
) -> None:
    page = logged_in("triage")
    if language == "en":
        page.get_by_role("button", name="English").click()
    for address in (LIST, f"{LIST}?deadline=overdue", f"{LIST}{melding.pk}/change/", "/beheer/instellingen/"):
        page.goto(address)
        page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
        looks_well(page)


def test_a_colleague_handles_a_melding(logged_in: Any, melding: Melding) -> None:
    page = logged_in("triage")
    page.get_by_role("link", name=melding.reference).click()
    page.locator("#kaart.leaflet-container").wait_for()
    page.get_by_text("Te laat").wait_for()
    page.get_by_text("Melding sluiten").first.click()
    page.locator("#close_outcome").select_option(label="Een andere reden: schrijf die hieronder")
    page.get_by_role("button", name="Melding sluiten").click()
    page.get_by_role("link", name="Schrijf eerst iets").click()
    page.locator("#close_text:focus").fill("Deze paal is van de provincie.")
    page.get_by_role("button", name="Melding sluiten").click()
    page.get_by_text("De melding is gesloten").first.wait_for()
    assert Event.objects.filter(melding=melding, to_state="declined").exists()


def test_a_melding_stands_on_one_screen(logged_in: Any, melding: Melding) -> None:
    page = logged_in("triage", viewport={"width": 1280, "height": 800})
    page.goto(f"{LIST}{melding.pk}/change/")
    page.locator("#kaart.leaflet-container").wait_for()
    for what in (".said", "#kaart", ".guesses", ".melding-actions", ".melding-facts", ".melding-reporter", "#historie"):
        end = page.locator(what).evaluate("each => each.getBoundingClientRect().bottom")
        assert end <= 800, what


def test_it_works_without_javascript(logged_in: Any, melding: Melding) -> None:
    page = logged_in("triage", java_script_enabled=False)
    page.goto(f"{LIST}{melding.pk}/change/")
    assert page.get_by_text("Coördinaten").is_visible()
    assert not page.locator("#kaart").is_visible()
    page.get_by_text("Werk starten").first.click()
    page.get_by_role("button", name="Werk starten").click()
    page.get_by_text("Het werk is gestart").first.wait_for()


def test_a_wave_is_judged_at_once(logged_in: Any, melding: Melding, looks_well: Callable[..., Any]) -> None:
    for _number in range(3):
        suspect = Melding.objects.get(pk=melding.pk)
        suspect.pk, suspect.reference, suspect.follow_token = (
            None,
            references.new_reference(),
            references.new_follow_token(),
        )
        suspect.is_suspect, suspect.priority, suspect.text = True, 2, "KOOP NU goedkope zonnebrillen"
        lifecycle.receive(suspect, actor=events.REPORTER)
    page = logged_in("triage")
    page.get_by_role("link", name="Toon ze").click()
    page.get_by_label("Alle 3 van deze lijst").check()
    looks_well(page)
    page.get_by_role("button", name="Spam noemen").click()
    page.get_by_role("heading", name="Zijn 3 meldingen spam?").wait_for()
    looks_well(page)
    page.get_by_role("button", name="Ja, 3 meldingen zijn spam").click()
    looks_well(page)
    carry_out(BulkAct.objects.get().pk)
    page.reload()
    page.get_by_role("heading", name="3 meldingen zijn gesloten als spam").wait_for()
    assert Event.objects.filter(to_state="spam").count() == 3


def test_the_login_looks_well(open_page: Callable[..., Any], looks_well: Callable[..., Any]) -> None:
    page = open_page()
    page.goto(LIST)
    looks_well(page)


def test_what_follows_of_another_category_is_read_before_it_is_saved(
    logged_in: Any, melding: Melding, looks_well: Callable[..., Any]
) -> None:
    with_script, without = logged_in("triage"), logged_in("coordinator", java_script_enabled=False)
    for page in (with_script, without):
        page.goto(f"{LIST}{melding.pk}/change/")
        page.locator("#recategorise_category").select_option(label="Straatput verstopt of kapot")
        look = page.get_by_role("button", name="Kijk eerst wat er volgt")
        if page is without:
            look.click()
        else:
            expect(look).to_be_hidden()
        expect(page.locator(".foreseen .changes", has_text="Team")).to_have_count(1)
        looks_well(page) if page is with_script else None
    assert Melding.objects.get(pk=melding.pk).category == melding.category
