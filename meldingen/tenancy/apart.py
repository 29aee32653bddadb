"""What goes wrong in one municipality stays there."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

logger = logging.getLogger(__name__)


@contextmanager
def apart(undone: str) -> Iterator[None]:
    """Around the work of one municipality: any error is logged as `undone` and its kind, and goes no further.

    The kind only: a message may hold what people wrote.
    """
    try:
        yield
    except Exception as error:
        logger.error("%s: %s", undone, type(error).__name__)
