"""Tokens of other systems, encrypted by a key of each municipality: who reads the database cannot use them."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from meldingen.tenancy.models import Municipality


class SealBroken(Exception):
    """It was encrypted by a key that is not known any more, or for another municipality."""


def seal(municipality: Municipality, token: str) -> str:
    """The token, encrypted by the present secret key."""
    return _fernet(municipality).encrypt(token.encode()).decode()


def unseal(municipality: Municipality, seal: str) -> str:
    """The token; former secret keys are tried too. SealBroken when none fits."""
    try:
        return _fernet(municipality).decrypt(seal.encode()).decode()
    except InvalidToken as error:
        raise SealBroken from error


def _fernet(municipality: Municipality) -> MultiFernet:
    keys = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return MultiFernet([Fernet(_key(secret, municipality.code)) for secret in keys])


def _key(secret: str, code: str) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"ckan:{code}".encode()).derive(secret.encode())
    return base64.urlsafe_b64encode(key)
