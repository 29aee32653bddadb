"""Mail into files: the default, so that nothing leaves a machine on which nobody configured mail."""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core import checks
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FileBackend(BaseEmailBackend):
    """One .eml per message, named after its Message-ID: a message that is sent twice stays one file."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write each message whole or not at all; the number written."""
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            content = message.message()
            name = hashlib.sha256(str(content["Message-ID"]).encode()).hexdigest()[:32]
            partial = folder / f"{name}.part"
            partial.write_bytes(content.as_bytes())
            partial.replace(folder / f"{name}.eml")
        return len(email_messages)


def check_mail(**kwargs: Any) -> list[checks.CheckMessage]:
    """System check: on a site that residents reach, mails in files reach nobody.

    A warning, never an error: meldingen come in and are handled without mail.
    """
    in_files = f"{FileBackend.__module__}.{FileBackend.__qualname__}" == settings.EMAIL_BACKEND
    if not (in_files and settings.SECURE_SSL_REDIRECT):
        return []
    return [
        checks.Warning(
            "Reporters get no mail: mails are only written to files.",
            hint="Set EMAIL_URL, for example smtp+tls://user:password@host:587.",
            id="meldingen.W002",
        )
    ]
