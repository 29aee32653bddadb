import email
import email.policy
from pathlib import Path
from typing import Any

import pytest
from django.core.mail.backends.base import BaseEmailBackend


class Mailbox:
    """The folder into which mail goes, and the mails in it."""

    def __init__(self, folder: Any) -> None:
        self.folder = folder

    def mails(self) -> Any:
        paths = sorted(self.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        return [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in paths]


class BrokenServer(BaseEmailBackend):
    """A mail server that is away."""

    def send_messages(self, email_messages: Any) -> int:
        raise ConnectionRefusedError("no piket@example.org")


@pytest.fixture(autouse=True)
def mailbox(settings: Any, tmp_path: Path) -> Any:
    settings.EMAIL_BACKEND = "meldingen.notifications.files.FileBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    return Mailbox(tmp_path)


@pytest.fixture
def broken_server(settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{__name__}.BrokenServer"
