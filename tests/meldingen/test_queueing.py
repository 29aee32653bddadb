import logging
import socket
import time
from contextlib import suppress

import pytest
from django.db import transaction

from meldingen import queueing
from meldingen.notifications import tasks as notifications_tasks


@pytest.fixture(autouse=True)
def fresh_process():
    queueing._Pause.until = 0.0


@pytest.fixture
def publishing(django_capture_on_commit_callbacks):
    """Commits a transaction that publishes three tasks; the seconds that it took."""

    def seconds():
        started = time.monotonic()
        with django_capture_on_commit_callbacks(execute=True):
            for number in (1, 2, 3):
                queueing.after_commit(notifications_tasks.deliver, number)
        return time.monotonic() - started

    return seconds


@pytest.fixture
def unreachable_broker():
    """A port whose queue is full, so that a connection waits and waits."""
    with socket.socket() as listening, socket.socket() as first, socket.socket() as second:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        for other in (first, second):
            other.setblocking(False)
            other.connect_ex(listening.getsockname())
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


@pytest.fixture
def silent_broker():
    """A port that takes a connection and never says a word."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"redis://127.0.0.1:{listening.getsockname()[1]}/0"


def broker(monkeypatch, url):
    monkeypatch.setattr(notifications_tasks.deliver.app.conf, "broker_url", url)
    assert queueing._connection(notifications_tasks.deliver).as_uri(include_password=True) in (
        url,
        url.replace("//", "//:@", 1),
    )


def test_a_dead_broker_costs_less_than_two_seconds_and_is_logged(db, publishing, caplog):
    assert publishing() < 1.5
    assert [r.levelno for r in caplog.records if r.name == "meldingen.queueing"] == [logging.WARNING] * 3
    assert "meldingen.notifications.tasks.deliver (1,)" in caplog.text


def test_a_broker_that_never_answers_costs_less_than_two_seconds(db, publishing, monkeypatch, silent_broker):
    broker(monkeypatch, silent_broker)
    assert 0.4 < publishing() < 1.5


def test_a_broker_that_does_not_let_us_in_costs_less_than_two_seconds(db, publishing, monkeypatch, unreachable_broker):
    broker(monkeypatch, unreachable_broker)
    assert 0.4 < publishing() < 1.5


def test_nothing_is_published_when_the_transaction_is_undone(db, django_capture_on_commit_callbacks, caplog):
    with django_capture_on_commit_callbacks(execute=True), suppress(ZeroDivisionError), transaction.atomic():
        queueing.after_commit(notifications_tasks.deliver, 1)
        raise ZeroDivisionError
    assert "meldingen.queueing" not in caplog.text


def test_a_password_of_the_broker_is_never_logged(db, publishing, monkeypatch, caplog):
    broker(monkeypatch, "redis://:geheim@127.0.0.1:1/0")
    publishing()
    assert "geheim" not in caplog.text
