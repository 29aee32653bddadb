"""How many do the same heavy work at once, on all processes of a machine together: locks on files.

A process that dies gives its locks back, whatever kills it; no count can leak.
"""

import fcntl
import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

logger = logging.getLogger(__name__)
_EVERY_SECONDS = 0.02  # how often who waits looks again


class Busy(Exception):
    """No slot came free in time; Retry-After is a guess at when one does."""

    retry_after = 5


class Slots:
    """`number` slots under a name, and room for `waiting` who wait for one; the rest hears at once that it is busy.

    Where the folder cannot be written nothing is held up, and the log says so.
    """

    def __init__(self, folder: Path, name: str, number: int, waiting: int) -> None:
        self.free = [folder / f"{name}-{each}" for each in range(number)]
        self.chairs = [folder / f"{name}-wait-{each}" for each in range(waiting)]
        with suppress(OSError):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    @contextmanager
    def take(self, patience: float) -> Iterator[None]:
        """Around the work. Busy when there is no slot within `patience` seconds, or too many wait already."""
        slot = None
        try:
            slot = _first(self.free)
            if slot is None:
                slot = self._wait(patience)
        except OSError as error:
            logger.error("slots cannot be counted: %s", type(error).__name__)
        try:
            yield
        finally:
            if slot is not None:
                os.close(slot)

    def _wait(self, patience: float) -> int:
        """The open file of a slot that came free in time."""
        chair = _first(self.chairs)
        if chair is None:
            raise Busy
        try:
            until = time.monotonic() + patience
            while time.monotonic() < until:
                time.sleep(_EVERY_SECONDS)
                slot = _first(self.free)
                if slot is not None:
                    return slot
        finally:
            os.close(chair)
        raise Busy


def _first(paths: list[Path]) -> int | None:
    """The open file of the first lock that nobody holds; closing it gives it back. None when all are held."""
    for path in paths:
        file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(file)
        else:
            return file
    return None
