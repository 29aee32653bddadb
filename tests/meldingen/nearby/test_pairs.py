"""Which two are likely one: the same object nearly always, two objects never, place and words as far as they go."""

import pytest

from meldingen.nearby.pairs import LIKELY, SURE, Distance, Traits, likeness, stems, strongest, weight

HERE, FAR = Distance(place=0, time=0), Distance(place=1, time=1)
LAMP = frozenset({"lamp", "brandt"})


def traits(object: int | None = None, category: int | None = 1, words: frozenset[str] = LAMP) -> Traits:
    return Traits(object=object, category=category, words=words)


@pytest.mark.parametrize(
    ("one", "other", "distance", "least", "below"),
    [
        (traits(7), traits(7), HERE, SURE, 1.01),
        (traits(7), traits(7, category=2, words=frozenset()), FAR, LIKELY, SURE),
        (traits(7), traits(8), HERE, 0, 0.01),
        (traits(7), traits(), HERE, SURE, 1.01),
        (traits(words=frozenset()), traits(words=frozenset()), HERE, LIKELY, SURE),
        (traits(), traits(category=2, words=frozenset({"boom"})), HERE, 0, LIKELY),
        (traits(), traits(words=frozenset({"boom"})), FAR, 0, LIKELY),
        (traits(category=None), traits(category=None), Distance(place=None, time=0), 0, LIKELY),
    ],
)
def test_the_weight_is_as_likely_as_it_looks(
    one: Traits, other: Traits, distance: Distance, least: float, below: float
) -> None:
    assert least <= weight(one, other, distance) < below
    assert weight(one, other, distance) == weight(other, one, distance)


@pytest.mark.parametrize("step", range(10))
def test_further_away_or_later_is_never_likelier(step: int) -> None:
    near, far = step / 10, (step + 1) / 10
    for closer, further in (
        (Distance(place=near, time=0), Distance(place=far, time=0)),
        (Distance(place=0, time=near), Distance(place=0, time=far)),
    ):
        assert weight(traits(), traits(), closer) > weight(traits(), traits(), further)


def test_beyond_the_limit_nothing_is_taken_away() -> None:
    assert weight(traits(), traits(), Distance(place=3, time=9)) == weight(traits(), traits(), FAR)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("De lampen op het Plein", {"lamp", "plein"}),
        ("LAMP lamp, de.", {"lamp"}),
        ("0412 is er al", set()),
        ("bomen", {"bomen"}),
    ],
)
def test_words_are_known_by_their_beginning(text: str, words: set[str]) -> None:
    assert stems(text) == words


def test_the_shorter_text_counts() -> None:
    assert likeness(frozenset("ab"), frozenset("abcd")) == 1
    assert likeness(frozenset("ab"), frozenset("bcd")) == 0.5
    assert likeness(frozenset(), frozenset("a")) == 0


def test_only_likely_ones_are_left_the_likeliest_first() -> None:
    assert strongest([(1, 0.4), (2, LIKELY), (3, 0.9), (4, LIKELY)], most=2) == [(3, 0.9), (2, LIKELY)]
