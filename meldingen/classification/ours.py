"""Knowing what is not for the municipality: a burglary, a passport, a leaking tap at home, a greeting, a test.

Such texts are made of known words, so `abstaining` lets them pass. `not_ours.csv` has sentences of the kind in Dutch,
English and German; a town's own texts beside them teach which groups of letters tell the two apart.
"""

import csv
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.special import logit
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import normalize

from meldingen.classification.blending import some
from meldingen.classification.normalising import normalise

FILE = Path(__file__).with_name("not_ours.csv")
LETTERS = (2, 5)  # in a group
COST = 10.0  # LogisticRegression's C
LOSS = 0.01  # of the held-out texts: how many may lose a right suggestion to the floor
HIGHEST = 1.0  # no floor is higher: texts that are easier than any in a real town would set one that few others pass
EXCERPT = (2, 6)  # words: how much is taught of every other text
LONG = 10  # words; a shorter text is taught as it is
SAMPLE = 4_000  # texts that teach: more teach hardly more
FOLDS = 4
LEAST = 1e-6  # no probability is nearer to 0 or 1 than this

Floats = npt.NDArray[np.float64]
Floats32 = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]


class Ours:
    """Weights (m,) of the groups of letters `terms` (m), a bias, and the floor below which nothing is offered."""

    def __init__(self, terms: Sequence[str], weights: Floats32, bias: float, floor: float) -> None:
        self.terms, self.weights, self.bias, self.floor = list(terms), weights, bias, floor
        self._counter = _counter(self.terms)

    @classmethod
    def learn(cls, texts: Sequence[str], probability: Floats, right: Bools) -> Self:
        """Learn from texts (n,) that were held out, the probability of what would be offered first, and the hits.

        right (n,): whether the right label is among what would be offered. The floor is the highest that takes this
        from no more than LOSS of the texts. Of every other text only some words in a row are taught: a town whose
        reporters all tell where it is and since when would else take three words for something that is not its own.
        """
        rows = some(len(texts), SAMPLE)
        terms, strange = _strange()
        whole = [texts[i] for i in rows]
        lessons = [excerpt(text, i) if i % 2 else text for i, text in enumerate(whole)]
        matrix, entire = _rows(_counter(terms), lessons), _rows(_counter(terms), whole)
        scores, folds = np.zeros(len(rows)), np.arange(len(rows)) // 2 % FOLDS
        for fold in range(FOLDS):
            scores[folds == fold] = _machine(matrix[folds != fold], strange).decision_function(entire[folds == fold])
        machine = _machine(matrix, strange)
        hits = np.sort((scores + _odds(probability[rows]))[right[rows]])
        loss = int(LOSS * len(rows))
        floor = min(float(hits[loss]), HIGHEST) if len(hits) > loss else HIGHEST
        return cls(terms, machine.coef_[0].astype(np.float32), float(machine.intercept_[0]), floor)

    def fits(self, text: str, probability: float) -> bool:
        """Say whether a text whose best suggestion has this probability may be about something of the municipality."""
        score = (_rows(self._counter, [text]) @ self.weights)[0] + self.bias
        return bool(score + _odds(np.array([probability]))[0] >= self.floor)


def excerpt(text: str, number: int) -> str:
    """Return some words of `text` in a row, other ones for another number; a text of few words itself."""
    words, (least, most) = text.split(), EXCERPT
    if len(words) <= LONG:
        return text
    length = least + number // 2 % (most - least + 1)
    begin = number * 7919 % max(1, len(words) - length + 1)  # a prime: each place in a text has its turn
    return " ".join(words[begin : begin + length])


def sentences() -> list[str]:
    """Return the sentences that are not for a municipality."""
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [row["text"] for row in csv.DictReader(lines)]


@cache
def _strange() -> tuple[list[str], sparse.csr_matrix]:
    """Return the groups of letters that two sentences have, and the rows (m, terms) of the sentences."""
    texts = sentences()
    counter = CountVectorizer(analyzer="char_wb", ngram_range=LETTERS, lowercase=False, min_df=2)
    counter.fit([normalise(text) for text in texts])
    terms = sorted(counter.vocabulary_)
    return terms, _rows(_counter(terms), texts)


def _counter(terms: Sequence[str]) -> CountVectorizer:
    vocabulary = {term: i for i, term in enumerate(terms)}
    return CountVectorizer(analyzer="char_wb", ngram_range=LETTERS, lowercase=False, vocabulary=vocabulary)


def _rows(counter: CountVectorizer, texts: Sequence[str]) -> sparse.csr_matrix:
    """Return how often each term occurs, on a logarithmic scale; each row has length 1 (or 0)."""
    matrix = sparse.csr_matrix(counter.transform([normalise(text) for text in texts]), dtype=np.float64)
    matrix.data = 1 + np.log(matrix.data)
    return sparse.csr_matrix(normalize(matrix))


def _machine(ours: sparse.csr_matrix, strange: sparse.csr_matrix) -> LogisticRegression:
    target = np.repeat([1, 0], [ours.shape[0], strange.shape[0]])
    machine = LogisticRegression(C=COST, class_weight="balanced", max_iter=1_000)
    return machine.fit(sparse.vstack([ours, strange], format="csr"), target)


def _odds(probability: Floats) -> Floats:
    return np.asarray(logit(np.clip(probability, LEAST, 1 - LEAST)))
