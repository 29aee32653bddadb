"""The address to which a mail bounces: one for each mail, signed, so that what comes back says which mail it was.

It is the sender of the envelope; people answer to the address in From.
"""

import base64
import hmac
import re

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.crypto import salted_hmac

_SIGNATURE_BYTES = 10
_ENDS = re.compile(r"\+([0-9]{1,18})-([a-z2-7]{16})")


def envelope_of(delivery_id: int) -> str:
    """Where the mail of this delivery bounces to; empty where the site has no address for that."""
    local, at, domain = settings.BOUNCE_ADDRESS.rpartition("@")
    return f"{local}+{delivery_id}-{_signature(delivery_id, settings.SECRET_KEY)}@{domain}" if at else ""


def let_bounce(mail: EmailMessage, delivery_id: int) -> None:
    """Give a mail the sender of its envelope; who reads it sees no difference."""
    if envelope := envelope_of(delivery_id):
        mail.extra_headers["From"] = mail.from_email
        mail.from_email = envelope


def delivery_of(address: str) -> int | None:
    """The id of the delivery to which this address of ours belongs; None for one that we did not make."""
    local, _at, domain = settings.BOUNCE_ADDRESS.lower().rpartition("@")
    address = address.strip().strip("<>").lower()
    if not domain or not address.startswith(f"{local}+") or not address.endswith(f"@{domain}"):
        return None
    match = _ENDS.fullmatch(address[len(local) : -len(domain) - 1])
    if match is None:
        return None
    delivery_id, signature = int(match[1]), match[2]
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    is_ours = any(hmac.compare_digest(signature, _signature(delivery_id, key)) for key in keys)
    return delivery_id if is_ours else None


def _signature(delivery_id: int, key: str) -> str:
    """In letters and digits of one case: some servers write an address in lower case."""
    digest = salted_hmac("meldingen.bounce", str(delivery_id), secret=key, algorithm="sha256").digest()
    return base64.b32encode(digest[:_SIGNATURE_BYTES]).decode("ascii").lower()
