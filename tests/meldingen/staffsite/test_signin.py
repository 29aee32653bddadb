"""Who guesses is slowed and locked out; whose account it is gets in from where they were before."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from meldingen.limits.senders import Sender
from meldingen.staffsite.signin import count_failure, forget_failures, wait_for
from tests.factories import Town

ME, STRANGER = Sender("192.0.2.7/32", "192.0.2.0/24"), Sender("198.51.100.7/32", "198.51.100.0/24")


@pytest.fixture
def account(town: Town) -> str:
    return town.member().username


def test_some_mistakes_are_free_then_each_must_wait(account: str, limited: Callable[..., Any]) -> None:
    limited(login_pace="3/minute", login="10/hour")
    for _number in range(3):
        assert wait_for(account, ME) == 0
        count_failure(account, ME)
    assert 0 < wait_for(account, ME) <= 120


def test_after_many_it_is_locked_for_long(account: str, limited: Callable[..., Any]) -> None:
    limited(login="4/hour")
    for _number in range(4):
        count_failure(account, ME)
    assert 600 < wait_for(account, ME) <= 7200
    assert wait_for(account, STRANGER) == 0


def test_logging_in_forgives_what_was_mistyped(account: str, limited: Callable[..., Any]) -> None:
    limited(login="2/hour", login_pace="2/minute")
    count_failure(account, ME)
    forget_failures(account, ME)
    count_failure(account, ME)
    assert wait_for(account, ME) == 0


def test_one_network_that_tries_many_accounts_is_locked(db: None, limited: Callable[..., Any]) -> None:
    limited(login_network="3/hour", login="9/hour")
    for name in ("anna", "bert", "carla"):
        count_failure(name, ME)
        forget_failures("eigen-account", ME)  # an account of one's own is no way out
    assert wait_for("dirk", ME) > 0
    assert wait_for("dirk", STRANGER) == 0


def test_many_networks_that_try_one_account_are_locked_and_its_colleague_is_not(
    account: str, limited: Callable[..., Any]
) -> None:
    limited(login_account="5/hour")
    forget_failures(account, ME)
    for number in range(5):
        count_failure(account, Sender(f"198.51.100.{number}/32", "198.51.100.0/24"))
    assert wait_for(account, STRANGER) > 0
    assert wait_for(account, ME) == 0


def test_nothing_tells_whether_an_account_exists(account: str, limited: Callable[..., Any]) -> None:
    limited(login="3/hour", login_account="5/hour", login_network="9/hour")
    for name in (account, "bestaat-niet"):
        waits = []
        for _number in range(4):
            waits.append(wait_for(name, STRANGER) > 0)
            count_failure(name, STRANGER)
        assert waits == [False, False, False, True]


def test_a_new_password_begins_anew(town: Town, limited: Callable[..., Any]) -> None:
    limited(login="1/hour", login_account="1/hour")
    colleague = town.member()
    count_failure(colleague.username, ME)
    assert wait_for(colleague.username, ME) > 0
    colleague.set_password("een-heel-nieuw-wachtwoord")
    colleague.save()
    assert wait_for(colleague.username, ME) == 0


def test_capitals_make_no_new_name(db: None, limited: Callable[..., Any]) -> None:
    limited(login="1/hour")
    count_failure("Anna", ME)
    assert wait_for("anna", ME) > 0


def test_an_exempt_network_may_not_guess(account: str, limited: Callable[..., Any]) -> None:
    limited(login="1/hour")
    exempt = Sender(ME.narrow, ME.wide, is_exempt=True)
    count_failure(account, exempt)
    assert wait_for(account, exempt) > 0


def test_without_redis_who_knows_the_password_gets_in(
    account: str, limited: Callable[..., Any], settings: Settings
) -> None:
    limited(login="1/hour", login_account="1/hour", login_network="1/hour")
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    count_failure(account, ME)
    assert wait_for(account, ME) == 0
