"""What somebody typed and sent after their session ended is shown to them."""

from typing import Any

from django.test import Client, RequestFactory

from meldingen.staffsite import unsent
from tests.factories import Town

NOTE = "De buurman belde: het is al opgelost."


def test_texts_are_what_has_several_words() -> None:
    sent = {"text": NOTE, "seen": "12", "inbox": "list=open", "password": "een geheim woord", "code": "1 2 3"}
    assert unsent.texts_of(RequestFactory().post("/", sent)) == [NOTE]
    assert unsent.texts_of(RequestFactory().get("/", {"text": NOTE})) == []


def test_who_was_logged_out_reads_it_back_and_goes_on_where_they_were(town: Town) -> None:
    client = Client(headers={"host": town.host})
    page = f"http://{town.host}/beheer/?list=open&melding=3"
    answer = client.post("/beheer/meldingen/melding/3/note/doen/", {"text": NOTE}, headers={"referer": page})
    assert (answer.status_code, NOTE in answer.text) == (200, True)
    assert "melding%3D3" in answer.text
    assert "no-store" in answer["Cache-Control"]


def test_it_leads_to_no_other_site(town: Town) -> None:
    client = Client(headers={"host": town.host})
    answer = client.post("/beheer/account/", {"text": NOTE}, headers={"referer": "https://kwaad.example/x"})
    assert "kwaad" not in answer.text


def test_what_was_typed_is_words_and_never_a_part_of_the_page(town: Town) -> None:
    client = Client(headers={"host": town.host})
    answer = client.post("/beheer/account/", {"text": "</textarea> <script>alert(1)</script>"})
    assert "<script>alert" not in answer.text


def refused(town: Town, host: str) -> Any:
    client = Client(enforce_csrf_checks=True, headers={"host": town.host})
    client.force_login(town.member())
    page = f"http://{host}/beheer/?list=open&melding=3"
    sent = {"text": NOTE, "csrfmiddlewaretoken": "x" * 64}
    return client.post("/beheer/meldingen/melding/3/note/doen/", sent, headers={"referer": page})


def test_a_page_that_is_too_old_keeps_what_was_typed_on_it(town: Town) -> None:
    answer = refused(town, town.host)
    assert (answer.status_code, NOTE in answer.text) == (403, True)
    assert f'href="http://{town.host}/beheer/?list=open&amp;melding=3"' in answer.text
    assert "uitgelogd" not in answer.text


def test_another_site_puts_no_words_on_our_page(town: Town) -> None:
    answer = refused(town, "kwaad.example")
    assert (answer.status_code, NOTE in answer.text) == (403, False)
