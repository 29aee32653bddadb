"""Words by pattern, as the lists in `words/` write them: `word`, `head*`, `*tail`, `*middle*`."""

import unicodedata
from collections import defaultdict
from typing import Generic, TypeVar

LONGEST = 30  # letters; no head or tail in the lists is longer

# Letters that people write otherwise where their keyboard lacks them, and that are no letter with a mark for Unicode.
_LETTERS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "ı": "i", "ł": "l"})

Value = TypeVar("Value")


def fold(normal: str) -> str:
    """Return a normalised text with ä as ae, é as e: people write either."""
    plain = unicodedata.normalize("NFD", normal.translate(_LETTERS))
    return "".join(c for c in plain if not unicodedata.combining(c))


class Patterns(Generic[Value]):
    """What words stand for. Patterns and words are compared in folded spelling."""

    def __init__(self) -> None:
        self._whole: dict[str, set[Value]] = defaultdict(set)
        self._heads: dict[str, set[Value]] = defaultdict(set)
        self._tails: dict[str, set[Value]] = defaultdict(set)
        self._middles: dict[str, set[Value]] = defaultdict(set)

    def enter(self, pattern: str, value: Value) -> None:
        """Let the words that `pattern` describes stand for `value` too."""
        pattern = fold(pattern)
        kinds = {(False, False): self._whole, (False, True): self._heads, (True, False): self._tails}
        kinds.get((pattern.startswith("*"), pattern.endswith("*")), self._middles)[pattern.strip("*")].add(value)

    def whole(self, word: str) -> set[Value]:
        """Return what a word in folded spelling stands for as it is written."""
        return self._whole.get(word, set())

    def values_of(self, word: str) -> set[Value]:
        """Return what a word in folded spelling stands for by its whole or by a part of it."""
        stands_for = set(self.whole(word))
        for cut in range(1, min(len(word), LONGEST) + 1):
            stands_for.update(self._heads.get(word[:cut], ()), self._tails.get(word[-cut:], ()))
        return stands_for.union(*(values for middle, values in self._middles.items() if middle in word))
