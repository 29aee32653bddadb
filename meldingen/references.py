"""References and tokens: random, without order, safe to read aloud or hard to guess."""

import secrets

# Crockford's base 32: no I, L, O or U, so that nobody mishears a reference on the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0", "-": None, " ": None})


def new_reference() -> str:
    """Eight random characters; unique per municipality by constraint, one in 10^12 by chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_reference(text: str) -> str:
    """What somebody typed or spelt, as it is stored: upper case, O as 0, I and L as 1, without dashes and spaces."""
    return text.upper().translate(_MISREAD)


def spaced(reference: str) -> str:
    """A reference as people read it: in two halves."""
    return f"{reference[: LENGTH // 2]}-{reference[LENGTH // 2 :]}"


def new_follow_token() -> str:
    """256 random bits, as they stand in the private follow address."""
    return secrets.token_urlsafe(32)
