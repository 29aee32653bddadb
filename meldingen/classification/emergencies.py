"""Words that mean: a person must see this now. What is a danger to life or of gas never goes to a route.

A danger is found when a word of each of its groups stands near the others, in any order: "het ruikt hier naar gas" and
"er hangt gas in de lucht" are one danger. The words are in `dangers`.
"""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache

from meldingen.classification.dangers import Danger, Dangers, Group, Kind, dangers
from meldingen.classification.likeness import is_dutch, is_usual, likeness, words_of
from meldingen.classification.normalising import MAX_CHARS, normalise
from meldingen.classification.patterns import Patterns, fold
from meldingen.classification.slips import Near, Slips, shorter

NEAR = 9  # words from a danger to what says that it is not of now
AROUND = 5  # words before and after it in which an everyday word takes the danger away
LONG = 9  # letters of a word that is known with one letter wrong, if it is a danger by itself
HASTY = 8  # words at most of a text in which any word may have a slip: who is in a hurry writes few
LIKE = 0.8  # probability from which a text is heard that is like those of danger
SHORTEST = 3  # letters of a word that may be one with a slip
DENIAL = 2  # words from a "no" among the words of a danger to the one that it denies

_END = r"[.!?;…]+(?:\s|$)"
_LINE = re.compile(rf"{_END}|\n")
_PARAGRAPH = re.compile(rf"{_END}|\n\s*\n")
_IS = re.compile(r"(?<=\w)['’‘ʼ´`]s\b", re.IGNORECASE)  # "there's", and "man's" does no harm
_APOSTROPHE = re.compile(r"(?<=\w)['’‘ʼ´`](?=\w)")  # "can't" is in the lists as cant
_WORD = re.compile(r"[^\W_]+|,")
_COMMA = Group([","])

Places = Mapping[Group, Sequence[int]]  # where in a sentence a word of a group stands, ascending


def find_danger(text: str) -> Kind | None:
    """Return the strongest kind of danger that `text` names, in any of the languages of `dangers`; None for no danger.

    Beside the words of danger a text is heard that is very like what people write of one. What stands after MAX_CHARS
    is not read. TypeError for anything but a string.
    """
    kind = named_danger(text)
    return kind if kind in (Kind.GAS, Kind.LIFE) or not _is_like_one(text[:MAX_CHARS]) else Kind.LIFE


def named_danger(text: str) -> Kind | None:
    """Return the strongest kind of danger that words of `text` name, as `find_danger` does, by the lists alone."""
    if not isinstance(text, str):
        raise TypeError(f"a text must be a string, not {type(text).__name__}")
    words = words_of(text[:MAX_CHARS])
    if _index().is_a_cry(words):
        return Kind.LIFE
    texts = [fold(normalise(sentence)) for sentence in sentences(text[:MAX_CHARS])]
    return _index().strongest(texts, hasty=len(words) <= HASTY)


def is_emergency(text: str) -> bool:
    """Say whether `text` names a danger to life or of gas: something that people must see at once."""
    return find_danger(text) in (Kind.GAS, Kind.LIFE)


def _is_like_one(text: str) -> bool:
    """Say whether a Dutch text is very like those of an emergency, where it speaks of now."""
    if not is_dutch(words_of(text)):
        return False
    of_now = _index().of_now(fold(normalise(sentence)) for sentence in sentences(text))
    return any(likeness(sentence) >= LIKE for sentence in of_now)


def sentences(text: str) -> set[str]:
    """Return the sentences of `text`, both as if every line ends one and as if only an empty line does.

    Phones and mails break lines within a sentence, and people write lines without a full stop.
    """
    text = _APOSTROPHE.sub("", _IS.sub(" is", text.replace("\r\n", "\n").replace("\r", "\n")))
    return {*_LINE.split(text), *_PARAGRAPH.split(text)}


