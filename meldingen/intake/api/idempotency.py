"""The header Idempotency-Key: makes it safe to send the same melding again, whatever the program calls its request."""

import re
import uuid

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

HEADER = "Idempotency-Key"
# Visible letters; the draft of the standard puts them between quotation marks, and programs do so or not.
_KEY = re.compile(r'"?([!#-\[\]-~]{1,255})"?')


def key_of(request: Request) -> uuid.UUID | None:
    """The key under which the melding is stored: a keyed hash, so that nobody reads in the database what was sent.

    None without the header. ValueError in words for who sends it.
    """
    header = request.headers.get(HEADER)
    if header is None:
        return None
    match = _KEY.fullmatch(header.strip())
    if match is None:
        raise ValueError(_("Send 1 to 255 letters, digits or signs without spaces here: a new random UUID, say."))
    digest = salted_hmac("meldingen.intake.idempotency", match[1], algorithm="sha256").digest()
    return uuid.UUID(bytes=digest[:16])


def wrong(words: str, code: str = "invalid") -> dict[str, list[ErrorDetail]]:
    """What is not right with the header, as the problem says it."""
    return {HEADER: [ErrorDetail(words, code)]}
