"""Counts in a real Redis, by several processes at once."""

import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import pytest
import redis
from pytest_django import Settings

from meldingen.limits import counting
from meldingen.limits.counting import Mode, forget, key_of, remember, seconds_left, wait_for
from meldingen.limits.rates import Rate

HOUR, SECOND = Rate(3, 3600), Rate(2, 1)


@pytest.fixture(autouse=True)
def own_counters(limited: Callable[..., Any]) -> None:
    """Nobody else counts here."""


def counter(rate: Rate = HOUR, name: str = "proef") -> list[tuple[str, Rate]]:
    return [(key_of(name), rate)]


def test_there_is_room_for_as_many_as_the_rate_says() -> None:
    waits = [wait_for(counter(), Mode.IF_ROOM) for _number in range(4)]
    assert waits[:3] == [0, 0, 0]
    assert 0 < waits[3] <= 7200


def test_what_there_was_no_room_for_is_counted_only_always() -> None:
    for _number in range(9):
        wait_for(counter(), Mode.IF_ROOM)
        wait_for(counter(name="altijd"), Mode.ALWAYS)
    assert wait_for(counter(name="altijd"), Mode.LOOK) > wait_for(counter(), Mode.LOOK)


def test_looking_counts_nothing() -> None:
    assert [wait_for(counter(Rate(1, 60)), Mode.LOOK) for _number in range(3)] == [0, 0, 0]


def test_the_wait_is_long_enough_and_then_there_is_room() -> None:
    while not (wait := wait_for(counter(SECOND), Mode.IF_ROOM)):
        pass
    time.sleep(wait)
    assert wait_for(counter(SECOND), Mode.IF_ROOM) == 0


def test_in_the_long_run_the_rate_is_kept_and_used_up() -> None:
    taken, end = 0, time.monotonic() + 3
    while time.monotonic() < end:
        taken += wait_for(counter(Rate(10, 1)), Mode.IF_ROOM) == 0
    assert 25 <= taken <= 40  # ten a second, and at most ten more at once


def test_all_counters_must_have_room_and_then_all_are_counted() -> None:
    both = [*counter(Rate(1, 3600), "vol"), *counter(Rate(9, 3600), "leeg")]
    assert wait_for(both, Mode.IF_ROOM) == 0
    assert wait_for(both, Mode.IF_ROOM) > 0
    room = [wait_for(counter(Rate(9, 3600), "leeg"), Mode.IF_ROOM) for _number in range(9)]
    assert room.count(0) == 8


def test_processes_count_together() -> None:
    code = (
        "import sys; from django.conf import settings; from meldingen.limits import counting as c;"
        "from meldingen.limits.rates import Rate; c.NAMESPACE = sys.argv[1];"
        "print(sum(c.wait_for([(c.key_of('samen'), Rate(50, 3600))], c.Mode.IF_ROOM) == 0 for n in range(40)))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "meldingen.conf.settings_test"}
    command = [sys.executable, "-c", code, counting.NAMESPACE]
    import os

    both = [subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | environment) for _number in range(2)]
    assert sum(int(process.communicate()[0]) for process in both) == 50


def test_redis_holds_no_address_and_forgets_by_itself(settings: Settings) -> None:
    wait_for([(key_of("form", "192.0.2.7/32"), HOUR)], Mode.ALWAYS)
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        (key,) = client.scan_iter(f"{counting.NAMESPACE}:*")
        assert b"192" not in key.removeprefix(counting.NAMESPACE.encode()) + b"".join(client.hgetall(key).values())
        assert 0 < client.ttl(key) <= 2 * HOUR.seconds


def test_without_the_secret_nobody_can_try_out_whose_key_it_is(settings: Settings) -> None:
    key = key_of("form", "192.0.2.7/32")
    settings.SECRET_KEY = "another" * 10
    assert key_of("form", "192.0.2.7/32") != key


def test_what_is_remembered_is_forgotten_in_time_or_on_demand() -> None:
    remember(key_of("kort"), 0.05)
    remember(key_of("lang"), 60)
    time.sleep(0.1)
    short, long, never = seconds_left(key_of("kort"), key_of("lang"), key_of("nooit"))
    assert (short, never) == (0, 0)
    assert 50 < long <= 60
    forget(key_of("lang"))
    assert seconds_left(key_of("lang")) == [0]


@pytest.mark.parametrize("url", ["redis://127.0.0.1:1/0", "redis://192.0.2.1:6379/0"])
def test_without_redis_everybody_is_let_in_and_nobody_waits(
    settings: Settings, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings.REDIS_URL = url
    begin = time.monotonic()
    assert [wait_for(counter(), Mode.IF_ROOM) for _number in range(50)] == [0] * 50
    assert seconds_left(key_of("x")) == [0]
    assert time.monotonic() - begin < 1
    assert len(caplog.records) == 1
    assert url not in caplog.text
