"""A source that fails again and again is left alone for a while, by all processes: what it does is kept in Redis."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from meldingen.limits.counting import Mode, forget, key_of, remember, seconds_left, wait_for
from meldingen.limits.rates import Rate
from meldingen.places.addresses.finding import Unanswered

logger = logging.getLogger(__name__)

FAILURES = 3
OPEN_SECONDS = 30.0
TOLD_SECONDS = 24 * 3600.0  # for so long it is known that it opened
# The last failure that there is room for is the one before the breaker opens.
_IN_A_ROW = Rate(FAILURES - 1, 60)


class Failed(Unanswered):
    """The source is away, too slow or talks nonsense. Its one argument is a code and holds nothing of the question."""


class Breaker:
    """That of one source. Without Redis it never opens: each question then waits for its own answer."""

    def __init__(self, *name: str) -> None:
        self._count, self._last, self._open = (key_of("breaker", *name, key) for key in ("count", "last", "open"))
        self._told = key_of("breaker", *name, "told")

    def is_failing(self) -> bool:
        """Whether what was asked last, within some seconds, was not answered."""
        return any(seconds_left(self._last, self._open))

    def seconds_since(self) -> float | None:
        """How long ago it opened last; None where that is more than TOLD_SECONDS ago, or never was."""
        (left,) = seconds_left(self._told)
        return TOLD_SECONDS - left if left else None

    @contextmanager
    def guard(self) -> Iterator[None]:
        """Around one question. Unanswered at once while it is open; counts a question that Failed.

        The failures before are forgotten only by an answer: the first one after a pause opens it again.
        """
        if any(seconds_left(self._open)):
            raise Unanswered
        try:
            yield
        except Failed as failed:
            logger.warning("addresses: no answer from outside (%s)", failed)
            remember(self._last, OPEN_SECONDS)
            if wait_for([(self._count, _IN_A_ROW)], Mode.ALWAYS):
                remember(self._open, OPEN_SECONDS)
                remember(self._told, TOLD_SECONDS)
            raise
        forget(self._count, self._last)