class _Index:
    """Dangers by their words, so that every word of a text is looked up once for all of them."""

    def __init__(self, dangers: Dangers) -> None:
        self._common = dangers.common
        self._words = Patterns[Group]()
        self._misspelt: dict[str, set[Group]] = defaultdict(set)  # long words that decide alone, a letter less
        self._slips = Slips[Group]()  # of words of an emergency that stand beside others
        self._near = Near()  # short ones, wherever they stand
        self._rows: dict[str, list[tuple[list[str], Group]]] = defaultdict(list)
        self._dangers: dict[Kind, dict[Group, list[Danger]]] = {kind: defaultdict(list) for kind in Kind}
        groups = {_COMMA, *dangers.common.values()}
        for danger in dangers.dangers:
            self._dangers[danger.kind][danger.together[0]].append(danger)
            groups |= {*danger.together, danger.everyday}
            if len(danger.together) == 1:
                self._enter_misspelt(danger.together[0])
            elif danger.kind is not Kind.HAZARD:
                for group in danger.together:
                    self._enter_slips(group)
        for word in dangers.common["slips"]:
            self._near.enter(fold(word))
        for group in groups:
            for term in group:
                self._enter(term, group)

    def strongest(self, sentences: Sequence[str], *, hasty: bool) -> Kind | None:
        """Return the strongest kind of danger in the sentences of a text, in folded spelling; `hasty`: with slips."""
        naming = self._named_hastily if hasty else self._groups
        groups_of = cache(naming)  # for this text only: where lines break, its words come twice
        variants = {*sentences, *map(self._mend, sentences)} if hasty else sentences
        places_of = [self._read(sentence, groups_of) for sentence in variants]
        return next((kind for kind in Kind if any(self._in(places, kind) for places in places_of)), None)

    def is_a_cry(self, words: Sequence[str]) -> bool:
        """Say whether a text holds nothing but cries for help: "112", "help, help"."""
        return bool(words) and all(self._common["alone"] in self._words.values_of(word) for word in words)

    def of_now(self, sentences: Iterable[str]) -> list[str]:
        """Return the sentences in which no word says that it is of another time, or only feared."""
        return [sentence for sentence in sentences if not self._is_of_another_time(sentence)]

    def _is_of_another_time(self, sentence: str) -> bool:
        places = self._read(sentence, self._groups)
        elsewhere = any(self._common[name] in places for name in ("past", "long_ago", "not_now"))
        return elsewhere and self._common["now"] not in places

    def _read(self, sentence: str, groups_of: Callable[[str], set[Group]]) -> Places:
        """Return where the words of a sentence stand; `groups_of` says which groups a word belongs to."""
        words = ["^", *_WORD.findall(sentence), "$"]
        places: dict[Group, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            for group in groups_of(word) | self._groups_from(words, place):
                places[group].append(place)
        return dict(places)

    def _in(self, places: Places, kind: Kind) -> bool:
        """Say whether a danger of this kind stands in a sentence."""
        dangers = self._dangers[kind]
        return any(self._stands(danger, places) for group in places for danger in dangers.get(group, ()))

    def _stands(self, danger: Danger, places: Places) -> bool:
        """Say whether the groups of a danger stand near each other somewhere, and nothing near says otherwise."""
        if not all(group in places for group in danger.together):
            return False
        for start in sorted({place for group in danger.together for place in places[group]}):
            ends = [_between(places[group], start, start + danger.near) for group in danger.together]
            at_places = sorted(end[0] for end in ends if end)
            if len(at_places) == len(ends) and not self._is_none(danger, at_places, places):
                return True
        return False

    def _is_none(self, danger: Danger, at_places: Sequence[int], places: Places) -> bool:
        """Say whether a danger whose words stand at these places is everyday, denied, or one of another time."""
        start, end = at_places[0], at_places[-1]
        if danger.kind is Kind.HAZARD and self._places("harmless", places):
            return True
        everyday = places.get(danger.everyday, ())
        if _between(everyday, start - AROUND, end):
            return True
        # What is added behind a comma is another thing: "stoplichten uit, auto's rijden door elkaar".
        against = [
            *_between(everyday, end + 1, end + AROUND),
            *self._denials(danger, at_places, places),
            *self._other_times(danger, start, end, places),
        ]
        commas = places.get(_COMMA, ())
        return not all(_between(commas, min(at, end), max(at, start)) for at in against)

    def _denials(self, danger: Danger, at_places: Sequence[int], places: Places) -> Iterator[int]:
        """Yield where a "no" stands just before the danger ("geen gas") or among its words ("ruikt niet naar gas")."""
        if any(group & self._common["no"] for group in danger.together):
            return
        for at in _between(self._places("no", places), at_places[0] - 1, at_places[-1] - 1):
            if _between(at_places, at + 1, at + (1 if at < at_places[0] else DENIAL)):
                yield at

    def _other_times(self, danger: Danger, start: int, end: int, places: Places) -> Iterator[int]:
        """Yield where a sentence says that a danger from `start` to `end` is not one of now."""
        if self._common["now"] in places:
            return
        no = self._places("no", places)
        for name in ("long_ago", "past", "not_now") if danger.passes else ("long_ago",):
            last = end - 1 if name == "not_now" else end + NEAR
            for at in _between(self._places(name, places), start - NEAR, last):
                if not _between(no, at - DENIAL, at - 1):  # "geen oefening", "noch nicht geloescht"
                    yield at

    def _places(self, name: str, places: Places) -> Sequence[int]:
        return places.get(self._common[name], ())

    def _groups(self, word: str) -> set[Group]:
        """Return the groups of a word; those of a long one that it is but for a letter, if it has none itself."""
        groups = self._words.values_of(word)
        if groups or len(word) < LONG - 1:
            return groups
        return set().union(*(self._misspelt.get(slip, ()) for slip in (word, *shorter(word))))

    def _named_hastily(self, word: str) -> set[Group]:
        """Return the groups of a word; those that it is but for a slip, if it is no word that people write."""
        return self._groups(word) or (set() if is_usual(word) else self._slips.values_of(word))

    def _mend(self, sentence: str) -> str:
        """Return a sentence with the short words of danger that have a slip as they are meant."""
        return _WORD.sub(lambda match: self._intent(match[0]), sentence)

    def _intent(self, word: str) -> str:
        return word if len(word) < SHORTEST or is_usual(word) or self._groups(word) else self._near.word_of(word)

    def _enter_misspelt(self, group: Group) -> None:
        for term in group:
            if len(term) >= LONG and term.isalpha():
                for slip in (fold(term), *shorter(fold(term))):
                    self._misspelt[slip].add(group)

    def _enter_slips(self, group: Group) -> None:
        for term in group:
            if term.isalpha():
                self._slips.enter(fold(term), group)

    def _enter(self, term: str, group: Group) -> None:
        first, *others = fold(term).split("_")
        if others:
            self._rows[first].append((others, group))
        else:
            self._words.enter(term, group)

    def _groups_from(self, words: Sequence[str], place: int) -> set[Group]:
        """Return the groups that the words from `place` on belong to as a row."""
        rows = self._rows.get(words[place], ())
        return {group for row, group in rows if words[place + 1 : place + 1 + len(row)] == row}


@cache
def _index() -> _Index:
    return _Index(dangers())


def _between(places: Sequence[int], start: int, end: int) -> Sequence[int]:
    """Return those of `places` from `start` to `end`, both included."""
    return places[bisect_left(places, start) : bisect_right(places, end)]
