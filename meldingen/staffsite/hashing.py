"""Passwords are hashed for long, on purpose. So not every request slot may do so at once: half of them can."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from threading import BoundedSemaphore

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from meldingen.limits.slots import Busy, Slots

PATIENCE_SECONDS = 2.0
_in_request: ContextVar[bool] = ContextVar("hashes in a request", default=False)


class SlottedHasher(PBKDF2PasswordHasher):
    """Django's hasher. In a request it takes a slot or raises limits.slots.Busy; a command does not ask."""

    def encode(self, password: str, salt: str, iterations: int | None = None) -> str:
        """The hash; every check of a password comes by here too."""
        if not _in_request.get():
            return super().encode(password, salt, iterations)
        with _a_thread_left(), slots().take(PATIENCE_SECONDS):
            return super().encode(password, salt, iterations)


@contextmanager
def in_request() -> Iterator[None]:
    """Around a request: what is hashed inside takes a slot."""
    token = _in_request.set(True)
    try:
        yield
    finally:
        _in_request.reset(token)


def slots() -> Slots:
    """Half of the request slots hash, and a quarter may wait for that: the last quarter is always there for others."""
    return _slots(settings.DATA_DIR, settings.REQUEST_SLOTS)


@contextmanager
def _a_thread_left() -> Iterator[None]:
    """Around a thread that hashes or waits: a process keeps one of four for what it has accepted already."""
    threads = _threads(settings.WEB_THREADS)
    if not threads.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        threads.release()


@lru_cache(maxsize=4)
def _threads(number: int) -> BoundedSemaphore:
    return BoundedSemaphore(max(1, number * 3 // 4))


@lru_cache(maxsize=4)
def _slots(folder: Path, number: int) -> Slots:
    return Slots(folder / "slots", "hash", max(1, number // 2), number // 4)
