from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from meldingen.classification.certainty import Certainty
from meldingen.classification.promise import Choices, Promise, make
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
