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
from meldingen.classification.thresholds import Stopped

FOLDS = 5
HALF_LIFE = 500.0  # days after which a held-out text counts half: old customs of labelling promise less
SURE = 0.9  # of the promised share: what a class must be sure of before it matters whether it got worse

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Promise:
    """From which certainty texts are routed, or why none are, and the figures behind it.

    texts: held out, which could be routed. routed: the share of them above the threshold. right: the share of those
    that was right, judged by what the other folds taught; right_own: by what they taught themselves, which flatters.
    Without a threshold the last three are None. never: the labels of which no held-out text was sure enough.
    Newer texts count more in every share.
    """

    threshold: float | None = None
    stopped: Stopped | None = "no_promise"
    texts: int = 0
    routed: float | None = None
    right: float | None = None
    right_own: float | None = None
    never: tuple[str, ...] = ()


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

    def part(self, rows: Ints) -> "Choices":
        """Return some of them."""
        ages = None if self.ages is None else self.ages[rows]
        return Choices(self.probability[rows], self.words[rows], self.best[rows], self.right[rows], ages)


def make(choices: Choices, labels: Sequence[str], precision: float) -> tuple[Certainty, Promise, Floats]:
    """Return what certainty means for these labels (k,), the promise, and the certainty (n,) of each choice.

    The last one by what the other folds taught.
    """
    rows = np.arange(len(choices.best))
    sure = np.zeros(len(rows))
    for fold in range(FOLDS):
        judged, taught = rows[rows % FOLDS == fold], rows[rows % FOLDS != fold]
        sure[judged] = _sure(_teach(choices.part(taught), len(labels), precision), choices.part(judged))
    final = _teach(choices, len(labels), precision)
    threshold, stopped = thresholds.choose(sure, choices.right, choices.weights, precision)
    promise = Promise(threshold, stopped, len(rows))
    if threshold is not None:
        routed, own = sure >= threshold, _sure(final, choices) >= threshold
        never = sorted(set(range(len(labels))) - set(choices.best[routed | own].tolist()))
        promise = replace(
            promise,
            routed=_share(routed, choices.weights),
            right=_share(choices.right[routed], choices.weights[routed]),
            right_own=_share(choices.right[own], choices.weights[own]),
            never=tuple(labels[i] for i in never),
        )
    return final, promise, sure


def _teach(choices: Choices, classes: int, precision: float) -> Certainty:
    """Learn from `choices`; of a class that is right less often lately, by more than chance, from the newest alone."""

    def learned(weights: Floats) -> Certainty:
        return certainty.learn(choices.probability, choices.words, choices.best, choices.right, weights, classes)

    found, weights, newest = learned(choices.weights), choices.weights, thresholds.newest_of(len(choices.best))
    sure, changed = _sure(found, choices) >= SURE * precision, False
    for number in np.unique(choices.best[sure]):
        rows = sure & (choices.best == number)
        if thresholds.has_worsened(choices.right[rows], newest[rows]):
            weights = np.where((choices.best == number) & ~newest, 0.0, weights)
            changed = True
    return learned(weights) if changed else found


def _sure(learned: Certainty, choices: Choices) -> Floats:
    return learned.of(choices.probability, choices.words, choices.best)


def _share(which: Bools, weights: Floats) -> float | None:
    return float(np.average(which, weights=weights)) if len(which) else None
