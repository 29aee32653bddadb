"""Words that mean: a person must see this now. Found texts go to the top of people's list, never to a route.

A danger is found when a word of each of its groups stands near the others, in any order: "het ruikt hier naar gas" and
"er hangt gas in de lucht" are one danger. The words are in `dangers`.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from meldingen.classification.dangers import Danger, Dangers, Group, dangers
from meldingen.classification.normalising import MAX_CHARS, normalise
from meldingen.classification.patterns import Patterns, folded

NEAR = 9  # at most so many words from the first word of a danger to its last
AROUND = 7  # words before and after it in which an everyday word takes the danger away
DENIED = 3  # words before it in which it may be denied

_SENTENCE = re.compile(r"[.!?;…]+(?:\s|$)|[\r\n]+")
_WORD = re.compile(r"[^\W_]+|,")
_COMMA = Group([","])

Places = Mapping[Group, Sequence[int]]  # where in a sentence a word of a group stands, ascending


def is_emergency(text: str) -> bool:
    """Say whether `text` names something that people must see at once, in any of the languages of `dangers`.

    What stands after MAX_CHARS is not read. TypeError for anything but a string.
    """
    if not isinstance(text, str):
        raise TypeError(f"a text must be a string, not {type(text).__name__}")
    index = _index()
    return any(index.finds(folded(normalise(sentence))) for sentence in _SENTENCE.split(text[:MAX_CHARS]))


class _Index:
    """Dangers by their words, so that every word of a text is looked up once for all of them."""

    def __init__(self, known: Dangers) -> None:
        self._common = known.common
        self._words = Patterns[Group]()
        self._rows: dict[str, list[tuple[list[str], Group]]] = defaultdict(list)
        self._dangers: dict[Group, list[Danger]] = defaultdict(list)  # by the first of their groups
        groups = {_COMMA, *known.common.values()}
        for danger in known.dangers:
            self._dangers[danger.together[0]].append(danger)
            groups |= {*danger.together, danger.everyday}
        for group in groups:
            for term in group:
                self._enter(term, group)

    def finds(self, sentence: str) -> bool:
        """Say whether a danger stands in a sentence in folded spelling."""
        words = ["^", *_WORD.findall(sentence)]
        places: dict[Group, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            for group in self._words.named(word) | self._begun(words, place):
                places[group].append(place)
        possible = (danger for group in list(places) for danger in self._dangers.get(group, ()))
        return self._common["long_ago"] not in places and any(self._stands(danger, places) for danger in possible)

    def _stands(self, danger: Danger, places: Places) -> bool:
        """Say whether the groups of a danger stand near each other somewhere, and nothing near says otherwise."""
        if not all(group in places for group in danger.together):
            return False
        for start in sorted({place for group in danger.together for place in places[group]}):
            ends = [_first(places[group], start, start + NEAR) for group in danger.together]
            found = [end for end in ends if end is not None]
            if len(found) == len(ends) and not self._is_none(danger, start, max(found), places):
                return True
        return False

    def _is_none(self, danger: Danger, start: int, end: int, places: Places) -> bool:
        """Say whether a danger from `start` to `end` is everyday, denied, or one of another time."""
        common, commas = self._common, places.get(_COMMA, ())
        if _first(places.get(danger.everyday, ()), start - AROUND, end + AROUND) is not None:
            return True
        no = () if any(group & common["no"] for group in danger.together) else places.get(common["no"], ())
        if any(_first(commas, at, end) is None for at in no if start - DENIED <= at < end):
            return True
        times = ["if_ever", *([] if common["now"] in places else ["past", "habit"])] if danger.passes else []
        other = (at for name in times for at in places.get(common[name], ()))
        return any(_first(commas, min(at, end), max(at, start)) is None for at in other)

    def _enter(self, term: str, group: Group) -> None:
        first, *others = folded(term).split("_")
        if others:
            self._rows[first].append((others, group))
        else:
            self._words.enter(term, group)

    def _begun(self, words: Sequence[str], place: int) -> set[Group]:
        """Return the groups that the words from `place` on belong to as a row."""
        rows = self._rows.get(words[place], ())
        return {group for row, group in rows if words[place + 1 : place + 1 + len(row)] == row}


@cache
def _index() -> _Index:
    return _Index(dangers())


def _first(places: Sequence[int], start: int, end: int) -> int | None:
    """Return the first of `places` from `start` to `end`, both included."""
    at = bisect_left(places, start)
    return places[at] if at < len(places) and places[at] <= end else None
