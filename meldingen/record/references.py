"""References and tokens: random, without order, safe to read aloud or hard to guess."""

import re
import secrets

from meldingen.texts import normal

# Crockford's base 32: no I, L, O or U, so that nobody mishears a reference on the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8
_MISREAD = str.maketrans({"I": "1", "L": "1", "O": "0"})
_PIECE = re.compile(r"[0-9A-Z]+")


def new_reference() -> str:
    """Eight random characters; unique per municipality by constraint, one in 10^12 by chance."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_references(text: str) -> list[str]:
    """What in a text may be a reference, as it is stored: upper case, O as 0, I and L as 1.

    Whatever stands before, behind or between its pieces is none of it: “Melding #67d0–b5ga.” holds 67D0B5GA.
    """
    pieces = _PIECE.findall(normal(text).upper())
    references = []
    for begin in range(len(pieces)):
        spelling = ""
        for piece in pieces[begin : begin + LENGTH]:
            spelling += piece
            if len(spelling) >= LENGTH:
                break
        reference = spelling.translate(_MISREAD)
        if len(reference) == LENGTH and set(reference) <= set(ALPHABET):
            references.append(reference)
    return references


def spaced(reference: str) -> str:
    """A reference as people read it: in two halves."""
    return f"{reference[: LENGTH // 2]}-{reference[LENGTH // 2 :]}"


def new_follow_token() -> str:
    """256 random bits, as they stand in the private follow address."""
    return secrets.token_urlsafe(32)
