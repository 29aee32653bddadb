import io
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from meldingen.exports import content, writing
from meldingen.exports.models import Export
from meldingen.handling import saved_worklists
from meldingen.tenancy.roles import standing_of
from tests.factories import Town
from tests.staff import at

ADDRESS = "/beheer/uitvoer/"


def _ask(client: Client, inbox: str = "list=all", **more: str) -> Any:
    return client.post(ADDRESS, {"inbox": inbox, "kind": "csv", **more})


def test_one_click_in_the_inbox_ends_in_a_file(triager: Client, town: Town) -> None:
    town.melding()
    page = triager.get("/beheer/?list=open").text
    assert 'name="kind" value="xlsx"' in page
    answer = _ask(triager, "list=open", kind="xlsx")
    writing.write(Export.objects.get().pk)
    page = triager.get(answer.url).text
    assert f'content="0; url={answer.url}bestand"' in page
    sent: Any = triager.get(f"{answer.url}bestand")
    assert sent["Content-Disposition"].startswith('attachment; filename="meldingen-alle-open-')
    assert sent["Cache-Control"].startswith("no-store, private")
    assert len(load_workbook(io.BytesIO(b"".join(sent))).worksheets) == 2


def test_what_was_fetched_does_not_come_again_by_itself(triager: Client, town: Town) -> None:
    answer = _ask(triager)
    writing.write(Export.objects.get().pk)
    b"".join(triager.get(f"{answer.url}bestand"))
    page = triager.get(answer.url).text
    assert "http-equiv" not in page
    assert f'href="{answer.url}bestand"' in page


def test_while_it_is_made_the_page_says_how_far_and_looks_again(triager: Client, town: Town) -> None:
    answer = _ask(triager)
    Export.objects.update(stage="running", total=3400, done=1200)
    page = triager.get(answer.url).text
    assert '<noscript><meta http-equiv="refresh" content="2"></noscript>' in page
    assert 'max="3400" value="1200"' in page


@pytest.mark.parametrize("why", ["no_right", "too_large", "unknown", "disk", "broken"])
def test_what_cannot_be_made_says_why(triager: Client, town: Town, why: str) -> None:
    answer = _ask(triager)
    Export.objects.update(stage="failed", refusal=why)
    page = triager.get(answer.url).text
    assert 'role="alert"' in page
    assert "http-equiv" not in page


def test_contact_details_are_a_second_question_of_who_may(triager: Client, reader: Client, town: Town) -> None:
    for client, offers in ((triager, True), (reader, False)):
        answer = _ask(client)
        writing.write(Export.objects.latest("pk").pk)
        assert ('name="contact"' in client.get(answer.url).text) is offers
    refused = _ask(reader, contact="on")
    assert refused.url == "/beheer/?list=all"


def test_the_log_names_the_list_its_filters_and_who(triager: Client, manager: Client, town: Town) -> None:
    _ask(triager, f"list=open&team={town.roads.pk}")
    assert Export.objects.get().name == "Alle open (Wegen)"
    assert "Alle open (Wegen)" in manager.get("/beheer/meldingen/export/").text
    assert triager.get("/beheer/meldingen/export/").status_code == 403


def test_words_narrow_the_file_and_stand_in_no_log(town: Town) -> None:
    user, found = town.member("triage"), town.melding(text="De bril van Jansen")
    town.melding(text="Een lamp")
    words = saved_worklists.keep_words(town.municipality, user, "jansen")
    _ask(at(town, user), f"list=open&words={words}")
    export = Export.objects.get()
    assert (export.name, export.query) == ("Alle open (woorden)", f"list=open&words={words}")
    meldingen = content.meldingen_of(export, standing_of(user, town.municipality), timezone.now())
    assert list(content.ids_of(meldingen)) == [found.pk]


def test_own_files_of_today_are_listed(triager: Client, reader: Client, town: Town) -> None:
    answer = _ask(triager)
    assert answer.url in triager.get(ADDRESS).text
    assert answer.url not in reader.get(ADDRESS).text


def test_an_export_of_somebody_else_is_not_there(triager: Client, manager: Client, town: Town, neighbour: Town) -> None:
    answer = _ask(triager)
    for client in (manager, at(neighbour, neighbour.member("manager"))):
        assert [client.get(answer.url).status_code, client.get(f"{answer.url}bestand").status_code] == [404, 404]


def test_a_list_that_no_page_gives_is_not_there(triager: Client, town: Town, neighbour: Town) -> None:
    for inbox in (f"list=all&team={neighbour.roads.pk}", "list=nonsense", "since=morgen", "saved=99"):
        assert _ask(triager, inbox).status_code == 404
    assert not Export.objects.exists()


def test_who_is_not_logged_in_gets_nothing(town: Town) -> None:
    stranger = Client(headers={"host": town.host})
    answers: list[Any] = [stranger.get(ADDRESS), _ask(stranger), stranger.get(f"{ADDRESS}1/bestand")]
    for answer in answers:
        assert answer.status_code == 302
        assert "/login/" in answer.url
