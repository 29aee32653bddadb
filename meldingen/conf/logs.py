"""What the log leaves out: keys of private addresses, and rows that the database quotes when a statement fails."""

import logging
import re
from types import TracebackType

# What follows the names of private addresses (/volg/, /melden/bedankt/, /melden/foto/, /beheer/uitnodiging/,
# /beheer/wachtwoord/), encoded or mistyped too; and what is shaped like such a key.
_KEY = re.compile(
    r"((?:volg|bedankt|foto|uitnodiging|wachtwoord)(?:/|%2f)+)\s*\S+|(?<![\w-])[\w-]{43}(?![\w-])",
    re.IGNORECASE | re.ASCII,
)
# In a traceback, or within the repr of an error (Celery's messages).
_DETAIL = re.compile(r"(\n|\\n)DETAIL:.*?(?=\n\nThe above exception|\n\nDuring handling|\Z)", re.DOTALL)


def mask(text: str) -> str:
    """The text with an ellipsis in place of each key of a private address and of the database's DETAIL."""
    return _KEY.sub(lambda match: f"{match[1] or ''}…", _DETAIL.sub(r"\1DETAIL: …", text))


class NoKeys(logging.Filter):
    """Takes keys and rows out of each record's message. On a handler, so that every logger that uses it is covered."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always true: the record stays, its message is final."""
        record.msg, record.args = mask(record.getMessage()), None
        return True


class Line(logging.Formatter):
    """One line for each record; of an exception the traceback, without keys and without the database's DETAIL."""

    def formatException(  # noqa: N802  the name that logging calls
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        """The traceback, masked."""
        return mask(super().formatException(ei))
