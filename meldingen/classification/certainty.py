"""How sure a first choice is: what held-out texts say of choices like it.

A probability is worth less for some classes than for others: people change what they call a thing, or choose by whim.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit, logit

from meldingen.classification.normalising import normalise

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

CAUTION = 5.0  # how strongly a class is drawn to the others: some fifty sure texts of its own outweigh it
PRIOR = 1.0  # the same for what all classes share: without texts a certainty is the probability
LEAST_SLOPE = 0.25  # whatever the texts say, a higher probability makes surer
USUAL = 12.0  # words of a usual text
LEAST = 1e-6  # no probability is nearer to 0 or 1 than this


@dataclass(frozen=True, eq=False)
class Certainty:
    """The chance that a first choice is right: its log-odds are linear in those of its probability and its log length.

    offsets (k,) are what the classes differ in: of which more was wrong than its probabilities said is below 0.
    """

    offsets: Floats
    bias: float = 0.0
    slope: float = 1.0
    length: float = 0.0

    def of(self, probability: Floats, words: Floats, best: Ints) -> Floats:
        """Return the certainties (n,) of choices: their probability, the words of their text, their class numbers."""
        evidence = np.c_[np.ones(len(best)), _log_odds(probability), _long(words)]
        return np.asarray(expit(evidence @ [self.bias, self.slope, self.length] + self.offsets[best]))


def words_of(texts: Sequence[str]) -> Floats:
    """Return the number of words of each text (n,)."""
    return np.array([len(normalise(text).split()) for text in texts], dtype=np.float64)


def learn(probability: Floats, words: Floats, best: Ints, right: Bools, weights: Floats, classes: int) -> Certainty:
    """Learn from choices (n,) and whether they were right, each as heavy as its weight."""
    evidence = np.c_[np.ones(len(best)), _log_odds(probability), _long(words)]
    start = np.append([0.0, 1.0, 0.0], np.zeros(classes))
    pull = np.append(np.full(3, PRIOR), np.full(classes, CAUTION))  # how strongly each is drawn to where it starts

    def loss(values: Floats) -> tuple[float, Floats]:
        scores = evidence @ values[:3] + values[3:][best]
        wrong = weights * (expit(scores) - right)
        slopes = np.append(evidence.T @ wrong, np.bincount(best, wrong, minlength=classes)) + pull * (values - start)
        value = (weights * (np.logaddexp(0, scores) - right * scores)).sum() + (pull * (values - start) ** 2).sum() / 2
        return float(value), slopes

    bounds = [(None, None), (LEAST_SLOPE, None), *[(None, None)] * (classes + 1)]
    solution = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return Certainty(solution[3:].copy(), *(float(value) for value in solution[:3]))


def _log_odds(probability: Floats) -> Floats:
    return np.asarray(logit(np.clip(probability, LEAST, 1 - LEAST)))


def _long(words: Floats) -> Floats:
    return np.asarray(np.log(np.maximum(words, 1) / USUAL))
