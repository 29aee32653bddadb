"""One keyed hash of what was submitted, by which the same is known when it is sent again."""

import json
import uuid
from collections.abc import Mapping

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

Content = Mapping[str, str | float | None]


def fingerprint(content: Content) -> str:
    """64 hexadecimal digits under a key that follows from SECRET_KEY: without it nobody can try out what was typed.

    Each value counts under its name, in whatever order they come.
    """
    return _under(settings.SECRET_KEY, content)


def matches(mark: str, content: Content) -> bool:
    """Whether this is what was stored, also under a secret key that is being replaced; never when it was forgotten."""
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return bool(mark) and any(constant_time_compare(mark, _under(secret, content)) for secret in secrets)


def next_key(key: uuid.UUID) -> uuid.UUID:
    """The key that follows another one, always the same. It tells nothing of what was submitted under either."""
    digest = salted_hmac("meldingen.intake.next_key", key.hex, algorithm="sha256").digest()
    return uuid.UUID(bytes=digest[:16])


def second_key(key: uuid.UUID) -> uuid.UUID:
    """The key of what is sent along as a second thing, always the same. Nobody else can make it up."""
    digest = salted_hmac("meldingen.intake.second_key", key.hex, algorithm="sha256").digest()
    return uuid.UUID(bytes=digest[:16])


def _under(secret: str, content: Content) -> str:
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return salted_hmac("meldingen.intake.fingerprint", canonical, secret=secret, algorithm="sha256").hexdigest()
