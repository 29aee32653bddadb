from typing import Any

import numpy as np
import pytest

from meldingen.classification.certainty import CAUTION, PRIOR, USUAL, Certainty, learn, words_of


def choices(n: int, wrong: float, seed: int = 0) -> tuple[Any, Any, Any, Any]:
    """Choices of probability .5 to 1 between two classes, as often right as that; of the second `wrong` less."""
    draw = np.random.default_rng(seed)
    probability, best = draw.uniform(0.5, 1, n), np.arange(n) % 2
    right = (draw.random(n) < probability) & ~((best == 1) & (draw.random(n) < wrong))
    return probability, np.full(n, USUAL), best, right


def of(learned: Certainty, probability: float, words: float = USUAL, best: int = 0) -> float:
    return float(learned.of(np.array([probability]), np.array([words]), np.array([best]))[0])


def test_without_texts_a_certainty_is_the_probability() -> None:
    nothing = np.zeros(0)
    learned = learn(nothing, nothing, nothing.astype(int), nothing.astype(bool), nothing, 3)
    assert of(learned, 0.8, words=100, best=2) == pytest.approx(0.8)


def test_a_class_that_is_wrong_more_often_than_it_says_is_less_certain() -> None:
    learned = learn(*choices(2_000, wrong=0.3), np.ones(2_000), 2)
    assert of(learned, 0.9, best=0) == pytest.approx(0.9, abs=0.05)
    assert of(learned, 0.9, best=1) == pytest.approx(0.63, abs=0.08)


def test_one_wrong_text_of_a_rare_class_proves_little() -> None:
    probability, words, best, right = choices(500, wrong=0)
    known = np.append(probability, 0.9), np.append(words, USUAL), np.append(best, 2), np.append(right, False)
    learned = learn(*known, np.ones(501), 3)
    assert 0.8 < of(learned, 0.9, best=2) < of(learned, 0.9, best=0)


def test_what_weighs_little_teaches_little() -> None:
    light = learn(*choices(2_000, wrong=0.3), np.full(2_000, 1e-4), 2)
    assert of(light, 0.9, best=1) == pytest.approx(0.9, abs=0.02)


def test_long_texts_are_less_certain_where_they_were_wrong_more_often() -> None:
    probability, _, best, _ = choices(2_000, wrong=0)
    words = np.where(np.arange(2_000) % 3 == 0, 80.0, 6.0)
    right = np.random.default_rng(1).random(2_000) < np.where(words > 50, 0.6, 0.95)
    learned = learn(probability, words, best, right, np.ones(2_000), 2)
    assert of(learned, 0.9, words=80) < 0.75 < of(learned, 0.9, words=6)


def test_a_higher_probability_always_makes_surer() -> None:
    probability, words, best, _ = choices(2_000, wrong=0)
    learned = learn(probability, words, best, probability < 0.7, np.ones(2_000), 2)
    assert of(learned, 0.6) < of(learned, 0.9)


def test_a_probability_of_one_or_none_is_a_certainty_too() -> None:
    learned = Certainty(np.zeros(1))
    assert of(learned, 1.0) == pytest.approx(1, abs=1e-5)
    assert of(learned, 0.0) == pytest.approx(0, abs=1e-5)


def test_words_are_counted_as_the_classifier_reads_them() -> None:
    assert words_of(["De  bak\nis vol", "", "a\u200bb"]).tolist() == [4, 0, 1]


def test_what_is_learnt_is_the_best_compromise_between_choices_and_caution() -> None:
    draw = np.random.default_rng(3)
    probability, words = draw.uniform(0.2, 0.95, 300), draw.integers(1, 60, 300).astype(float)
    best, weights = draw.integers(0, 3, 300), draw.uniform(0.2, 1.0, 300)
    right = draw.random(300) < probability
    found = learn(probability, words, best, right, weights, 3)

    def loss(values: Any) -> float:
        made = Certainty(values[3:], *values[:3])
        sure = made.of(probability, words, best)
        far = np.append(PRIOR * (values[:3] - [0, 1, 0]) ** 2, CAUTION * values[3:] ** 2).sum() / 2
        return float(far - (weights * np.where(right, np.log(sure), np.log(1 - sure))).sum())

    values = np.array([found.bias, found.slope, found.length, *found.offsets])
    beside = [loss(values + sign * 0.05 * side) for side in np.eye(len(values)) for sign in (1, -1)]
    assert loss(values) < min(beside)
