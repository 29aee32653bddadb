"""Whose limit counts: what a proxy that we trust saw, and never what a visitor says."""

import logging

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from meldingen.limits import senders
from meldingen.limits.networks import read_networks
from meldingen.limits.senders import Sender, sender_of

REAL = "192.0.2.7"


def seen(remote: str = "10.0.0.1", **headers: str) -> str:
    return sender_of(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers)).narrow.partition("/")[0]


def test_without_a_proxy_it_is_who_connected(settings: Settings) -> None:
    settings.PROXY_HOPS = 0
    assert seen(REAL, x_forwarded_for="8.8.8.8", x_real_ip="8.8.8.8", forwarded="for=8.8.8.8") == REAL


@pytest.mark.parametrize("said", ["", "8.8.8.8, ", "8.8.8.8, 9.9.9.9, ", "unknown,", "::1, " * 500])
def test_what_a_visitor_says_before_the_proxy_counts_for_nothing(settings: Settings, said: str) -> None:
    settings.PROXY_HOPS = 1
    assert seen(x_forwarded_for=f"{said}{REAL}") == REAL


def test_two_proxies_are_two_entries_from_the_end(settings: Settings) -> None:
    settings.PROXY_HOPS = 2
    assert seen(x_forwarded_for=f"8.8.8.8, {REAL}, 172.16.0.1") == REAL


@pytest.mark.parametrize("header", [{}, {"x_forwarded_for": ""}, {"x_forwarded_for": "8.8.8.8, onbekend"}])
def test_a_proxy_that_says_nothing_of_use_is_counted_itself(
    settings: Settings, header: dict[str, str], caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.PROXY_HOPS = 1
    monkeypatch.setattr(senders._Warning, "after", 0.0)
    with caplog.at_level(logging.WARNING):
        assert [seen(**header), seen(**header)] == ["10.0.0.1", "10.0.0.1"]
    assert len(caplog.records) == 1  # once a minute


def test_fewer_proxies_than_were_promised_give_nobody_a_choice(settings: Settings) -> None:
    settings.PROXY_HOPS = 3
    assert seen(x_forwarded_for="8.8.8.8, 9.9.9.9") == "10.0.0.1"


def test_without_any_address_there_is_no_network() -> None:
    assert sender_of(RequestFactory().get("/", REMOTE_ADDR="")) == Sender()


def test_a_network_may_be_exempt(settings: Settings) -> None:
    settings.LIMIT_EXEMPT = read_networks(["10.0.0.0/8", "2001:db8::/32"])
    ask = RequestFactory().get
    assert sender_of(ask("/", REMOTE_ADDR="10.1.2.3")).is_exempt
    assert not sender_of(ask("/", REMOTE_ADDR=REAL)).is_exempt


def test_no_address_is_in_what_may_end_in_a_log() -> None:
    assert REAL not in repr(sender_of(RequestFactory().get("/", REMOTE_ADDR=REAL)))
