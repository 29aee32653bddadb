"""A colleague sees where they are logged in, ends that, and turns the code on and off."""

from typing import Any

import pytest
from django.test import Client

from meldingen.accounts import second_factor
from meldingen.tenancy.models import SecondFactor, StaffSession, User
from tests.codes import telephone, with_code
from tests.factories import PASSWORD, Town


@pytest.fixture
def colleague(town: Town) -> User:
    return town.member()


def browser(town: Town, user: User, agent: str = "Firefox/140 (Windows NT 10)") -> Client:
    client = Client(headers={"host": town.host, "user-agent": agent}, REMOTE_ADDR="192.0.2.77")
    client.post("/beheer/login/", {"username": user.username, "password": PASSWORD})
    return client


def test_the_page_names_browser_and_network_of_each(town: Town, colleague: User) -> None:
    here = browser(town, colleague)
    browser(town, colleague, "Chrome/140 (Linux; Android 15)")
    page = here.get("/beheer/account/").text
    assert all(words in page for words in ("Firefox, Windows", "Chrome, Android", "192.0.2.0/24"))
    assert "192.0.2.77" not in page


def test_one_is_ended_and_then_all_others(town: Town, colleague: User) -> None:
    here, *others = (browser(town, colleague) for _number in range(3))
    first = StaffSession.objects.get(session_key=others[0].session.session_key)
    here.post(f"/beheer/account/uitloggen/{first.pk}/")
    assert [each.get("/beheer/account/").status_code for each in (here, *others)] == [200, 302, 200]
    here.post("/beheer/account/uitloggen/")
    assert [each.get("/beheer/account/").status_code for each in (here, *others)] == [200, 302, 302]


def test_a_session_of_another_is_not_there(town: Town, colleague: User) -> None:
    here, other = browser(town, colleague), town.member()
    browser(town, other)
    theirs = StaffSession.objects.get(user=other)
    assert here.post(f"/beheer/account/uitloggen/{theirs.pk}/").status_code == 404
    assert StaffSession.objects.filter(pk=theirs.pk).exists()


def test_a_code_is_set_up_by_who_wants_one(town: Town, colleague: User) -> None:
    here = browser(town, colleague)
    here.get("/beheer/account/code/")
    code = telephone(colleague)
    assert here.post("/beheer/account/code/", {"code": code}).status_code == 200
    assert second_factor.is_on(colleague)
    assert here.get("/beheer/account/code/")["Location"] == "/beheer/account/"


def changed(town: Town, colleague: User, what: str, code: str | None = None) -> Any:
    here = Client(headers={"host": town.host})
    here.force_login(colleague)
    return here.post(
        "/beheer/account/code/wijzigen/", {what: "1", "code": telephone(colleague) if code is None else code}
    )


def test_it_is_turned_off_by_who_has_the_telephone_and_not_by_a_screen_that_is_left_open(
    town: Town, colleague: User
) -> None:
    with_code(colleague, town.municipality)
    changed(town, colleague, "off", "")
    assert second_factor.is_on(colleague)
    changed(town, colleague, "off")
    assert not SecondFactor.objects.exists()


def test_it_stays_on_where_the_municipality_asks_for_it(town: Town, colleague: User) -> None:
    with_code(colleague, town.municipality)
    town.municipality.requires_code = True
    town.municipality.save()
    changed(town, colleague, "off")
    assert second_factor.is_on(colleague)


def test_other_codes_on_paper_are_shown_once(town: Town, colleague: User) -> None:
    old = with_code(colleague, town.municipality)
    page = changed(town, colleague, "new").text
    assert page.count("<code>") == 10
    assert old[0] not in page
