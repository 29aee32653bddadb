from typing import Any

import numpy as np
import pytest

from meldingen.classification.thresholds import MIN_ROUTED, choose, lower_bound, pick


def sample(n: int, seed: int = 0, worse: float = 0.0) -> tuple[Any, Any]:
    """Calibrated probabilities, except that the share right is lower by `worse`."""
    draw = np.random.default_rng(seed)
    top = draw.uniform(0.3, 1.0, n)
    return top, draw.random(n) < top - worse


def test_it_picks_the_lowest_probability_that_is_right_often_enough() -> None:
    top = np.repeat([0.9, 0.7, 0.5], 200)
    right = np.concatenate([np.ones(200), np.ones(200), np.zeros(200)]).astype(bool)
    assert pick(top, right, 0.95, risk=0.1) == 0.7


def test_equal_probabilities_are_never_torn_apart() -> None:
    top = np.full(200, 0.8)
    right = np.arange(200) < 100
    assert pick(top, right, 0.95, risk=0.1) is None


def chosen(top: Any, right: Any, precision: float, weights: Any = None) -> float | None:
    """The threshold, where every text counts alike unless weights are given."""
    return choose(top, right, np.ones(len(top)) if weights is None else weights, precision)[0]


@pytest.mark.parametrize("n", [0, 1, 29, 50])
def test_few_texts_promise_nothing(n: int) -> None:
    assert choose(np.ones(n), np.ones(n, dtype=bool), np.ones(n), 0.95) == (None, "no_promise")


def test_many_texts_of_which_few_weigh_anything_promise_nothing_either() -> None:
    right, weights = np.ones(500, dtype=bool), np.repeat([1e-3, 1.0], [460, 40])
    assert choose(np.ones(500), right, weights, 0.95) == (None, "no_promise")
    assert choose(np.ones(500), right, np.ones(500), 0.95) == (1.0, None)


def test_a_promise_that_enough_texts_break_is_told_from_too_few() -> None:
    right = np.arange(600) % 5 > 0
    assert choose(np.ones(600), right, np.ones(600), 0.95) == (None, "promise_broken")


def test_those_that_are_nearly_always_right_do_not_carry_those_that_are_often_wrong() -> None:
    top, right = np.repeat([0.99, 0.6], [2_000, 100]), np.append(np.ones(2_000), np.arange(100) % 2).astype(bool)
    assert right.mean() > 0.97
    assert chosen(top, right, 0.95) == 0.99


def test_what_was_wrong_long_ago_counts_less() -> None:
    top, right = np.full(2_000, 0.95), np.arange(2_000) >= 150
    assert chosen(top, right, 0.95) is None
    assert chosen(top, right, 0.95, 0.5 ** (np.arange(2_000)[::-1] / 500)) == 0.95


def test_what_is_promised_holds_on_more_texts_of_the_same_kind() -> None:
    thresholds = [chosen(*sample(3_000, seed), 0.9) for seed in range(200)]
    top, right = sample(200_000, seed=1_000)
    realised = np.array([right[top >= threshold].mean() for threshold in thresholds if threshold is not None])
    assert len(realised) > 180
    assert (realised < 0.9).mean() < 0.1
    assert realised.min() > 0.87


def test_what_holds_on_all_and_what_holds_on_the_newest_hold_at_one_threshold() -> None:
    old_top, new_top = np.repeat([0.97, 0.9], [600, 2_400]), np.repeat([0.99, 0.97, 0.9], [100, 900, 1_000])
    right = np.concatenate([np.arange(600) % 5 > 0, np.ones(2_400), np.ones(2_000)]).astype(bool)
    threshold = chosen(np.append(old_top, new_top), right, 0.95)
    routed = np.append(old_top, new_top) >= threshold
    assert right[routed].mean() >= 0.95


def test_what_gets_worse_is_promised_nothing_although_it_is_good_enough_still() -> None:
    top, right = np.full(2_000, 0.9), np.ones(2_000, dtype=bool)
    right[1_200::25] = False
    assert pick(top[1_200:], right[1_200:], 0.9, risk=0.05) is not None
    assert choose(top, right, np.ones(2_000), 0.9) == (None, "promise_worsened")
    assert chosen(top, np.roll(right, 800), 0.9) is not None


def test_it_mostly_promises_nothing_when_the_newest_texts_have_become_too_hard() -> None:
    def hard(seed: int) -> tuple[Any, Any]:
        old, new = sample(1_500, seed), sample(500, seed=1_000 + seed, worse=0.2)
        return np.append(old[0], new[0]), np.append(old[1], new[1])

    assert sum(chosen(*sample(2_000, seed), 0.9) is None for seed in range(20)) <= 1
    assert sum(chosen(*hard(seed), 0.9) is None for seed in range(20)) >= 16


def test_the_lower_bound_is_exact() -> None:
    assert lower_bound(np.array([50]), np.array([50]), 0.05)[0] == pytest.approx(0.05 ** (1 / 50))
    assert lower_bound(np.array([0]), np.array([10]), 0.05)[0] == 0


@pytest.mark.parametrize(("n", "threshold"), [(MIN_ROUTED - 1, None), (MIN_ROUTED, 0.9)])
def test_thirty_texts_are_the_fewest_that_can_promise_anything(n: int, threshold: float | None) -> None:
    assert MIN_ROUTED == 30
    assert pick(np.full(n, 0.9), np.ones(n, dtype=bool), 0.5, risk=0.1) == threshold
