"""Limits on real web processes: counted together, and heavy log-ins leave room for everybody else."""

import json
import re
import statistics
import time
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from pytest_django import Settings

from meldingen.limits.slots import Slots
from meldingen.staffsite.hashing import PATIENCE_SECONDS
from tests.factories import PASSWORD, Town
from tests.journeys.machinery import Web
from tests.sure import sure

pytestmark = pytest.mark.slow

TOGETHER = 12


@pytest.fixture
def town(transactional_db: None) -> Any:
    """The small town, seen by other processes."""
    return Town()


@pytest.fixture
def started() -> Iterator[Any]:
    """Starts web processes; none is left behind."""
    with ExitStack() as stack:

        def start(*args: Any, **extra: Any) -> Any:
            web = Web(*args, **extra)
            stack.callback(web.kill)
            web.start()
            return web

        yield start


def report(web: Web, town: Town, address: str = "192.0.2.7") -> Any:
    body = {"text": "Lamp kapot", "place": {"buurt": town.west.code}, "submission_key": str(uuid.uuid4())}
    headers = {"Content-Type": "application/json", "X-Forwarded-For": f"203.0.113.9, {address}"}
    return web.ask("POST", "/api/v1/meldingen", town.host, json.dumps(body), headers)


def log_in(web: Web, town: Town, name: str, password: str = PASSWORD) -> Any:
    """Status and Retry-After of a log-in, with what a browser sends along."""
    _status, headers, page = web.ask("GET", "/beheer/login/", town.host)
    cookie = headers["Set-Cookie"].partition(";")[0]
    token = sure(re.search(r'csrfmiddlewaretoken" value="([^"]+)"', page))[1]
    form = urlencode({"csrfmiddlewaretoken": token, "username": name, "password": password})
    sent = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    status, headers, _page = web.ask("POST", "/beheer/login/", town.host, form, sent)
    return status, headers.get("Retry-After")


def log_in_until(end: float, *args: Any) -> Any:
    """The answers of one log-in after the other."""
    answers = [log_in(*args)]
    while time.monotonic() < end:
        answers.append(log_in(*args))
    return answers


def test_two_processes_on_one_redis_count_together(
    town: Town, broker: Any, started: Callable[..., Any], tmp_path: Path
) -> None:
    webs = [started(broker.url, tmp_path, LIMIT_API="5/hour", PROXY_HOPS="1") for _number in range(2)]
    answers = [report(web, town) for _number in range(4) for web in webs]
    assert [status for status, _headers, _text in answers] == [201] * 5 + [429] * 3
    assert {int(headers["Retry-After"]) > 0 for _status, headers, _text in answers[5:]} == {True}
    assert report(webs[0], town, "192.0.2.8")[0] == 201
    broker.stop()
    assert [report(web, town)[0] for web in webs] == [201, 201]


def test_twelve_log_ins_at_once_leave_health_answering(
    town: Town, broker: Any, started: Callable[..., Any], tmp_path: Path, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ["meldingen.staffsite.hashing.SlottedHasher"]
    web = started(broker.url, tmp_path)
    colleague = town.member()
    slots = Slots(web.data / "slots", "hash", settings.REQUEST_SLOTS // 2, 0)
    with ThreadPoolExecutor(TOGETHER) as pool, ExitStack() as held:
        for _number in slots.free:  # as if each was hashing for long
            held.enter_context(slots.take(0))
        end, waits = time.monotonic() + 3 * PATIENCE_SECONDS, []
        attempts = [pool.submit(log_in_until, end, web, town, colleague.username) for _number in range(TOGETHER)]
        while time.monotonic() < end:
            begin = time.monotonic()
            assert web.ask("GET", "/gezond", town.host)[0] == 200
            waits.append(time.monotonic() - begin)
            time.sleep(0.05)
        assert {answer for attempt in attempts for answer in attempt.result()} == {(503, "5")}
    assert statistics.median(waits) < PATIENCE_SECONDS / 2
    assert log_in(web, town, colleague.username)[0] == 302
