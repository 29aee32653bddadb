"""What goes wrong in one municipality stays there."""

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

logger = logging.getLogger(__name__)


@contextmanager
def contain_failures(what: str) -> Iterator[None]:
    """Around the work of one municipality, outside a transaction: an error is logged and goes no further.

    The log has `what`, the kind of the error and its place; not its message, which may hold what people wrote.
    """
    try:
        yield
    except Exception as error:
        place = traceback.extract_tb(error.__traceback__)[-1]
        logger.error("%s: %s at %s:%s", what, type(error).__name__, place.filename, place.lineno)
        if not connection.in_atomic_block:  # whose transaction it is decides about its connection
            connection.close_if_unusable_or_obsolete()  # a lost one would be lost to every municipality after this one
