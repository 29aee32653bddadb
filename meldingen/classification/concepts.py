"""What the words of a report are about: the things of the public space and what can be wrong with them.

`words/concepts.csv` names each concept and, per language, the words for it, as `patterns` writes them; a whole word of
five letters or more may have an ending of two. "Prullenbak", "Mülleimer" and "bin" are one concept: what a town's
examples teach about one word holds for the others, in whatever language they are written. The list was made by hand.
"""

import csv
import re
from functools import cache, lru_cache
from pathlib import Path

from meldingen.classification.patterns import LONGEST, Patterns, fold

FILE = Path(__file__).with_name("words") / "concepts.csv"
LANGUAGES = ("nl", "de", "en")
ENDING = 2  # letters
STEM = 5  # letters that are left before an ending
BEGINNING = 2  # concepts that a text is taken to begin with
FIRST = "first:"
MEMORY = 20_000  # words whose concepts are remembered

_WORD = re.compile(r"[^\W\d_]{2,}")


def concepts(normal: str) -> list[str]:
    """Return the concepts named in a normalised text, each once, in the order in which they are first named."""
    return list(dict.fromkeys(concept for word in _WORD.findall(fold(normal)) for concept in _about(word)))


def terms(normal: str) -> list[str]:
    """Return the concepts of a normalised text, and once more those named first: people begin with the thing."""
    names = concepts(normal)
    return [*names, *(f"{FIRST}{concept}" for concept in names[:BEGINNING])]


def _about(word: str) -> tuple[str, ...]:
    """Return the concepts of a word in folded spelling; those of a very long one are not remembered."""
    return _concepts_of(word) if len(word) <= LONGEST else _concepts_of.__wrapped__(word)


@lru_cache(MEMORY)
def _concepts_of(word: str) -> tuple[str, ...]:
    patterns = _patterns()
    stems = {word[:-cut] for cut in range(1, ENDING + 1) if len(word) - cut >= STEM}
    return tuple(sorted(patterns.values_of(word).union(*map(patterns.whole, stems))))


@cache
def _patterns() -> Patterns[str]:
    patterns = Patterns[str]()
    with FILE.open(newline="", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for pattern in " ".join(row[language] for language in LANGUAGES).split():
                patterns.enter(pattern, row["concept"])
    return patterns
