"""How a text is made comparable before anything is counted."""

import unicodedata

MAX_CHARS = 5_000  # a longer report adds nothing to the choice of a class, and one text may never keep a worker busy

# What takes no place on a page and is no format character (Cf) for Unicode: fillers and a joiner.
_FILLERS = frozenset("\u034f\u115f\u1160\u3164\uffa0")


def normalise(text: str) -> str:
    """Return `text` in one spelling: NFKC, lower case, no control or invisible characters, single spaces.

    At most MAX_CHARS are kept. Tokens stay in order, one space between them; the result may be empty.
    Raises TypeError for anything but a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"a text must be a string, not {type(text).__name__}")
    visible = "".join(c for c in text[:MAX_CHARS] if c not in _FILLERS and unicodedata.category(c) != "Cf")
    lower = unicodedata.normalize("NFKC", visible).lower()
    text = unicodedata.normalize("NFKC", lower)  # once more: some letters are one character in lower case only
    text = "".join(" " if unicodedata.category(c) in {"Cc", "Cs", "Co", "Cn"} else c for c in text)
    return " ".join(text.split())[:MAX_CHARS].rstrip()
