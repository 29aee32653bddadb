"""What may be promised of texts that are routed without a person, computed on texts that were held out.

A class that breaks the promise falls out: its choices are not certain enough. Which ones is learnt from other held-out
texts than those on which the promise is computed: they are cut into FOLDS, each judged by what the others taught.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from meldingen.classification import certainty, thresholds
from meldingen.classification.certainty import Certainty
from meldingen.classification.labels import is_rest
from meldingen.classification.thresholds import WhyNot

FOLDS = 5
ENOUGH_BLIND = 500  # held-out labels without a guess in sight: of fewer a promise of 95 % is seldom proved (ADR 83)
HALF_LIFE = 800.0  # days after which a held-out text counts half: old customs of labelling promise less
SURE = 0.9  # of the promised share: what a class must be sure of before it matters whether it got worse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Promise:
    """From which certainty texts are routed, or why none are, and the figures behind it.

    texts: held out, which could be routed. routed: the share of them above the threshold. right: the share of those
    that was right, judged by what the other folds taught; right_own: by what they taught themselves, which flatters.
    Without a threshold the last three are None. never: the labels, but rest classes, of which no held-out text was sure
    enough. is_blind: of labels alone of which nobody had seen a guess. Newer texts count more in every share.
    """

    threshold: float | None = None
    stopped: WhyNot | None = "no_promise"
    texts: int = 0
    routed: float | None = None
    right: float | None = None
    right_own: float | None = None
    never: tuple[str, ...] = ()
    is_blind: bool = False


@dataclass(frozen=True, eq=False)
class Choices:
    """First choices for held-out texts that could be routed, in order of time.

    probability, words and ages in days (n,; None: no dates), class numbers `best` (n,), whether they were `right` (n,).
    """

    probability: Floats
    words: Floats
    best: Ints
    right: Bools
    ages: Floats | None

    @property
    def weights(self) -> Floats:
        """How much each counts (n,)."""
        return np.ones(len(self.best)) if self.ages is None else 0.5 ** (self.ages / HALF_LIFE)

    def part(self, rows: Bools) -> "Choices":
        """Return some of them."""
        ages = None if self.ages is None else self.ages[rows]
        return Choices(self.probability[rows], self.words[rows], self.best[rows], self.right[rows], ages)


def make(choices: Choices, labels: Sequence[str], precision: float) -> tuple[Certainty, Promise, Floats]:
    """Return what certainty means for these labels (k,), the promise, and the certainty (n,) of each choice.

    The last one by what the other folds taught.
    """
    fold, newest = np.arange(len(choices.best)) % FOLDS, thresholds.newest_of(len(choices.best))
    sure, weights = np.zeros(len(fold)), np.zeros(len(fold))
    for number in range(FOLDS):
        test, rest = fold == number, fold != number
        changes = _changes(choices.part(rest), newest[rest], len(labels), precision)
        lesson = _teach(choices.part(rest), newest[rest], changes)
        sure[test] = _sure(lesson, choices.part(test))
        weights[test] = _weights(choices.part(test), newest[test], changes)
    final = _teach(choices, newest, _changes(choices, newest, len(labels), precision))
    counts = weights > 0
    threshold, why_not = thresholds.choose(sure[counts], choices.right[counts], weights[counts], precision)
    promise = Promise(threshold, why_not, int(counts.sum()))
    if threshold is not None:
        is_routed, own = sure >= threshold, _sure(final, choices) >= threshold
        never = sorted(set(range(len(labels))) - set(choices.best[is_routed | own].tolist()))
        promise = replace(
            promise,
            routed=_share(is_routed, weights),
            right=_share(choices.right[is_routed], weights[is_routed]),
            right_own=_share(choices.right[own], weights[own]),
            never=tuple(labels[i] for i in never if not is_rest(labels[i])),
        )
    return final, promise, sure


def make_blind(
    choices: Choices, blind: Bools | None, labels: Sequence[str], precision: float
) -> tuple[Certainty, Promise, Floats]:
    """As `make`, of the choices alone whose label somebody gave who had seen no guess, where there are enough of these.

    Who saw a guess tends to choose it: such a label says less of whether it was right. blind (n,): which ones; None:
    nobody ever saw one.
    """
    if blind is None or blind.all():
        certain, promise, sure = make(choices, labels, precision)
        return certain, replace(promise, is_blind=True), sure
    if blind.sum() < ENOUGH_BLIND:
        return make(choices, labels, precision)
    certain, promise, own = make(choices.part(blind), labels, precision)
    sure = _sure(certain, choices)
    sure[blind] = own
    return certain, replace(promise, is_blind=True), sure


def _teach(choices: Choices, newest: Bools, changes: Bools) -> Certainty:
    weights = _weights(choices, newest, changes)
    return certainty.learn(choices.probability, choices.words, choices.best, choices.right, weights, len(changes))


def _changes(choices: Choices, newest: Bools, classes: int, precision: float) -> Bools:
    """Say of each class (k,) whether its sure choices keep the promise lately and did not before, or the other way.

    By more than chance: people call things otherwise since, or the model got worse at it.
    """
    changes, sure = np.zeros(classes, dtype=bool), choices.probability >= SURE * precision
    for number in np.unique(choices.best[sure]):
        rows = sure & (choices.best == number)
        right, lately = choices.right[rows], newest[rows]
        keeps = [part.mean() >= precision for part in (right[lately], right[~lately]) if len(part)]
        changes[number] = any(keeps) != all(keeps) and thresholds.has_changed(right, lately)
    return changes


def _weights(choices: Choices, newest: Bools, changes: Bools) -> Floats:
    """Return how much each choice counts (n,): of a class that changed, only the newest do."""
    return np.where(changes[choices.best] & ~newest, 0.0, choices.weights)


def _sure(lesson: Certainty, choices: Choices) -> Floats:
    return lesson.of(choices.probability, choices.words, choices.best)


def _share(which: Bools, weights: Floats) -> float | None:
    return float(np.average(which, weights=weights)) if len(which) else None
