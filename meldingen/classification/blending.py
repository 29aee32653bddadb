"""What held-out scores teach: which are confused with which, how sure they may be, and how rare a class is.

All of it is linear in the scores, so it can be multiplied into the weights that made them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

SPREAD = 0.7  # standard deviation of the word counts' scores before they are blended
CAUTION = 0.5  # LogisticRegression's C
OWN = 0.3  # share of the plain scores in the blend; the rest is what the held-out scores taught
RARE = 0.2  # a class is as much likelier as it is rare, to this power: what is rare is missed more often than chosen
NEWEST = 0.4  # share of the held-out texts that sets the scale
NOISE = 0.05  # the share of labels that people give by whim: no text makes a class more likely than 1 - NOISE
ABSENT = -4.0  # the score of a class that no example taught
WORK = 4e8  # multiplications in a step of learning; with more, only some of the examples teach


@dataclass(frozen=True, slots=True)
class Blend:
    """mix (m, k) and shift (k,) that turn m scores into log-odds.

    held_out (n, k): the log-odds by blends of the other stretches, but with scales that all of them set.
    """

    mix: Floats
    shift: Floats
    held_out: Floats


def blend(scores: Floats, target: Ints, stretches: Sequence[tuple[int, int]], once: Bools | None = None) -> Blend:
    """Learn from held-out scores (n, 2k) of two machines, the main one first, of what class number (n,) they are.

    stretches: (start, end) of the rows that were held out together. once (n,): which of them had no copy among the
    others; None: all.
    """
    n, k = len(scores), scores.shape[1] // 2
    spread = np.repeat([1.0, SPREAD / max(float(scores[:, k:].std()), 1e-9)], k)
    own = OWN * scale(scores[:, :k], target) * np.eye(2 * k, k)
    rarity = -RARE * np.log(np.maximum(np.bincount(target, minlength=k), 1) / n)

    def lesson(rows: Ints) -> tuple[Floats, Floats]:
        mix, shift = _learn(scores[rows] * spread, target[rows], k)
        return own + (1 - OWN) * spread[:, None] * mix, (1 - OWN) * shift + rarity

    held_out = np.empty((n, k))
    for start, end in stretches:
        mix, shift = lesson(np.concatenate([np.arange(start), np.arange(end, n)]))
        held_out[start:end] = scores[start:end] @ mix + shift
    mix, shift = lesson(np.arange(n))
    unseen = np.arange(n) if once is None else np.flatnonzero(once)
    newest = unseen[int(len(unseen) * (1 - NEWEST)) :]
    sure = scale(held_out[newest], target[newest])
    return Blend(mix * sure, shift * sure, held_out * sure)


def probabilities(scores: Floats) -> Floats:
    """Return log-odds (n, k) as probabilities (n, k), NOISE of them spread over all classes; rows sum to 1."""
    return np.asarray((1 - NOISE) * softmax(scores) + NOISE / scores.shape[1])


def softmax(scores: Floats) -> Floats:
    """Return `scores` (n, k) as probabilities (n, k)."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def scale(scores: Floats, target: Ints) -> float:
    """Return the factor between e^-3 and e^4 that makes the softmax of `scores` most likely.

    One text more, of every class a bit, is imagined: examples that are all right must not mean certainty. 1 for none.
    """
    if not len(target):
        return 1.0
    doubt = 1 / (len(target) + 1)

    def loss(log_scale: float) -> float:
        logs = np.log(np.maximum(softmax(scores * np.exp(log_scale)), 1e-12))
        return float(-(1 - doubt) * logs[np.arange(len(target)), target].mean() - doubt * logs.mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 4.0), method="bounded").x))


def two_sided(coef: Floats, intercept: Floats) -> tuple[Floats, Floats]:
    """Give two classes a column each, as scikit-learn does for three and more."""
    if coef.shape[1] > 1:
        return coef, intercept
    return np.hstack([-coef, coef]) / 2, np.append(-intercept, intercept) / 2


def _learn(scores: Floats, target: Ints, k: int) -> tuple[Floats, Floats]:
    """Fit a logistic regression; return its weights (m, k) and bias (k,)."""
    mix, shift = np.zeros((scores.shape[1], k)), np.full(k, ABSENT)
    rows = some(len(target), int(WORK / (scores.shape[1] * k)))
    present = np.unique(target[rows])
    if len(present) < 2:
        return mix, shift
    machine = LogisticRegression(C=CAUTION, max_iter=2_000).fit(scores[rows], target[rows])
    mix[:, present], shift[present] = two_sided(machine.coef_.T, machine.intercept_)
    return mix, shift


def some(n: int, most: int) -> Ints:
    """Return at most `most` row numbers, spread evenly over all `n`."""
    return np.arange(n) if n <= most else np.linspace(0, n - 1, most).astype(np.intp)
