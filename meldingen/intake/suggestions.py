"""What a reporter was shown as suggestions, sealed in the page: only what the server wrote there is believed later."""

import hashlib
from collections.abc import Sequence

from django.core import signing


def seal(labels: Sequence[str], municipality_id: int, text: str) -> str:
    """These labels in their order, for this text in this municipality and for no other."""
    return signing.dumps(list(labels), salt=_salt(municipality_id, text))


def unseal(seal_text: str, municipality_id: int, text: str) -> list[str] | None:
    """What was sealed for this text; None, which means that nobody knows, for anything else."""
    try:
        return list(signing.loads(seal_text, salt=_salt(municipality_id, text)))
    except (signing.BadSignature, ValueError):
        return None


def _salt(municipality_id: int, text: str) -> str:
    return f"meldingen.intake.suggestions:{municipality_id}:{hashlib.sha256(text.encode()).hexdigest()}"
