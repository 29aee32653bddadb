"""The recipe: linear scores, and what later texts say those scores are worth. docs/classifier.md has the figures.

Every step is linear, so it all ends in one matrix of weights and explanations stay exact.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.naive_bayes import ComplementNB
from sklearn.svm import LinearSVC
from threadpoolctl import threadpool_limits

from meldingen.classification.blending import blend, some, two_sided

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]
Say = Callable[[str], None]

COST = 0.08  # LinearSVC's C
TOLERANCE = 0.01  # finer takes half as long again and chooses the same classes
BALANCE = 0.7  # a class weighs (1 / its size) ** BALANCE: 1 would be balanced, 0 would leave rare classes to chance
HALF_LIFE = 500.0  # days after which an example counts half
OLDEST = 0.01  # no example counts less than this
PRESENT = 0.99  # share of the dates that are believed not to lie in the future
NAME_WEIGHT = 5.0  # the words of a label count as so many examples of it
BLOCKS = 4  # stretches of time that are held out in turn
SMOOTHING = 0.3  # ComplementNB's alpha
NAME_COUNT = 2  # the words of a label as so many texts of it, for the word counts
SAMPLE = 20_000  # examples that teach the machines which score a stretch: what scores are worth needs no more
FEWEST = 100  # with fewer texts nothing is held out
ABSENT = -1.5  # the score of a class that has no example in a block's training part


@dataclass(frozen=True, slots=True)
class Examples:
    """Features (n, terms) in order of time, class numbers (n,), ages in days (n,) or None, names (k, terms).

    once (n,): whether a text occurs once, so that held out means unseen; None: each does. blind (n,): whether who gave
    its label had seen no guess; None: nobody ever did.
    """

    matrix: sparse.csr_matrix
    target: Ints
    ages: Floats | None
    names: sparse.csr_matrix
    once: Bools | None = None
    blind: Bools | None = None

    @property
    def classes(self) -> int:
        return int(self.names.shape[0])


@dataclass(frozen=True, slots=True)
class Fit:
    """Calibrated weights (terms, k) and bias (k,); log-odds (n, k) of every example when it was held out, or None.

    newest: the number of the first example that was held out from machines which saw only older ones.
    """

    weights: Floats
    bias: Floats
    held_out: Floats | None
    newest: int = 0


def ages(dates: Sequence[date]) -> Floats:
    """Return how many days each date lies before the newest believable one: a slip of the pen ages nothing."""
    days = np.array([day.toordinal() for day in dates], dtype=np.float64)
    return np.asarray(np.maximum(np.quantile(days, PRESENT, method="lower") - days, 0))


def fit(examples: Examples, say: Say = lambda _: None) -> Fit:
    """Fit the recipe. With too few examples to hold any out the scores stay uncalibrated and `held_out` is None.

    say: hears in words what is being done.
    """
    n = examples.matrix.shape[0]
    if n < FEWEST:
        return Fit(*linear(examples, np.arange(n)), None)
    stretches = list(pairwise(np.linspace(0, n, BLOCKS + 1).astype(int).tolist()))
    with threadpool_limits(1):  # narrow matrices: threads would wait for each other and take other work's cores
        mixture = blend(_held_out(examples, stretches, say), examples.target, stretches, examples.once)
        say("Learning from all of it")
        weights, bias = machines(examples, np.arange(n))
        shift = bias @ mixture.mix + mixture.shift
        return Fit(weights @ mixture.mix, shift, mixture.held_out, newest=stretches[-1][0])


def machines(examples: Examples, rows: Ints) -> tuple[Floats, Floats]:
    """Fit both machines on `rows`; return their weights (terms, 2k) and bias (2k,), the linear one first."""
    weights, bias = linear(examples, rows)
    second = counts(examples, rows)
    return np.hstack([weights, second]), np.append(bias, np.zeros(examples.classes))


def counts(examples: Examples, rows: Ints) -> Floats:
    """Return weights (terms, k) from how often a term occurs outside a class (complement naive Bayes), centred."""
    classes = np.arange(examples.classes)
    matrix = sparse.vstack([examples.matrix[rows]] + [examples.names] * NAME_COUNT, format="csr")
    target = np.concatenate([examples.target[rows]] + [classes] * NAME_COUNT)
    odds = ComplementNB(alpha=SMOOTHING).fit(matrix, target).feature_log_prob_.T
    return np.asarray(odds - odds.mean(axis=1, keepdims=True))


def linear(examples: Examples, rows: Ints) -> tuple[Floats, Floats]:
    """Fit one linear machine per class on `rows` and the classes' names; return weights (terms, k) and bias (k,)."""
    target, k = examples.target[rows], examples.classes
    sizes = np.bincount(target, minlength=k)
    present = np.flatnonzero(sizes)
    rarity = (len(rows) / len(present) / np.maximum(sizes, 1)) ** BALANCE
    sample = rarity[target] * _freshness(examples, rows)
    matrix = sparse.vstack([examples.matrix[rows], examples.names[present]], format="csr")
    machine = LinearSVC(C=COST, tol=TOLERANCE, random_state=0).fit(
        matrix, np.append(target, present), sample_weight=np.append(sample, NAME_WEIGHT * rarity[present])
    )
    coef, intercept = two_sided(machine.coef_.T, machine.intercept_)
    weights, bias = np.zeros((matrix.shape[1], k)), np.full(k, ABSENT)
    weights[:, present], bias[present] = coef, intercept
    return weights, bias


def _freshness(examples: Examples, rows: Ints) -> Floats:
    if examples.ages is None:
        return np.ones(len(rows))
    fresh = np.maximum(0.5 ** (examples.ages[rows] / HALF_LIFE), OLDEST)
    return np.asarray(fresh / fresh.mean())


def _held_out(examples: Examples, stretches: Sequence[tuple[int, int]], say: Say = lambda _: None) -> Floats:
    """Score every stretch of time by machines that saw only the others, (n, 2k); the newest one from the past alone.

    They see at most SAMPLE of the others, spread evenly: what is promised of more examples errs on the safe side.
    """
    n, k = examples.matrix.shape[0], examples.classes
    scores = np.empty((n, 2 * k))
    for number, (start, end) in enumerate(stretches, start=1):
        say(f"Holding out {end - start} texts to learn what guesses are worth ({number} of {len(stretches)})")
        others = np.concatenate([np.arange(start), np.arange(end, n)])
        rows = others[some(len(others), SAMPLE)]
        if len(set(examples.target[rows].tolist())) < 2:
            scores[start:end] = 0.0
            continue
        weights, bias = machines(examples, rows)
        scores[start:end] = examples.matrix[start:end] @ weights + bias
    return scores
