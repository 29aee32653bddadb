"""What a difference tells, in two sentences."""

from fractions import Fraction

import pytest
from django.utils import translation

from opendata.disclosure.intervals import Component, Quantity
from opendata.figures.verdict import DOWN, UP, Verdict, difference_in_words, rounded


def counted(number: int, name: str, epsilon: str = "0.3") -> Quantity:
    noise = (Component(Fraction(epsilon), 1, Fraction(1)),)
    return Quantity(Fraction(number), Fraction(number), noise, frozenset([name]))


def verdict(one: int, other: int, candidates: int = 1, epsilon: str = "0.3") -> Verdict:
    mine, theirs = counted(one, "one", epsilon), counted(other, "other", epsilon)
    return Verdict(mine, theirs, mine - theirs, candidates)


@pytest.mark.parametrize(
    ("one", "other", "begins"),
    [
        (36, 22, "Er waren meer meldingen: ongeveer 36 tegen 22 (meer dan onze ruis)."),
        (22, 36, "Er waren minder meldingen: ongeveer 22 tegen 36 (meer dan onze ruis)."),
        (23, 22, "Er is geen verschil te zien: 23 tegen 22 (het kan alleen onze ruis zijn)."),
    ],
)
def test_the_first_sentence_is_about_our_noise(one: int, other: int, begins: str) -> None:
    with translation.override("nl"):
        assert verdict(one, other).in_words()[0] == begins


def test_the_two_numbers_are_named() -> None:
    with translation.override("nl"):
        assert "31 (West) tegen 7 (Oost)" in verdict(31, 7).in_words(("West", "Oost"))[0]
        assert "31 (West) tegen 27 (Oost)" in verdict(31, 27).in_words(("West", "Oost"))[0]


@pytest.mark.parametrize(("one", "other", "clear"), [(90, 22, True), (36, 22, False), (23, 22, False)])
def test_what_often_comes_about_by_itself_is_not_told_as_a_fact(one: int, other: int, clear: bool) -> None:
    assert verdict(one, other).is_clear is clear


@pytest.mark.parametrize("number", [34.45, 0.05, 2.5, 1234.449999])
def test_pictures_and_sentences_round_alike(number: float) -> None:
    exact = Fraction(number).limit_denominator(10**9)
    assert rounded(number, 1) == rounded(exact, 1)


def test_bounds_are_rounded_away_from_each_other() -> None:
    with translation.override("nl"):
        assert (rounded(34.41, 1, DOWN), rounded(34.41, 1, UP), rounded(34.45, 1)) == ("34,4", "34,5", "34,5")


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        (36, 22, "ongeveer 1 op de 6 keer"),
        (22, 22, "de helft van de keren of vaker"),
        (900, 22, "minder dan 1 op de 1.000"),
    ],
)
def test_the_second_is_about_chance_in_the_street_and_our_noise_together(one: int, other: int, says: str) -> None:
    with translation.override("nl"):
        assert says in verdict(one, other).in_words()[1]


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [(36, 22, "+14 (+3 tot +25)"), (22, 36, "−14 (−25 tot −3)"), (23, 23, "0 (−11 tot +11)")],
)
def test_a_difference_is_said_with_its_sign_and_its_bounds(one: int, other: int, words: str) -> None:
    with translation.override("nl"):
        assert difference_in_words(verdict(one, other)) == words


def test_the_largest_of_many_is_held_to_more() -> None:
    alone, chosen = verdict(36, 22), verdict(36, 22, candidates=30)
    assert chosen.level == pytest.approx(1 - 0.1 / 30)
    assert (alone.is_noise, chosen.is_noise) == (False, True)
    assert chosen.chance > alone.chance
    assert chosen.interval.upper > alone.interval.upper
