from typing import Any

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from meldingen.classification import blending
from meldingen.classification.blending import NOISE, blend, probabilities, scale, softmax

STRETCHES = [(0, 300), (300, 600), (600, 900), (900, 1_200)]


def scored(n: int = 1_200, k: int = 4, seed: int = 0, worth: float = 1.0) -> tuple[Any, Any]:
    """Scores (n, 2k) of two machines that know a bit each, and the class numbers (n,)."""
    draw = np.random.default_rng(seed)
    target = draw.integers(0, k, n)
    return worth * np.tile(np.eye(k)[target], 2) + draw.normal(size=(n, 2 * k)), target


def test_no_class_is_more_likely_than_the_noise_of_labels_allows() -> None:
    chances = probabilities(np.array([[1_000.0, 0.0, -1_000.0]]))
    np.testing.assert_allclose(chances.sum(axis=1), 1)
    assert chances.max() == pytest.approx(1 - NOISE + NOISE / 3)


def test_the_blend_is_right_more_often_than_the_first_machine() -> None:
    scores, target = scored()
    found = blend(scores, target, STRETCHES)
    blended = scores @ found.mix + found.shift
    assert (blended.argmax(axis=1) == target).mean() > (scores[:, :4].argmax(axis=1) == target).mean() + 0.05


def test_what_was_held_out_taught_nothing_about_itself() -> None:
    scores, target = scored(worth=0.0)
    found = blend(scores, target, STRETCHES)
    held_out = (found.held_out.argmax(axis=1) == target).mean()
    seen = ((scores @ found.mix + found.shift).argmax(axis=1) == target).mean()
    assert held_out < 0.26 < seen


def test_scores_that_know_nothing_become_no_certainty() -> None:
    scores, target = scored(worth=0.0)
    assert probabilities(blend(scores, target, STRETCHES).held_out).max(axis=1).mean() < 0.4


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_it_is_as_sure_as_the_newest_texts_bear_out(seed: int) -> None:
    scores, target = scored(seed=seed, worth=3.0)
    later = scored(seed=seed + 50, worth=0.5)
    scores[720:], target[720:] = later[0][720:], later[1][720:]
    chances = softmax(blend(scores, target, STRETCHES).held_out[720:])
    right = (chances.argmax(axis=1) == target[720:]).mean()
    assert chances.max(axis=1).mean() == pytest.approx(right, abs=0.05)


def test_scores_that_are_all_right_grow_surer_with_their_number_and_never_certain() -> None:
    few, many = (scale(np.eye(3)[np.arange(n) % 3], np.arange(n) % 3) for n in (50, 5_000))
    assert softmax(few * np.eye(3)).max() < 0.99 < softmax(many * np.eye(3)).max() < 0.9999


def test_a_confusion_is_learned() -> None:
    scores, target = scored(k=3)
    scores[:, [0, 1, 3, 4]] = scores[:, [1, 0, 4, 3]]
    found = blend(scores, target, STRETCHES)
    assert ((scores @ found.mix + found.shift).argmax(axis=1) == target).mean() > 0.6


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_rare_class_is_chosen_no_less_often_than_it_occurs(seed: int) -> None:
    scores, target = scored(k=2, seed=seed)
    kept = np.flatnonzero((target == 0) | (np.arange(1_200) % 10 == 0))
    stretches = [(0, len(kept) // 2), (len(kept) // 2, len(kept))]
    found = blend(scores[kept], target[kept], stretches)
    chosen = (scores[kept] @ found.mix + found.shift).argmax(axis=1)
    assert target[kept].mean() <= chosen.mean() < 0.5


def test_with_many_classes_fewer_examples_teach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blending, "WORK", 8 * 4 * 100)
    taught: list[int] = []

    class Counting(LogisticRegression):  # type: ignore[misc]
        def fit(self, x: Any, y: Any) -> Any:
            taught.append(len(y))
            return super().fit(x, y)

    monkeypatch.setattr(blending, "LogisticRegression", Counting)
    blend(*scored(), STRETCHES)
    assert set(taught) == {100}


@pytest.mark.parametrize(("factor", "sure"), [(0.1, 10), (1, 1), (3, 1 / 3)])
def test_the_scale_undoes_what_made_scores_too_sure(factor: float, sure: float) -> None:
    draw = np.random.default_rng(0)
    scores = draw.normal(size=(5_000, 3)) * 2
    target = np.array([draw.choice(3, p=row) for row in softmax(scores)])
    assert scale(scores * factor, target) == pytest.approx(sure, rel=0.1)


def test_where_nothing_could_be_learned_the_main_machine_decides() -> None:
    scores, target = scored(400, k=2)
    target[:300] = 0
    found = blend(scores, target, [(0, 300), (300, 400)])
    ahead, main = (found[300:, 1] - found[300:, 0] for found in (found.held_out, scores))
    assert np.corrcoef(ahead, main)[0, 1] == pytest.approx(1)


@pytest.mark.parametrize("n", [1, 9, 99])
def test_texts_that_are_all_right_leave_room_for_one_more_of_any_class(n: int) -> None:
    scores = np.tile([1.0, 0.0], (n, 1))
    sure = blending.softmax(scores * blending.scale(scores, np.zeros(n, dtype=int)))[0, 0]
    assert sure == pytest.approx(1 - 1 / (2 * (n + 1)), abs=1e-3)


def test_without_texts_the_scale_is_one() -> None:
    assert blending.scale(np.zeros((0, 2)), np.zeros(0, dtype=int)) == 1
