"""Knowing that it does not know: texts on which a probability means nothing."""

import re
from collections.abc import Collection
from typing import Literal

from meldingen.classification.normalising import normalise

Doubt = Literal["too_short", "foreign", "unknown_words"]

MIN_LETTERS = 4
MIN_KNOWN = 0.35  # chosen on training years: see docs/classifier.md

_WORD = re.compile(r"[^\W\d_]{2,}")


def known_share(text: str, known: Collection[str]) -> float:
    """Return the share, 0 to 1, of the words of `text` (two letters or more) that occur in `known`; 0 without words."""
    words = _WORD.findall(normalise(text))
    return sum(word in known for word in words) / len(words) if words else 0.0


def doubt(text: str, known: Collection[str]) -> Doubt | None:
    """Say why no probability for `text` can be trusted, or None."""
    normal = normalise(text)
    if sum(c.isalpha() for c in normal) < MIN_LETTERS:
        return "too_short"
    if known_share(normal, known) < MIN_KNOWN:
        return "unknown_words"
    return None
