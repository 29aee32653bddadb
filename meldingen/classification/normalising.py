"""How a text is made comparable before anything is counted."""

import re
import unicodedata

MAX_CHARS = 5_000  # a longer report adds nothing to the choice of a class, and one text may never keep a worker busy

_INVISIBLE = re.compile(r"[\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\u00ad]")


def normalise(text: str) -> str:
    """Return `text` in one spelling: NFKC, lower case, no control or invisible characters, single spaces.

    At most MAX_CHARS are kept. Tokens stay in order, one space between them; the result may be empty.
    Raises TypeError for anything but a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"a text must be a string, not {type(text).__name__}")
    text = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text[:MAX_CHARS])).lower()
    text = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} else c for c in text)
    return " ".join(text.split())[:MAX_CHARS]
