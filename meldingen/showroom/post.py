"""The mails of the demonstration: they are in files, and nobody gets them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from django.conf import settings

NEWEST = 50
_NAME = re.compile(r"[0-9a-f]{32}", re.ASCII)


@dataclass(frozen=True)
class Letter:
    """One mail; `name` is that of its file."""

    name: str
    to: str
    subject: str
    when: datetime | None
    text: str


def newest() -> Sequence[Letter]:
    """The last NEWEST mails, newest first."""
    files = sorted(Path(settings.EMAIL_FILE_PATH).glob("*.eml"), key=lambda path: -path.stat().st_mtime)
    return [_read(path) for path in files[:NEWEST]]


def find(name: str) -> Letter | None:
    """One mail; None where there is none of that name."""
    path = Path(settings.EMAIL_FILE_PATH) / f"{name}.eml"
    return _read(path) if _NAME.fullmatch(name) and path.is_file() else None


def _read(path: Path) -> Letter:
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain",)) if isinstance(message, EmailMessage) else None
    date = message["Date"]
    when = date.datetime if date is not None else None
    if when is not None and when.tzinfo is None:  # "-0000": it is UTC, and says nothing of where it was written
        when = when.replace(tzinfo=UTC)
    return Letter(path.stem, str(message["To"]), str(message["Subject"]), when, body.get_content() if body else "")
