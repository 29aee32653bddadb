"""Of which meldingen nobody is shown a guess: a share of them, drawn by chance, to see how good the model is.

Who sees a guess tends to choose it. A model that is judged by such choices judges itself.
"""

import secrets
import uuid

from django.utils.crypto import salted_hmac

from meldingen.tenancy.models import Municipality

_RANGE = 2**64


def is_drawn(where: Municipality, key: uuid.UUID | None) -> bool:
    """Whether what is reported under `key` is audited. The same key is answered alike at every step of the form.

    Without a key (a program's report) chance decides anew each time.
    """
    number = secrets.randbelow(_RANGE) if key is None else _number(where, key)
    return number < where.audit_share * _RANGE


def _number(where: Municipality, key: uuid.UUID) -> int:
    """Who makes up a key cannot tell what it draws."""
    digest = salted_hmac(f"meldingen.audit:{where.pk}", str(key), algorithm="sha256").digest()
    return int.from_bytes(digest[:8], "big")
