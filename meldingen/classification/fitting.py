"""The recipe: linear scores, and what later texts say those scores are worth. docs/classifier.md has the figures.

Every step is linear, so it all ends in one matrix of weights and explanations stay exact.
"""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]

COST = 0.15  # LinearSVC's C
BALANCE = 0.7  # a class weighs (1 / its size) ** BALANCE: 1 would be balanced, 0 would leave rare classes to chance
HALF_LIFE = 500.0  # days after which an example counts half
NAME_WEIGHT = 5.0  # the words of a label count as so many examples of it
BLOCKS = 4  # stretches of time that are held out in turn
SMOOTHING = 0.3  # ComplementNB's alpha
NAME_COUNT = 2  # the words of a label as so many texts of it, for the word counts
SPREAD = 0.5  # standard deviation of the word counts' scores before they are blended
CAUTION = 0.5  # LogisticRegression's C, when the blend is learned
OWN = 0.4  # share of the plain scores in the blend; the rest is what the held-out scores taught
NEWEST = 0.4  # share of the held-out texts that sets the scale
NOISE = 0.05  # the share of labels that people give by whim: no text makes a class more likely than 1 - NOISE
FEWEST = 100  # with fewer texts nothing is held out
ABSENT = -1.5  # the score of a class that has no example in a block's training part


@dataclass(frozen=True, slots=True)
class Examples:
    """Features (n, terms) in order of time, class numbers (n,), ages in days (n,) or None, names (k, terms)."""

    matrix: sparse.csr_matrix
    target: Ints
    ages: Floats | None
    names: sparse.csr_matrix

    @property
    def classes(self) -> int:
        return int(self.names.shape[0])


@dataclass(frozen=True, slots=True)
class Fitted:
    """Calibrated weights (terms, k) and bias (k,); log-odds (n, k) of every example when it was held out, or None."""

    weights: Floats
    bias: Floats
    held_out: Floats | None


def ages(dates: list[date]) -> Floats:
    """Return how many days each date lies before the last one."""
    days = np.array([day.toordinal() for day in dates], dtype=np.float64)
    return np.asarray(days.max() - days)


def fit(examples: Examples) -> Fitted:
    """Fit the recipe. With too few examples to hold any out the scores stay uncalibrated and `held_out` is None."""
    n, k = examples.matrix.shape[0], examples.classes
    if n < FEWEST:
        return Fitted(*linear(examples, np.arange(n)), None)
    weights, bias = machines(examples, np.arange(n))
    held_out = _held_out(examples)
    own = OWN * _scale(held_out[:, :k], examples.target) * np.eye(2 * k, k)
    spread = np.repeat([1.0, SPREAD / max(float(held_out[:, k:].std()), 1e-9)], k)
    stacker = LogisticRegression(C=CAUTION, max_iter=300).fit(held_out * spread, examples.target)
    mix, shift = _two_sided(stacker.coef_.T, stacker.intercept_)
    mix, shift = own + (1 - OWN) * spread[:, None] * mix, (1 - OWN) * shift
    blended = held_out @ mix + shift
    start = int(n * (1 - NEWEST))
    final = _scale(blended[start:], examples.target[start:])
    return Fitted(weights @ mix * final, (bias @ mix + shift) * final, blended * final)


def machines(examples: Examples, rows: Ints) -> tuple[Floats, Floats]:
    """Fit both machines on `rows`; return their weights (terms, 2k) and bias (2k,), the linear one first."""
    weights, bias = linear(examples, rows)
    counted = counts(examples, rows)
    return np.hstack([weights, counted]), np.append(bias, np.zeros(examples.classes))


def counts(examples: Examples, rows: Ints) -> Floats:
    """Return weights (terms, k) from how often a term occurs outside a class (complement naive Bayes), centred."""
    classes = np.arange(examples.classes)
    matrix = sparse.vstack([examples.matrix[rows]] + [examples.names] * NAME_COUNT, format="csr")
    target = np.concatenate([examples.target[rows]] + [classes] * NAME_COUNT)
    found = ComplementNB(alpha=SMOOTHING).fit(matrix, target).feature_log_prob_.T
    return np.asarray(found - found.mean(axis=1, keepdims=True))


def linear(examples: Examples, rows: Ints) -> tuple[Floats, Floats]:
    """Fit one linear machine per class on `rows` and the classes' names; return weights (terms, k) and bias (k,)."""
    target, k = examples.target[rows], examples.classes
    counts = np.bincount(target, minlength=k)
    present = np.flatnonzero(counts)
    rarity = (len(rows) / len(present) / np.maximum(counts, 1)) ** BALANCE
    sample = rarity[target] * _freshness(examples, rows)
    matrix = sparse.vstack([examples.matrix[rows], examples.names[present]], format="csr")
    machine = LinearSVC(C=COST, random_state=0).fit(
        matrix, np.append(target, present), sample_weight=np.append(sample, NAME_WEIGHT * rarity[present])
    )
    coef, intercept = _two_sided(machine.coef_.T, machine.intercept_)
    weights, bias = np.zeros((matrix.shape[1], k)), np.full(k, ABSENT)
    weights[:, present], bias[present] = coef, intercept
    return weights, bias


def probabilities(scores: Floats) -> Floats:
    """Return log-odds (n, k) as probabilities (n, k), NOISE of them spread over all classes; rows sum to 1."""
    return np.asarray((1 - NOISE) * softmax(scores) + NOISE / scores.shape[1])


def softmax(scores: Floats) -> Floats:
    """Return `scores` (n, k) as probabilities (n, k)."""
    shifted = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=1, keepdims=True))


def _freshness(examples: Examples, rows: Ints) -> Floats:
    if examples.ages is None:
        return np.ones(len(rows))
    fresh = 0.5 ** (examples.ages[rows] / HALF_LIFE)
    return np.asarray(fresh / fresh.mean())


def _held_out(examples: Examples) -> Floats:
    """Score every stretch of time by machines that saw only the others, (n, 2k); the newest one from the past alone."""
    n, k = examples.matrix.shape[0], examples.classes
    scores = np.empty((n, 2 * k))
    edges = np.linspace(0, n, BLOCKS + 1).astype(int)
    for start, end in pairwise(edges.tolist()):
        rows = np.concatenate([np.arange(start), np.arange(end, n)])
        if len(set(examples.target[rows].tolist())) < 2:
            scores[start:end] = 0.0
            continue
        weights, bias = machines(examples, rows)
        scores[start:end] = examples.matrix[start:end] @ weights + bias
    return scores


def _two_sided(coef: Floats, intercept: Floats) -> tuple[Floats, Floats]:
    """Give two classes a column each, as scikit-learn does for three and more."""
    if coef.shape[1] > 1:
        return coef, intercept
    return np.hstack([-coef, coef]) / 2, np.append(-intercept, intercept) / 2


def _scale(scores: Floats, target: Ints) -> float:
    """Return the factor between e^-3 and e^4 that makes the softmax of `scores` most likely.

    One text more, of every class a bit, is imagined: examples that are all right must not mean certainty.
    """
    doubt = 1 / (len(target) + 1)

    def loss(log_scale: float) -> float:
        logs = np.log(np.maximum(softmax(scores * np.exp(log_scale)), 1e-12))
        return float(-(1 - doubt) * logs[np.arange(len(target)), target].mean() - doubt * logs.mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-3.0, 4.0), method="bounded").x))
