"""How many texts are learnt from: memory and time have an end, and what is rare is not forgotten."""

from collections import Counter
from collections.abc import Collection, Sequence

from meldingen.classification.normalising import MAX_CHARS

ENOUGH = 200  # the newest texts of a label that are kept whatever their age
MAX_TOTAL = 8_000_000  # characters, some 50,000 reports


class Room:
    """Takes texts from the newest to the oldest, up to MAX_TOTAL characters; and up to ENOUGH of each label.

    The latter in an equal share of as many characters again.
    """

    def __init__(self, labels: Collection[str]) -> None:
        self._left = MAX_TOTAL
        self._seen = Counter[str]()
        self._share = dict.fromkeys(labels, MAX_TOTAL // max(len(labels), 1))

    def takes(self, size: int, label: str) -> bool:
        """Say whether the next older text, of `size` characters, is kept."""
        size = min(size, MAX_CHARS)
        self._seen[label] += 1
        self._left -= size
        if self._left >= 0:
            return True
        self._share[label] -= size
        return self._seen[label] <= ENOUGH and self._share[label] >= 0

    @property
    def is_full(self) -> bool:
        """Whether only labels that are still wanted are taken any more."""
        return self._left < 0

    def lack(self, label: str) -> int:
        """How many older texts of a label are still looked at."""
        return max(ENOUGH - self._seen[label], 0) if self._share[label] >= 0 else 0


def within_bounds(sizes: Sequence[int], labels: Sequence[str]) -> list[int]:
    """Return which of the texts (n,), in order of time, are learnt from: their numbers, in the same order."""
    room = Room(set(labels))
    numbers = [i for i in range(len(sizes) - 1, -1, -1) if room.takes(sizes[i], labels[i])]
    return numbers[::-1]
