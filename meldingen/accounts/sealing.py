"""Secrets of colleagues, encrypted by the secret key: who reads the database cannot use them."""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(secret: bytes) -> str:
    """The secret, encrypted by the present secret key."""
    return _fernet().encrypt(secret).decode()


def unseal(text: str) -> bytes | None:
    """The secret; former secret keys are tried too. None when none fits."""
    try:
        return _fernet().decrypt(text.encode())
    except InvalidToken:
        return None


def _fernet() -> MultiFernet:
    return MultiFernet([Fernet(_key(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _key(secret_key: str) -> bytes:
    key = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"second factor").derive(secret_key.encode())
    return base64.urlsafe_b64encode(key)
