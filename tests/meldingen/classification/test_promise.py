from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from meldingen.classification.certainty import Certainty
from meldingen.classification.promise import ENOUGH_BLIND, Choices, Promise, make, make_blind
from tests.sure import sure as there

LABELS = ["afval|bak", "licht|lamp", "weg|gat", "groen|boom"]


def choices(n: int, wrong: Callable[..., Any], ages: Any = None, seed: int = 0) -> Choices:
    """Sure choices between the labels, of which a share is wrong: `wrong(number of the choice, its class)`."""
    draw = np.random.default_rng(seed)
    best = draw.integers(0, len(LABELS), n)
    right = draw.random(n) >= np.array([wrong(i, number) for i, number in enumerate(best)])
    return Choices(draw.uniform(0.85, 0.95, n), np.full(n, 10.0), best, right, ages)


def routed_by(learned: Certainty, promise: Promise, known: Choices) -> Any:
    return learned.of(known.probability, known.words, known.best) >= there(promise.threshold)


def test_a_class_that_breaks_the_promise_falls_out_and_the_others_are_routed() -> None:
    known = choices(2_000, lambda _, number: 0.5 if number == 2 else 0.01)
    learned, promise, _ = make(known, LABELS, 0.95)
    assert (promise.stopped, promise.never) == (None, ("weg|gat",))
    routed = routed_by(learned, promise, choices(2_000, lambda *_: 0, seed=1))
    assert routed.mean() == pytest.approx(0.75, abs=0.03)


def test_what_a_class_was_called_long_ago_is_no_reason_to_route_nothing() -> None:
    ages = np.linspace(1_500, 0, 2_000)
    known = choices(2_000, lambda i, number: 0.9 if number == 2 and i < 600 else 0.01, ages)
    learned, promise, _ = make(known, LABELS, 0.95)
    assert promise.stopped is None
    assert routed_by(learned, promise, known)[known.best != 2].mean() > 0.95


def test_a_class_whose_custom_changed_is_routed_by_the_new_one_alone() -> None:
    known = choices(2_000, lambda i, number: 0.7 if number == 2 and i < 1_200 else 0.01)
    learned, promise, _ = make(known, LABELS, 0.95)
    assert promise.stopped is None
    assert promise.texts < 1_800
    assert routed_by(learned, promise, known)[known.best == 2].mean() > 0.5


def test_a_class_that_changed_lately_falls_out_alone() -> None:
    known = choices(2_000, lambda i, number: 0.6 if number == 2 and i >= 1_200 else 0.01)
    learned, promise, _ = make(known, LABELS, 0.95)
    assert promise.stopped is None
    assert not routed_by(learned, promise, known)[known.best == 2].any()
    assert routed_by(learned, promise, known)[known.best != 2].mean() > 0.9


def test_no_text_is_judged_by_what_it_taught_itself() -> None:
    many = [f"a|{number}" for number in range(150)]
    draw = np.random.default_rng(0)
    best, broken = draw.integers(0, 150, 3_000), draw.random(3_000) >= 0.06
    known = Choices(np.full(3_000, 0.9), np.full(3_000, 10.0), best, broken, None)
    learned, promise, sure = make(known, many, 0.93)
    own = learned.of(known.probability, known.words, known.best)
    assert np.corrcoef(own, broken)[0, 1] > 0.1
    assert np.corrcoef(sure, broken)[0, 1] < 0.05
    assert promise.right is None or there(promise.right_own) > promise.right


@pytest.mark.parametrize(
    ("n", "wrong", "stopped"),
    [
        (0, lambda *_: 0, "no_promise"),
        (40, lambda *_: 0, "no_promise"),
        (2_000, lambda *_: 0.2, "promise_broken"),
        (2_000, lambda i, _: 0.001 if i < 1_200 else 0.03, "promise_worsened"),
    ],
)
def test_it_says_why_nothing_is_promised(n: int, wrong: Callable[..., Any], stopped: str) -> None:
    promise = make(choices(n, wrong), LABELS, 0.95)[1]
    assert (promise.threshold, promise.stopped, promise.texts) == (None, stopped, n)
    assert (promise.routed, promise.right, promise.right_own, promise.never) == (None, None, None, ())


def test_the_promise_tells_what_share_was_routed_and_right() -> None:
    known = choices(2_000, lambda _, number: 0.5 if number == 2 else 0.01)
    _, promise, sure = make(known, LABELS, 0.95)
    routed = sure >= there(promise.threshold)
    assert promise.routed == pytest.approx(routed.mean())
    assert promise.right == pytest.approx(known.right[routed].mean())
    assert there(promise.right) >= 0.95


def test_a_rest_class_is_not_told_to_be_never_sure() -> None:
    known = choices(2_000, lambda _, number: 0.01)
    known = replace(known, best=np.where(known.best == 2, 0, known.best))
    assert make(known, ["a", "b", "a|overig", "c"], 0.95)[1].never == ()


def test_a_promise_is_made_of_labels_that_nobody_gave_with_a_guess_in_sight() -> None:
    blind = np.arange(3_000) % 4 == 0
    flattered = choices(3_000, lambda i, _: 0.2 if blind[i] else 0.0)
    assert make(flattered, LABELS, 0.9)[1].threshold is not None
    _, promise, sure = make_blind(flattered, blind, LABELS, 0.9)
    assert (promise.stopped, promise.is_blind, len(sure)) == ("promise_broken", True, 3_000)


def test_a_blind_promise_speaks_of_blind_labels_alone() -> None:
    blind = np.arange(4_000) % 4 == 0
    _, promise, _ = make_blind(choices(4_000, lambda i, _: 0.01 if blind[i] else 0.9), blind, LABELS, 0.95)
    assert (promise.stopped, promise.is_blind, promise.texts) == (None, True, 1_000)


def test_where_too_few_are_blind_all_count_and_it_is_said() -> None:
    known, blind = choices(2_000, lambda *_: 0.01), np.arange(2_000) < ENOUGH_BLIND - 1
    for seen_none, is_blind in ((blind, False), (None, True), (np.ones(2_000, dtype=bool), True)):
        _, promise, _ = make_blind(known, seen_none, LABELS, 0.95)
        assert (promise.stopped, promise.is_blind, promise.texts) == (None, is_blind, 2_000)


def test_a_threshold_is_no_percentage_of_a_guess() -> None:
    def of_eighty_percent(seed: int) -> Choices:
        known = choices(2_000, lambda *_: 0.01, seed=seed)
        return replace(known, probability=np.random.default_rng(seed).uniform(0.79, 0.81, 2_000))

    learned, promise, _ = make(of_eighty_percent(0), LABELS, 0.95)
    assert there(promise.threshold) >= 0.9
    fresh = of_eighty_percent(1)
    routed = routed_by(learned, promise, fresh)
    assert routed.any()
    assert fresh.right[routed].mean() >= 0.95
