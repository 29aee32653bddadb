"""The signed id by which a form that nobody sent yet knows its photos: without a path, and good in one town only."""

import uuid

from django.core import signing

from meldingen.attachments.models import Photo


def token_of(photo: Photo) -> str:
    """Always the same for the same photo, so that what is sent twice is known."""
    return _signer(photo.municipality_id).sign(photo.key.hex)


def key_of(token: str, municipality_id: int) -> uuid.UUID | None:
    """The key of the photo; None for what this deployment did not sign for this municipality."""
    try:
        return uuid.UUID(_signer(municipality_id).unsign(token))
    except (signing.BadSignature, ValueError):
        return None


def _signer(municipality_id: int) -> signing.Signer:
    return signing.Signer(salt=f"meldingen.attachments:{municipality_id}")
