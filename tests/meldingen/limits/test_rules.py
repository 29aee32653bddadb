"""Each limit holds for a network, an eighth of it for what is around; a town's for the town."""

from collections.abc import Callable
from typing import Any

import pytest
from pytest_django import Settings

from meldingen.limits import rules
from meldingen.limits.rules import count_received, floods, is_flooded, may_suggest, wait_for_api, wait_for_page
from meldingen.limits.senders import Sender

ME, NEIGHBOUR = Sender("192.0.2.7/32", "192.0.2.0/24"), Sender("192.0.2.8/32", "192.0.2.0/24")


def test_a_flood_is_one_until_it_is_over(limited: Callable[..., Any]) -> None:
    limited(form="3/hour")
    assert [floods(ME) for _number in range(6)] == [False] * 3 + [True] * 3
    assert not floods(NEIGHBOUR)


def test_many_neighbours_together_are_a_flood_too(limited: Callable[..., Any]) -> None:
    limited(form="2/hour")
    senders = [Sender(f"192.0.2.{number}/32", "192.0.2.0/24") for number in range(2 * rules.WIDE_FACTOR + 4)]
    assert [floods(sender) for sender in senders].count(True) == 4


@pytest.mark.parametrize("wait", [wait_for_api, wait_for_page])
def test_a_refused_one_is_not_counted_and_says_how_long(limited: Callable[..., Any], wait: Callable[..., Any]) -> None:
    limited(api="2/minute", pages="2/minute")
    waits = [wait(ME) for _number in range(5)]
    assert waits[:2] == [0, 0]
    assert all(0 < each <= 120 for each in waits[2:])


@pytest.mark.parametrize("sender", [None, Sender(), Sender("192.0.2.7/32", "192.0.2.0/24", is_exempt=True)])
def test_a_colleague_an_exempt_network_and_an_unknown_one_are_not_counted(
    limited: Callable[..., Any], sender: Sender | None
) -> None:
    limited(form="1/hour", api="1/hour", pages="1/hour", suggestions="1/hour")
    for _number in range(3):
        assert not floods(sender)
        assert wait_for_api(sender) == wait_for_page(sender) == 0
        assert may_suggest(sender, 1)


def test_a_limit_that_is_off_asks_nobody(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert not floods(ME)
    assert wait_for_page(ME) == 0
    assert not is_flooded(1)


def test_a_town_is_flooded_by_all_networks_together_and_its_neighbour_is_not(limited: Callable[..., Any]) -> None:
    limited(town="3/hour")
    for _number in range(4):
        assert not is_flooded(1) or _number == 3
        count_received(1)
    assert is_flooded(1)
    assert not is_flooded(2)


def test_suggestions_pause_for_who_asks_too_much_and_in_a_flooded_town(limited: Callable[..., Any]) -> None:
    limited(suggestions="2/hour", town="2/hour")
    assert [may_suggest(ME, 1) for _number in range(3)] == [True, True, False]
    for _number in range(3):
        count_received(1)
    assert [may_suggest(NEIGHBOUR, 1), may_suggest(NEIGHBOUR, 2)] == [False, True]
