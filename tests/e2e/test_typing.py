"""What colleagues type and press: nothing is lost, and nothing is undone that they do not look at."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Dialog, Page, expect
from pytest_django import Settings

from meldingen.handling.models import StandardText
from meldingen.languages import Texts
from meldingen.record import events, lifecycle, references
from meldingen.record.models import Answer, Melding
from meldingen.tenancy.models.municipality import Municipality

pytestmark = [pytest.mark.e2e, pytest.mark.slow]
WORDS = "De buurman belde: het is al opgelost."


@pytest.fixture
def other(melding: Melding) -> Melding:
    """Another one of the same street."""
    one = Melding.objects.get(pk=melding.pk)
    one.pk, one.reference, one.follow_token = None, references.new_reference(), references.new_follow_token()
    one.text, one.received_at = "De lamp brandt niet.", timezone.now() - timedelta(minutes=5)
    lifecycle.receive(one, actor=events.REPORTER)
    return one


def act(page: Page, name: str) -> Any:
    page.evaluate(f"document.getElementById('actie-{name}').open = true")
    return page.locator(f"#{name}_text")


def test_what_is_typed_comes_back_from_another_row_and_on_the_own_page(
    logged_in: Any, melding: Melding, other: Melding
) -> None:
    page = logged_in("triage")
    page.goto(f"/beheer/?list=open&melding={melding.pk}")
    act(page, "note").fill(WORDS)
    page.goto(f"/beheer/?list=open&melding={other.pk}")
    expect(page.locator("#note_text")).to_have_value("")
    page.goto(f"/beheer/meldingen/melding/{melding.pk}/change/")
    expect(page.locator("#note_text")).to_have_value(WORDS)
    expect(page.locator("#note_text")).to_be_visible()
    page.locator("#actie-note button.primary").click()
    expect(page.locator("form.last")).to_be_visible()
    page.goto(f"/beheer/?list=all&melding={melding.pk}")
    expect(page.locator("#note_text")).to_have_value("")


def test_a_call_is_not_left_by_a_misclick(logged_in: Any, lindewaard: Municipality) -> None:
    page = logged_in("telephone")
    page.goto("/beheer/telefoon/")
    page.get_by_label("Wat zegt de beller?").press_sequentially("De container")
    asked = []

    def dismissed(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    page.on("dialog", dismissed)
    page.evaluate("location.assign('/beheer/')")
    page.wait_for_timeout(300)
    assert asked == ["beforeunload"]
    expect(page.get_by_label("Wat zegt de beller?")).to_have_value("De container")


def test_a_gap_is_where_the_cursor_stands_and_nothing_is_sent(
    logged_in: Any, lindewaard: Municipality, melding: Melding
) -> None:
    text = Texts(nl="U hoort van ons op ___.")
    StandardText.objects.create(municipality=lindewaard, name="Met gat", text_texts=text)
    page = logged_in("triage")
    page.goto(f"/beheer/?list=open&melding={melding.pk}")
    box = act(page, "answer")
    page.locator("#answer_standard").select_option(label="Met gat (nog aan te vullen)")
    for _time in range(2):
        expect(box).to_be_focused()
        assert box.evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)") == "___"
        page.locator("#actie-answer button.primary").click()
        expect(page.get_by_text("Vul in wat hier nog openstaat", exact=False).first).to_be_visible()
    assert not Answer.objects.exists()


def test_the_key_undoes_elsewhere_only_when_pressed_again(
    logged_in: Any, melding: Melding, other: Melding, settings: Settings
) -> None:
    settings.UNDO_SECONDS = 120
    page = logged_in("triage")
    page.goto(f"/beheer/?list=open&melding={melding.pk}")
    act(page, "note").fill(WORDS)
    page.locator("#actie-note button.primary").click()
    expect(page.locator("form[data-undo] button")).to_be_visible()
    page.goto(f"/beheer/?list=open&melding={other.pk}")
    page.keyboard.press("u")
    expect(page.locator("form[data-undo] button")).to_be_focused()
    assert melding.notes.exists()
    page.keyboard.press("u")
    expect(page.get_by_text("Ongedaan gemaakt.", exact=False).first).to_be_visible()
