"""What people type, paste and send, in one spelling: every door brings its texts through here."""

import re
import unicodedata
from collections.abc import Callable, Mapping

# Nobody types these, and PostgreSQL refuses the first. Tab, newline, marks of direction and emoji stay.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
# Hints where a word may be broken and a mark of byte order: they take no place, and a word with one is not found.
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
# Accents that stand alone, as in auto´s: NFKC would put a space before each and break the word.
_ALONE = re.compile(
    "([\u00a8\u00af\u00b4\u00b8\u02d8-\u02dd\u037a\u0384\u0385\u1fbd\u1fbf-\u1fc1\u1fcd-\u1fcf"
    "\u1fdd-\u1fdf\u1fed\u1fee\u1ffd\u1ffe\u2017\u203e\u309b\u309c]+)"
)


def normal(text: str) -> str:
    """The text in Unicode's form NFKC: é is one sign however it was typed, the letter ĳ is two, a hard space a space.

    Accents that stand alone stay as they are. Nothing else is left out; normal(normal(x)) is normal(x).
    """
    if text.isascii():
        return text
    pieces = _ALONE.split(text)
    pieces[::2] = (unicodedata.normalize("NFKC", piece) for piece in pieces[::2])
    return "".join(pieces)


def clean(text: str) -> str:
    """The normal text without control characters and unseen breaks, each end of a line as one newline."""
    return normal(_UNSEEN.sub("", _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))))


def clean_each(values: Mapping[str, str], spelling: Mapping[str, Callable[[str], str]]) -> dict[str, str]:
    """The clean texts by their names; `spelling` says of some names how else they are cleaned."""
    return {name: spelling.get(name, clean)(text) for name, text in values.items()}


def clean_address(text: str) -> str:
    """The address without signs that nobody sees, spaces around it, beside its @ and in its domain, or a last dot."""
    address = _without_unseen(text).strip()
    local, at, domain = address.rpartition("@")
    return f"{local.rstrip()}@{''.join(domain.split()).rstrip('.')}" if at else address


def clean_phone(text: str) -> str:
    """The number without signs that nobody sees."""
    return _without_unseen(text).strip()


def _without_unseen(text: str) -> str:
    return "".join(sign for sign in clean(text) if unicodedata.category(sign) != "Cf")
