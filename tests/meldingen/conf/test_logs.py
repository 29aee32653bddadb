import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client

from meldingen.conf.logs import mask
from meldingen.record import queries
from meldingen.record.references import new_follow_token
from meldingen.tenancy.models.municipality import Municipality

TOKEN = "Abcdefghij-klmnopqrst_uvwxyz0123456789ABCDE"


@pytest.fixture
def log() -> Iterator[Any]:
    """What the one handler of the settings writes."""
    handlers: list[Any] = [each for each in logging.getLogger().handlers if each.get_name() == "console"]
    (handler,) = handlers
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.mark.parametrize(
    "path",
    [
        f"/volg/{TOKEN}",
        f"/melden/bedankt/{TOKEN}",
        f"/volg/{TOKEN}/",
        f"/VOLG/{TOKEN}.",
        f"/volg/ {TOKEN}x",
        f"/volg%2F{TOKEN}%20x",
        f"/vogl/{TOKEN}?x=1",
        f"Key (follow_token)=({TOKEN}) already exists",
    ],
)
def test_a_key_is_masked_however_it_is_written(path: str) -> None:
    assert TOKEN[:20] not in mask(f"Not Found: {path}")


def test_an_error_that_a_message_shows_quotes_no_row() -> None:
    error = ValueError("null value\nDETAIL:  Failing row contains (1,\nWat ik schreef).")
    assert (
        mask(f"Task x raised unexpected: {error!r}") == "Task x raised unexpected: ValueError('null value\\nDETAIL: …"
    )


@pytest.mark.parametrize("text", ["Not Found: /volg", "x" * 42, "x" * 44, "/data/meldingen-per-maand/2025-01"])
def test_other_words_stay(text: str) -> None:
    assert mask(text) == text


def test_a_token_is_as_long_as_the_mask_expects() -> None:
    assert len(new_follow_token()) == len(TOKEN)


@pytest.mark.parametrize("address", ["/volg/", "/melden/bedankt/"])
def test_an_unknown_address_is_logged_without_its_key(resident: Client, log: Any, address: str) -> None:
    assert resident.get(f"{address}{TOKEN}").status_code == 404
    assert f"Not Found: {address}…" in log.getvalue()
    assert TOKEN not in log.getvalue()


@pytest.mark.parametrize(("error", "status"), [(ValueError, 500), (OperationalError, 503)])
def test_a_fault_is_logged_without_the_key(
    resident: Client, log: Any, monkeypatch: pytest.MonkeyPatch, error: type, status: int
) -> None:
    def fail(*args: Municipality | str) -> None:
        raise error(f"at /volg/{TOKEN}")

    monkeypatch.setattr(queries, "followed", fail)
    resident.raise_request_exception = False
    assert resident.get(f"/volg/{TOKEN}").status_code == status
    assert "/volg/…" in log.getvalue()
    assert TOKEN not in log.getvalue()


@pytest.mark.django_db
def test_a_traceback_does_not_quote_rows(log: Any) -> None:
    words = ["Wat ik schreef"] * 2
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE t (a text PRIMARY KEY)")
            cursor.execute("INSERT INTO t VALUES (%s), (%s)", words)
    except Exception:
        logging.getLogger("django.request").exception("%s went wrong", f"/volg/{TOKEN}")
    assert "unique" in log.getvalue()
    assert "schreef" not in log.getvalue()


@pytest.mark.parametrize("name", ["django.request", "django.db.backends", "gunicorn.error", "celery", "meldingen"])
def test_every_logger_goes_through_the_one_handler(log: Any, name: str) -> None:
    logger = logging.getLogger(name)
    logger.warning("at %s", f"/volg/{TOKEN}")
    assert "at /volg/…" in log.getvalue()
    while logger.parent:
        assert all(isinstance(handler, logging.NullHandler) for handler in logger.handlers)
        logger = logger.parent
