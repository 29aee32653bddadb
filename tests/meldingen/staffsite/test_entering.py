"""Signing in and out is kept: who, from where, and whether it failed; never what was typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from meldingen.tenancy.models import AuditEntry, StaffSession, User
from tests.factories import PASSWORD, Town


@pytest.fixture
def browser(town: Town) -> Client:
    return Client(headers={"host": town.host, "user-agent": "Firefox/140 (Windows NT 10)"}, REMOTE_ADDR="192.0.2.77")


def log_in(browser: Client, user: User | str, password: str = PASSWORD) -> Any:
    return browser.post("/beheer/login/", {"username": str(user), "password": password})


def lines() -> list[tuple[str, Any, str]]:
    return list(AuditEntry.objects.order_by("pk").values_list("kind", "actor", "target"))


def test_who_came_in_and_went_is_kept_with_the_prefix_of_their_network(town: Town, browser: Client) -> None:
    user = town.member()
    log_in(browser, user)
    assert StaffSession.objects.get().browser == "Firefox, Windows"
    browser.post("/beheer/logout/")
    target = f"user:{user.pk}"
    assert lines() == [("signed_in", user.pk, target), ("signed_out", user.pk, target)]
    assert set(AuditEntry.objects.values_list("network", flat=True)) == {"192.0.2.0/24"}
    assert not StaffSession.objects.exists()


def test_a_failure_names_a_colleague_by_number_and_nobody_else(town: Town, neighbour: Town, browser: Client) -> None:
    ours, theirs = town.member(), neighbour.member()
    for name in (ours.username, theirs.username, "mijn-wachtwoord-per-ongeluk"):
        log_in(browser, name, "onjuist")
    assert [target for _kind, _actor, target in lines()] == [f"user:{ours.pk}", "", ""]
    assert "ongeluk" not in str(list(AuditEntry.objects.values()))


def test_the_right_password_at_the_wrong_town_is_a_failure_there(town: Town, neighbour: Town, browser: Client) -> None:
    log_in(browser, neighbour.member("manager"))
    assert lines() == [("sign_in_failed", None, "")]
    assert not AuditEntry.objects.of(neighbour.municipality).exists()


def test_a_lock_is_one_line_however_often_somebody_tries(
    town: Town, browser: Client, limited: Callable[..., Any]
) -> None:
    limited(login="1/hour")
    user = town.member()
    for _number in range(4):
        log_in(browser, user, "geraden")
    assert [kind for kind, _actor, _target in lines()] == ["sign_in_failed", "sign_in_locked"]


def test_an_operator_of_the_service_who_comes_in_is_a_line_of_its_own(
    town: Town, browser: Client, settings: Any
) -> None:
    settings.OPERATORS_NEED_CODE = False
    chief = town.member("reader", user__is_superuser=True)
    log_in(browser, chief)
    assert lines() == [("operator_entered", chief.pk, f"user:{chief.pk}")]


def test_a_new_password_ends_the_sessions_elsewhere(town: Town, browser: Client) -> None:
    user = town.member()
    elsewhere = Client(headers={"host": town.host})
    log_in(elsewhere, user)
    log_in(browser, user)
    new = {"old_password": PASSWORD, "new_password1": "heel-lang-en-vreemd", "new_password2": "heel-lang-en-vreemd"}
    assert browser.post("/beheer/password_change/", new).status_code == 302
    assert browser.get("/beheer/account/").status_code == 200
    assert elsewhere.get("/beheer/account/").status_code == 302
    assert StaffSession.objects.count() == 1
    assert AuditEntry.objects.latest("pk").kind == "password_changed"


def test_a_password_that_was_not_changed_ends_nothing(town: Town, browser: Client) -> None:
    log_in(browser, town.member())
    wrong = {"old_password": "onjuist", "new_password1": "heel-lang-en-vreemd", "new_password2": "heel-lang-en-vreemd"}
    assert browser.post("/beheer/password_change/", wrong).status_code == 200
    assert [kind for kind, _actor, _target in lines()] == ["signed_in"]
