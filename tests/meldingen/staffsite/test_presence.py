"""Who does nothing for a while is signed out; who does something is not."""

import time
from typing import Any

import pytest
from django.test import Client

from meldingen.tenancy.models import AuditEntry, StaffSession, User
from tests.factories import PASSWORD, Town

NOTE = "Een lange notitie die niemand kwijt wil."


@pytest.fixture
def colleague(town: Town) -> User:
    return town.member()


@pytest.fixture
def browser(town: Town, colleague: User) -> Client:
    client = Client(headers={"host": town.host})
    client.post("/beheer/login/", {"username": colleague.username, "password": PASSWORD})
    return client


def later(browser: Client, minutes: float) -> None:
    """The same browser, so many minutes after it was last seen."""
    session = browser.session
    session["seen"] -= int(minutes * 60)
    session.save()


def test_after_half_an_hour_the_next_page_asks_to_log_in_and_says_why(browser: Client, colleague: User) -> None:
    later(browser, 30)
    page = browser.get("/beheer/account/", follow=True)
    assert page.redirect_chain[0][0] == "/beheer/login/?next=/beheer/account/"
    assert "U deed een tijd niets" in page.text
    line = AuditEntry.objects.latest("pk")
    assert (line.kind, line.actor) == ("idle", colleague)
    assert not StaffSession.objects.exists()


def test_a_minute_before_they_go_on_and_the_half_hour_begins_anew(browser: Client) -> None:
    later(browser, 29)
    assert browser.get("/beheer/account/").status_code == 200
    later(browser, 29)
    assert browser.get("/beheer/account/").status_code == 200


def test_a_municipality_chooses_how_long(browser: Client, town: Town) -> None:
    town.municipality.idle_minutes = 5
    town.municipality.save()
    later(browser, 6)
    assert browser.get("/beheer/account/").status_code == 302


def test_a_note_that_was_sent_too_late_is_given_back(browser: Client) -> None:
    later(browser, 31)
    answer = browser.post("/beheer/meldingen/melding/1/note/doen/", {"text": NOTE})
    assert (answer.status_code, NOTE in answer.text) == (200, True)


def test_asking_how_long_is_left_is_no_sign_of_life_and_saying_so_is(browser: Client) -> None:
    later(browser, 10)
    assert 1190 <= browser.get("/beheer/sessie/").json()["seconds"] <= 1200
    assert 1190 <= browser.get("/beheer/sessie/").json()["seconds"] <= 1200
    assert 1790 <= browser.post("/beheer/sessie/").json()["seconds"] <= 1800


def test_who_is_gone_has_no_seconds_left(browser: Client, town: Town) -> None:
    later(browser, 40)
    for client in (browser, Client(headers={"host": town.host})):
        answer = client.get("/beheer/sessie/")
        assert (answer.status_code, answer.json()) == (403, {"seconds": 0})


def test_seen_is_written_once_a_minute_at_most(browser: Client, django_assert_max_num_queries: Any) -> None:
    before = browser.session["seen"]
    browser.get("/beheer/account/")
    assert browser.session["seen"] == before
    later(browser, 2)
    browser.get("/beheer/account/")
    assert time.time() - browser.session["seen"] < 5


def test_who_is_on_the_telephone_stores_the_melding_all_the_same(browser: Client) -> None:
    later(browser, 40)
    assert browser.post("/melden/", {"step": "text", "text": "Gat in de weg"}).status_code == 200
    assert "_auth_user_id" in browser.session
    browser.get("/melden/")
    assert "_auth_user_id" not in browser.session


def test_when_the_municipality_asks_for_a_code_who_came_in_without_comes_in_anew(browser: Client, town: Town) -> None:
    assert browser.get("/beheer/account/").status_code == 200
    town.municipality.requires_code = True
    town.municipality.save()
    assert browser.get("/beheer/account/").status_code == 302
    assert "_auth_user_id" not in browser.session


def test_a_resident_costs_no_question_more(resident: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):  # which municipality this is
        resident.get("/beheer/sessie/")
