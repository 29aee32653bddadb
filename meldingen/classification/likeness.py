"""How like a Dutch text is to what people write of danger: a second opinion beside the words of `emergencies`.

Those words find what somebody thought of. A linear machine over words, pairs of words and groups of letters finds some
of what nobody thought of: it learned from the sentences in `sentences/` (see `likening`, which writes the weights). It
knows no other language, so it is asked about Dutch alone; of time ("last year") and denial it knows little, so what it
finds is heard where no word of these stands.
"""

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path

from meldingen.classification.normalising import normalise
from meldingen.classification.patterns import fold

FILE = Path(__file__).with_name("words") / "likeness.tsv"
LETTERS = (3, 4, 5)  # of a group of letters inside a word
WINDOW = 30  # words that are judged together; a longer text is judged by overlapping windows
FEW = 5  # words of which nothing can be said
DUTCH = 0.2  # share of small Dutch words from which a text is taken for Dutch
# Small words of Dutch that are none of German or English.
_SMALL = (
    "aan al als bij dat de deze dit een en geen heeft het hij ik je kan maar met mijn naar niet nog nu ook om ons onze "
    "op staat te tot uit van voor wat wij wordt ze zijn zo"
)
SMALL_WORDS = frozenset(_SMALL.split())

_WORD = re.compile(r"[^\W_]+")


def likeness(text: str) -> float:
    """Return the probability that a Dutch text is of an emergency, of its likest window; 0 for too few words."""
    words = words_of(text)
    return max(_chance(window) for window in _windows(words)) if len(words) >= FEW else 0.0


def words_of(text: str) -> list[str]:
    """Return the words of a text in folded spelling."""
    return _WORD.findall(fold(normalise(text)))


def is_dutch(words: Sequence[str]) -> bool:
    """Say whether enough of the words are small Dutch ones."""
    return bool(words) and sum(word in SMALL_WORDS for word in words) >= DUTCH * len(words)


def is_usual(word: str) -> bool:
    """Say whether a word in folded spelling is one that people use in such texts, dangerous or not."""
    return f"{word}$" in _weights()


def features(words: Sequence[str]) -> set[str]:
    """Return what the machine sees of some words: the words, their pairs, and the groups of letters inside them."""
    return {*_pairs(words), *(f"{word}$" for word in words), *_letters(words)}


def _pairs(words: Sequence[str]) -> Iterator[str]:
    return (f"{first} {second}" for first, second in pairwise(words))


def _letters(words: Iterable[str]) -> Iterator[str]:
    for word in set(words):
        whole = f"^{word}^"
        for length in LETTERS:
            for start in range(len(whole) - length + 1):
                yield whole[start : start + length]


def _windows(words: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, max(1, len(words) - WINDOW // 2), WINDOW // 2):
        yield words[start : start + WINDOW]


def _chance(words: Sequence[str]) -> float:
    features_here, weights = features(words), _weights()
    odds = sum(weights.get(feature, 0.0) for feature in features_here) / math.sqrt(len(features_here))
    return 1 / (1 + math.exp(-max(-500.0, odds)))


@cache
def _weights() -> dict[str, float]:
    """Return the weight of each feature: log-odds of an emergency."""
    rows = (line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines())
    return {feature: float(weight) for feature, weight in rows}
