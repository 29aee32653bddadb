"""Who forgot a password chooses a new one by a link, and learns nothing about others."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from meldingen.accounts import sending
from meldingen.tenancy.models import AuditEntry, ResetRequest, StaffSession
from tests.factories import PASSWORD, Town

FORGOT = "/beheer/wachtwoord/vergeten/"
NEW = {"new_password1": "heel-lang-en-vreemd", "new_password2": "heel-lang-en-vreemd"}


@pytest.fixture
def browser(town: Town) -> Client:
    return Client(headers={"host": town.host})


def mailed_link(browser: Client, address: str = "nel@example.org") -> str:
    browser.post(FORGOT, {"email": address})
    sending.answer_reset(ResetRequest.objects.get().pk)
    found = re.search(r"http://[^/]+(/beheer/wachtwoord/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def test_the_answer_is_the_same_for_an_address_that_nobody_has(town: Town, browser: Client) -> None:
    town.member(user__email="nel@example.org")
    pages = [browser.post(FORGOT, {"email": address}) for address in ("nel@example.org", "niemand@example.org")]
    assert [page.status_code for page in pages] == [200, 200]
    words = [re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page.text) for page in pages]
    assert words[0] == words[1]
    assert "nel@" not in words[0]


def test_the_link_leads_to_a_new_password_once(town: Town, browser: Client) -> None:
    user = town.member(user__email="nel@example.org")
    elsewhere = Client(headers={"host": town.host})
    elsewhere.post("/beheer/login/", {"username": user.username, "password": PASSWORD})
    link = mailed_link(browser)
    form = browser.get(link)["Location"]
    assert browser.post(form, NEW)["Location"] == "/beheer/login/"
    user.refresh_from_db()
    assert user.check_password(NEW["new_password1"])
    assert elsewhere.get("/beheer/account/").status_code == 302
    assert not StaffSession.objects.exists()
    assert AuditEntry.objects.filter(kind="password_changed", codes={"by": "mail"}).exists()
    assert "al gebruikt" in browser.get(link, follow=True).text


def test_a_link_works_in_no_other_municipality(town: Town, neighbour: Town, browser: Client) -> None:
    town.member(user__email="nel@example.org")
    link = mailed_link(browser)
    assert "al gebruikt" in Client(headers={"host": neighbour.host}).get(link, follow=True).text


@pytest.mark.parametrize("link", ["x/y", "MQ/set-password", "!/!", "MQ/" + "a" * 500])
def test_a_link_that_never_was_is_told_kindly(browser: Client, link: str) -> None:
    assert "al gebruikt" in browser.get(f"/beheer/wachtwoord/{link}/").text


def test_a_weak_password_is_refused_in_words(town: Town, browser: Client) -> None:
    town.member(user__email="nel@example.org")
    form = browser.get(mailed_link(browser))["Location"]
    page = browser.post(form, {"new_password1": "kort", "new_password2": "kort"})
    assert "te kort" in page.text


def test_a_network_that_asks_too_often_waits(browser: Client, limited: Callable[..., Any]) -> None:
    limited(reset_network="1/hour")
    answers = [browser.post(FORGOT, {"email": f"a{number}@example.org"}) for number in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert int(answers[1]["Retry-After"]) > 0


def test_what_is_no_address_is_said(browser: Client) -> None:
    assert browser.post(FORGOT, {"email": "x"}).status_code == 200
    assert not ResetRequest.objects.exists()


def test_the_page_to_log_in_leads_to_it(browser: Client) -> None:
    assert FORGOT in browser.get("/beheer/login/").text
