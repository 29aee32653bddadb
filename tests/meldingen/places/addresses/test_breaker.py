import os
import subprocess
import sys
from contextlib import suppress
from typing import Any

import pytest

from meldingen.limits import counting
from meldingen.places.addresses import breaker
from meldingen.places.addresses.breaker import FAILURES, Breaker, Failed
from meldingen.places.addresses.finding import Unanswered
from tests.sure import sure


@pytest.fixture
def source(limited: object) -> Breaker:
    return Breaker("proef")


def fail(source: Breaker) -> None:
    with pytest.raises(Failed), source.guard():
        raise Failed("away")


def test_after_three_failures_nothing_is_asked(source: Breaker) -> None:
    for _number in range(FAILURES):
        fail(source)
    with pytest.raises(Unanswered) as refused, source.guard():
        pytest.fail("it was asked")
    assert not isinstance(refused.value, Failed)
    assert source.is_failing()


def test_that_it_opened_is_known_for_a_while(source: Breaker, monkeypatch: pytest.MonkeyPatch) -> None:
    fail(source)
    assert source.seconds_since() is None
    for _number in range(FAILURES - 1):
        fail(source)
    assert sure(source.seconds_since()) < 60
    monkeypatch.setattr(breaker, "OPEN_SECONDS", 0.001)
    with suppress(Unanswered), source.guard():
        pass
    assert sure(source.seconds_since()) < 60


def test_an_answer_between_forgets_the_failures(source: Breaker) -> None:
    for _number in range(2 * FAILURES):
        fail(source)
        with source.guard():
            pass
    assert not source.is_failing()


def test_after_the_pause_one_failure_opens_it_again_and_one_answer_closes_it(
    source: Breaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _number in range(FAILURES):
        fail(source)
    counting.forget(source._open)  # as after OPEN_SECONDS
    fail(source)
    assert counting.seconds_left(source._open)[0] > 0
    counting.forget(source._open)
    with source.guard():
        pass
    fail(source)
    assert counting.seconds_left(source._open) == [0]


def test_it_stays_open_for_half_a_minute(source: Breaker) -> None:
    for _number in range(FAILURES):
        fail(source)
    assert 29 < counting.seconds_left(source._open)[0] <= breaker.OPEN_SECONDS == 30


ELSEWHERE = """
import sys
from django.conf import settings
from meldingen.limits import counting
counting.NAMESPACE = sys.argv[1]
from meldingen.places.addresses.breaker import Breaker, Failed
from meldingen.places.addresses.finding import Unanswered
for _number in range(int(sys.argv[2])):
    try:
        with Breaker("proef").guard():
            print("asked")
            raise Failed("away")
    except Unanswered:
        pass
"""


def asked_elsewhere(times: int) -> int:
    command = [sys.executable, "-c", ELSEWHERE, counting.NAMESPACE, str(times)]
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "meldingen.conf.settings_test"}
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout.count("asked")


def test_processes_share_it(source: Breaker) -> None:
    fail(source)
    assert asked_elsewhere(5) == FAILURES - 1
    with pytest.raises(Unanswered), source.guard():
        pytest.fail("it was asked")


def test_without_redis_each_question_is_asked(source: Breaker, settings: Any) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    for _number in range(2 * FAILURES):
        fail(source)
    assert not source.is_failing()
