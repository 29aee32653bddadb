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


def shorter(word: str) -> Iterator[str]:
    """Yield the word without each of its letters: of two words that differ in one letter, these have one in common."""
    for place in range(len(word)):
        yield word[:place] + word[place + 1 :]


def _with_two_turned(word: str) -> Iterator[str]:
    for place in range(len(word) - 1):
        yield word[:place] + word[place + 1] + word[place] + word[place + 2 :]
