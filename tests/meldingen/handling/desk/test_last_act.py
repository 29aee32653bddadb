"""What was done last is nobody else's, and cannot be made up."""

import time

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from pytest_django import Settings

from meldingen.handling import triage
from meldingen.handling.desk import last_act
from meldingen.handling.triage import Case
from meldingen.record.models import Melding
from tests.factories import Town
from tests.staff import at
from tests.sure import sure


def take(client: Client, melding: Melding) -> None:
    said = {"seen": triage.snapshot(melding), "inbox": "list=open"}
    client.post(f"/beheer/meldingen/melding/{melding.pk}/take/doen/", said)


def test_it_costs_no_statement_and_no_script_reads_it(triager: Client, town: Town) -> None:
    take(triager, town.melding())
    cookie = triager.cookies[last_act.COOKIE]
    assert cookie["httponly"]
    assert cookie["path"] == "/beheer/"


def test_one_that_was_changed_is_none(triager: Client, town: Town) -> None:
    take(triager, town.melding())
    triager.cookies[last_act.COOKIE] = triager.cookies[last_act.COOKIE].value.replace("take", "note")
    assert "Laatste:" not in triager.get("/beheer/").text


def test_of_a_category_it_says_which_and_who_has_it_by_when(triager: Client, town: Town) -> None:
    melding = town.melding()
    said = {"seen": triage.snapshot(melding), "inbox": "list=open", "category": town.container.pk, "reroute": "on"}
    triager.post(f"/beheer/meldingen/melding/{melding.pk}/recategorise/doen/", said | {"guesses_seen": "none"})
    line = sure(BeautifulSoup(triager.get("/beheer/").content, "html.parser").select_one(".last strong"))
    assert line.text.split(" · ")[:1] == [town.container.name]
    assert line.text.count(" · ") == 2


def test_who_sits_down_after_somebody_sees_nothing_of_theirs(triager: Client, town: Town) -> None:
    take(triager, town.melding())
    after = at(town, town.member())
    after.cookies[last_act.COOKIE] = triager.cookies[last_act.COOKIE].value
    assert "Laatste:" not in after.get("/beheer/").text
    assert Melding.objects.get().events.filter(kind="undone").count() == 0
    after.post("/beheer/ongedaan/")
    assert Melding.objects.get().state == "in_progress"


def test_no_undo_is_offered_of_what_was_told_at_once(triager: Client, town: Town, settings: Settings) -> None:
    settings.UNDO_SECONDS = 120
    town.municipality.duty_email = "piket@example.org"
    town.municipality.save()
    melding = town.melding()
    said = {"seen": triage.snapshot(melding), "danger": "hazard", "inbox": "list=open"}
    triager.post(f"/beheer/meldingen/melding/{melding.pk}/assess/doen/", said)
    page = triager.get("/beheer/?list=open")
    assert "Laatste:" in page.text
    assert "data-undo" in page.text
    assert "Ongedaan maken" not in page.text


def test_nothing_is_offered_that_would_be_refused(triager: Client, town: Town) -> None:
    melding = town.melding()
    take(triager, melding)
    assert "Ongedaan maken" in triager.get("/beheer/?list=open").text
    triage.note(Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member()), "Ik bel.")
    for address in ("/beheer/?list=open", f"/beheer/meldingen/melding/{melding.pk}/change/"):
        assert "Laatste:" not in triager.get(address).text


def test_of_what_is_some_time_ago_nothing_is_said(triager: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    take(triager, town.melding())
    later = time.time() + 11 * 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert "Laatste:" not in triager.get("/beheer/?list=open").text


def test_it_never_stands_above_an_error(triager: Client, town: Town) -> None:
    melding = town.melding()
    take(triager, melding)
    page = triager.post(f"/beheer/meldingen/melding/{melding.pk}/note/doen/", {"text": "", "inbox": "list=open"})
    assert "errornote" in page.text
    assert "Laatste:" not in page.text


def test_the_box_of_what_was_refused_can_be_gone_to_and_its_form_stays_open(triager: Client, town: Town) -> None:
    melding = town.melding()
    page = triager.post(f"/beheer/meldingen/melding/{melding.pk}/answer/doen/", {"text": "", "inbox": "list=open"})
    shown = BeautifulSoup(page.content, "html.parser")
    assert sure(shown.select_one("[data-refused]"))["tabindex"] == "-1"
    assert sure(shown.select_one("#actie-answer")).has_attr("open")
