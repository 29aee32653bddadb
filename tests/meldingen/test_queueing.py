import logging
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from meldingen import queueing
from meldingen.notifications import tasks as notifications_tasks


@pytest.fixture(autouse=True)
def fresh_process() -> None:
    queueing._Pause.until = 0.0


@pytest.fixture
def publishing(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Callable[..., Any]:
    """Commits a transaction that publishes three tasks; the seconds that it took."""

    def seconds() -> float:
        started = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            for number in (1, 2, 3):
                queueing.after_commit(notifications_tasks.deliver, number)
        return time.monotonic() - started

    return seconds


@pytest.fixture
def unreachable_broker() -> Iterator[str]:
    """A port whose queue is full, so that a connection waits and waits."""
    with socket.socket() as listening, socket.socket() as first, socket.socket() as second:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for other in (first, second):
            other.setblocking(False)
            other.connect_ex(listening.getsockname())
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


@pytest.fixture
def silent_broker() -> Iterator[str]:
    """A port that takes a connection and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


def broker(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(notifications_tasks.deliver.app.conf, "broker_url", url)
    assert queueing._connection(notifications_tasks.deliver).as_uri(include_password=True) in (
        url,
        url.replace("//", "//:@", 1),
    )


def test_a_dead_broker_costs_less_than_two_seconds_and_is_logged(
    db: None, publishing: Callable[..., Any], caplog: pytest.LogCaptureFixture
) -> None:
    assert publishing() < 1.5
    assert [r.levelno for r in caplog.records if r.name == "meldingen.queueing"] == [logging.WARNING] * 3
    assert "meldingen.notifications.tasks.deliver (1,)" in caplog.text


def test_a_broker_that_never_answers_costs_less_than_two_seconds(
    db: None, publishing: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, silent_broker: str
) -> None:
    broker(monkeypatch, silent_broker)
    assert 0.4 < publishing() < 1.5


def test_a_broker_that_does_not_let_us_in_costs_less_than_two_seconds(
    db: None, publishing: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, unreachable_broker: str
) -> None:
    broker(monkeypatch, unreachable_broker)
    assert 0.4 < publishing() < 1.5


def test_nothing_is_published_when_the_transaction_is_undone(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, caplog: pytest.LogCaptureFixture
) -> None:
    with django_capture_on_commit_callbacks(execute=True), suppress(ZeroDivisionError), transaction.atomic():
        queueing.after_commit(notifications_tasks.deliver, 1)
        raise ZeroDivisionError
    assert "meldingen.queueing" not in caplog.text


def test_a_password_of_the_broker_is_never_logged(
    db: None, publishing: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    broker(monkeypatch, "redis://:geheim@127.0.0.1:1/0")
    publishing()
    assert "geheim" not in caplog.text
