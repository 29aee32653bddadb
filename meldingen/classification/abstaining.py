"""Knowing that it does not know: texts on which a probability means nothing, because their words were never seen."""

import re
from collections.abc import Container
from typing import Literal

from meldingen.classification.normalising import normalise

Doubt = Literal["too_short", "foreign", "unknown_words"]

MIN_LETTERS = 4
MIN_KNOWN = 0.5  # chosen on training years: refuses under 1 % of a town's own texts, see docs/classifier.md
PART = 4  # letters, of a known word in a compound and of what stands beside it
LONGEST = 60  # letters of a compound

# Small words that give a language away. Those that the classifier knows do not count.
SMALL_WORDS = {
    "nl": "de het een en van niet dat die voor met zijn ook maar er aan bij wordt naar",
    "de": "der die das und ist nicht ein eine ich auf mit für von bei auch sind wird dem den",
    "en": "the and is are not of to this that with for on at there have has been you",
    "fr": "le la les des est une pas dans sur avec pour que qui nous",
    "es": "el los las es una con por para que no del en está",
    "tr": "bir ve bu için çok var yok ile değil da",
    "pl": "jest nie się na do że przy ulicy od są",
    "ro": "este și nu la pe cu care sunt din",
    "ru": "на не что это как по для есть",
    "ar": "في من على إلى هذا لا هناك",
}
_SMALL_WORDS = frozenset(" ".join(SMALL_WORDS.values()).split())
_WORD = re.compile(r"[^\W\d_]{2,}")


def known_share(text: str, vocabulary: Container[str]) -> float:
    """Return the share, 0 to 1, of the words of `text` that are in `vocabulary`; half for a compound with a known part.

    A word has two letters or more. 0 without words.
    """
    words = _WORD.findall(normalise(text))
    return sum(_weight(word, vocabulary) for word in words) / len(words) if words else 0.0


def doubt(text: str, vocabulary: Container[str]) -> Doubt | None:
    """Say why no probability for `text` can be trusted, or None."""
    normal = normalise(text)
    if sum(c.isalpha() for c in normal) < MIN_LETTERS:
        return "too_short"
    if known_share(normal, vocabulary) >= MIN_KNOWN:
        return None
    strange = [word for word in _WORD.findall(normal) if word in _SMALL_WORDS and word not in vocabulary]
    return "foreign" if strange else "unknown_words"


def _weight(word: str, vocabulary: Container[str]) -> float:
    if word in vocabulary:
        return 1.0
    parts = (word[:i] in vocabulary or word[-i:] in vocabulary for i in range(PART, len(word) - PART + 1))
    return 0.5 if len(word) <= LONGEST and any(parts) else 0.0
