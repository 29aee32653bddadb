"""Words as somebody in a hurry types them: a letter less or more, or two of them changed round."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Generic, TypeVar

LETTERS = 6  # of a word, as it should be or as it is; of shorter ones too many are like others

Value = TypeVar("Value")


class Slips(Generic[Value]):
    """What whole words stand for, found by a slip of them that keeps the first letter."""

    def __init__(self) -> None:
        self._words: dict[str, set[Value]] = defaultdict(set)
        self._slips: dict[str, set[Value]] = defaultdict(set)

    def enter(self, word: str, value: Value) -> None:
        """Let the slips of a word in folded spelling stand for `value`."""
        self._words[word].add(value)
        if len(word) >= LETTERS:
            for slip in (*shorter(word[1:]), *_with_two_turned(word[1:])):
                self._slips[word[0] + slip].add(value)

    def values_of(self, word: str) -> set[Value]:
        """Return what a word stands for if it is a slip of one that was entered."""
        values = set(self._slips.get(word, ()))
        if len(word) >= LETTERS:
            values.update(*(self._words.get(word[0] + rest, ()) for rest in shorter(word[1:])))
        return values


class Near:
    """Short words of danger, found by one slip of them: a letter less, more or other, or two changed round.

    Words as short as these are like many others, so they are few, and the reader asks first whether a word is usual.
    """

    def __init__(self) -> None:
        self._words: set[str] = set()
        self._slips: dict[str, str] = {}

    def enter(self, word: str) -> None:
        """Let the slips of a word in folded spelling, which keep its first letter, stand for it."""
        self._words.add(word)
        first, rest = word[0], word[1:]
        for slip in (*shorter(rest), *_with_two_turned(rest), *_with_a_gap(rest)):
            self._slips.setdefault(first + slip, word)

    def word_of(self, text: str) -> str:
        """Return the word that was meant; what was typed, where it is a slip of none."""
        first, rest = text[:1], text[1:]
        if text in self._words:
            return text
        slips = (text, *(first + slip for slip in _with_a_gap(rest)))
        longer = (word for word in (first + slip for slip in shorter(rest)) if word in self._words)
        return next((self._slips[slip] for slip in slips if slip in self._slips), next(longer, text))


def shorter(word: str) -> Iterator[str]:
    """Yield the word without each of its letters: of two words that differ in one letter, these have one in common."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _with_two_turned(word: str) -> Iterator[str]:
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]


def _with_a_gap(word: str) -> Iterator[str]:
    """Yield the word with a sign in the place of each letter: of two that differ in one, these have one in common."""
    for place in range(len(word)):
        yield f"{word[:place]}_{word[place + 1 :]}"
