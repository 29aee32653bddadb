"""How likely two meldingen are about one thing: from object, place, time, category and words. Pure, no Django."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

# From which weight two are shown as likely the same, and from which they are ticked beforehand.
LIKELY, SURE = 0.5, 0.75
_SAME_OBJECT, _SAME_CATEGORY, _CLOSE, _RECENT, _ALIKE = 0.45, 0.25, 0.25, 0.15, 0.25
_STEM, _SHORTEST = 6, 4
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, kw_only=True)
class Traits:
    """What two meldingen are compared by. `object` is its id; `words` as `stems` gives them."""

    object: int | None
    category: int | None
    words: frozenset[str]


@dataclass(frozen=True, kw_only=True)
class Distance:
    """How far apart they are, each as a part of what it may be at most: 0 for the same, 1 for the limit.

    `place` is None where one of them has no point.
    """

    place: float | None
    time: float


def weight(one: Traits, other: Traits, distance: Distance) -> float:
    """From 0, certainly two things, to 1.

    Two objects that are known and differ are two things, whatever else is alike.
    """
    if one.object is not None and other.object is not None and one.object != other.object:
        return 0.0
    same_object = one.object is not None and one.object == other.object
    parts = (
        _SAME_OBJECT * same_object,
        _SAME_CATEGORY * (one.category is not None and one.category == other.category),
        _CLOSE * (1 if same_object else 0 if distance.place is None else max(0.0, 1 - distance.place)),
        _RECENT * max(0.0, 1 - distance.time),
        _ALIKE * likeness(one.words, other.words),
    )
    return min(1.0, sum(parts))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the words of the shorter text that stand in the other."""
    fewest = min(len(one), len(other))
    return len(one & other) / fewest if fewest else 0.0


def stems(text: str) -> frozenset[str]:
    """The beginnings of the longer words of a text, in lower case: lamp and lampen are one."""
    return frozenset(_stem(word) for word in _WORD.findall(text.casefold()) if len(word) >= _SHORTEST)


def _stem(word: str) -> str:
    for ending in ("en", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return word[: -len(ending)][:_STEM]
    return word[:_STEM]


def strongest(weights: Iterable[tuple[int, float]], most: int) -> list[tuple[int, float]]:
    """Ids with their weights: those that are likely, the likeliest first, at most so many."""
    likely = sorted(((pk, each) for pk, each in weights if each >= LIKELY), key=lambda one: (-one[1], one[0]))
    return likely[:most]
