"""After the password comes the code, for who uses one or must."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from meldingen.accounts import second_factor
from meldingen.staffsite import entering
from meldingen.tenancy.models import AuditEntry, SecondFactor, User
from tests.codes import code_of, telephone, with_code
from tests.factories import PASSWORD, Town

CODE, SETUP = "/beheer/login/code/", "/beheer/login/code-instellen/"


@pytest.fixture
def browser(town: Town) -> Client:
    return Client(headers={"host": town.host})


@pytest.fixture
def colleague(town: Town) -> User:
    user = town.member()
    with_code(user, town.municipality)
    return user


def log_in(browser: Client, user: User) -> Any:
    said = {"username": user.username, "password": PASSWORD, "next": "/beheer/account/"}
    return browser.post("/beheer/login/", said)


def is_in(browser: Client) -> bool:
    return "_auth_user_id" in browser.session


def test_the_password_alone_is_not_enough(browser: Client, colleague: User) -> None:
    assert log_in(browser, colleague).url == CODE
    assert not is_in(browser)
    assert browser.get("/beheer/account/").status_code == 302


def test_with_the_code_they_come_where_they_wanted_to_go(browser: Client, colleague: User) -> None:
    log_in(browser, colleague)
    answer = browser.post(CODE, {"code": telephone(colleague)})
    assert (answer.status_code, answer["Location"], is_in(browser)) == (302, "/beheer/account/", True)
    assert AuditEntry.objects.latest("pk").codes == {"code": True}


def test_a_wrong_code_is_told_and_kept(browser: Client, colleague: User) -> None:
    log_in(browser, colleague)
    answer = browser.post(CODE, {"code": "nee"})
    assert "klopt niet" in answer.text
    assert (is_in(browser), AuditEntry.objects.latest("pk").kind) == (False, "sign_in_failed")


def test_a_code_that_came_in_with_somebody_comes_in_once(town: Town, browser: Client, colleague: User) -> None:
    code, other = telephone(colleague), Client(headers={"host": town.host})
    for each in (browser, other):
        log_in(each, colleague)
        each.post(CODE, {"code": code})
    assert (is_in(browser), is_in(other)) == (True, False)


def test_who_guesses_codes_is_locked_out(browser: Client, colleague: User, limited: Callable[..., Any]) -> None:
    limited(login="2/hour")
    log_in(browser, colleague)
    for _number in range(2):
        browser.post(CODE, {"code": "000000"})
    answer = browser.post(CODE, {"code": telephone(colleague)})
    assert (answer.status_code, is_in(browser)) == (429, False)
    assert int(answer["Retry-After"]) > 0


def test_the_right_password_again_does_not_forgive_wrong_codes(
    browser: Client, colleague: User, limited: Callable[..., Any]
) -> None:
    limited(login="2/hour")
    for _number in range(2):
        log_in(browser, colleague)
        browser.post(CODE, {"code": "000000"})
    assert log_in(browser, colleague).status_code == 429


def test_a_code_from_paper_says_how_many_are_left(town: Town, browser: Client) -> None:
    user = town.member()
    paper = with_code(user, town.municipality)
    log_in(browser, user)
    page = browser.post(CODE, {"code": paper[0]}, follow=True)
    assert "nog 9" in page.text


def test_after_ten_minutes_or_a_new_password_they_begin_again(
    browser: Client, colleague: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    log_in(browser, colleague)
    colleague.set_password("heel-lang-en-vreemd")
    colleague.save()
    assert browser.get(CODE)["Location"] == "/beheer/login/"
    colleague.set_password(PASSWORD)
    colleague.save()
    log_in(browser, colleague)
    monkeypatch.setattr(entering, "_WAIT_SECONDS", 0)
    assert browser.get(SETUP)["Location"] == "/beheer/login/"


def test_who_must_and_has_none_sets_it_up_before_they_come_in(town: Town, browser: Client) -> None:
    town.municipality.requires_code = True
    town.municipality.save()
    user = town.member()
    assert log_in(browser, user).url == SETUP
    page = browser.get(SETUP).text
    assert "<svg" in page
    key = second_factor.key_of(SecondFactor.objects.get(user=user))
    assert key in re.sub(r"(?<=[A-Z2-7]{4}) (?=[A-Z2-7]{4})", "", page)
    assert not is_in(browser)
    codes = browser.post(SETUP, {"code": code_of(key)})
    assert (is_in(browser), len(re.findall(r"<code>", codes.text))) == (True, 10)
    assert browser.get("/beheer/account/").status_code == 200


def test_an_operator_must_by_a_setting_of_the_deployment(town: Town, browser: Client) -> None:
    assert log_in(browser, town.member(user__is_superuser=True)).url == SETUP


def test_who_uses_a_code_cannot_set_up_another_with_the_password_alone(browser: Client, colleague: User) -> None:
    log_in(browser, colleague)
    assert browser.get(SETUP)["Location"] == CODE
    assert browser.post(SETUP, {"code": "000000"})["Location"] == CODE
