"""Signalen's recipe, made again from its description only, to be compared with: never served.

Word counts with a stemmer and stop words, term frequency without IDF, one L1 logistic regression per class (liblinear),
its settings chosen by a 5-fold grid search on accuracy. Its threshold is a fixed .41 in the front end; to compare what
may be routed, one is picked here for .95 precision on the newest fifth of the training part.
"""

import pickle
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.multiclass import OneVsRestClassifier
from sklearn.pipeline import Pipeline

from meldingen.classification import thresholds

NEWEST = 0.2
PRECISION = 0.95
DUTCH = "de het een en van in op is dat die te niet er aan bij ook met voor zijn was als dan maar om door naar al nog"
GERMAN = "der die das ein eine und von im auf nicht es an auch mit für sind war aber um durch nach zu den dem des"
ENGLISH = "the a and of on that to not there at by also with for are as than but around it this be has have"
STOP_WORDS = frozenset(f"{DUTCH} {GERMAN} {ENGLISH}".split())
SUFFIX = re.compile(r"(heden|heid|ingen|ing|en|e|s|ungen|ung|er|ern|em|es|edly|ed|ly|st|t|d)$")


class Signalen:
    """What `train` returns, in the clothes that the evaluation wants."""

    def __init__(self, pipeline: Any, threshold: Any) -> None:
        self.pipeline, self.threshold = pipeline, threshold
        self.classes_ = list(pipeline.classes_)

    def predict_proba(self, texts: Sequence[str]) -> Any:
        return self.pipeline.predict_proba(texts)

    def routes(self, texts: Sequence[str]) -> Any:
        top = self.predict_proba(texts).max(axis=1)
        return top >= (2.0 if self.threshold is None else self.threshold)


def train(texts: Sequence[str], labels: Sequence[str], dates: Sequence[date] | None = None) -> Any:
    """Train on texts in order of time; `dates` are not used."""
    cut = int(len(texts) * (1 - NEWEST))
    older = _search(texts[:cut], labels[:cut])
    chances = older.predict_proba(texts[cut:])
    right = older.classes_[chances.argmax(axis=1)] == np.array(labels[cut:])
    threshold = thresholds.pick(chances.max(axis=1), right, PRECISION, risk=0.5)
    return Signalen(_search(texts, labels), threshold)


def weigh(model: Any) -> Any:
    """Bytes of the pickle that Signalen would keep."""
    return len(pickle.dumps(model.pipeline))


def stemmed(text: str) -> Any:
    """Words of three letters and more, without stop words and common endings."""
    words = (word for word in re.findall(r"\w\w+", text.lower()) if word not in STOP_WORDS)
    return [SUFFIX.sub("", word) if len(word) > 5 else word for word in words]


def _search(texts: Sequence[str], labels: Sequence[str]) -> Any:
    logistic = OneVsRestClassifier(LogisticRegression(solver="liblinear", l1_ratio=1.0, random_state=0))
    pipeline = Pipeline(
        [("count", CountVectorizer(analyzer=stemmed)), ("tf", TfidfTransformer(use_idf=False)), ("lr", logistic)]
    )
    grid = {"lr__estimator__class_weight": [None, "balanced"], "tf__norm": ["l1", "l2"]}
    return GridSearchCV(pipeline, grid, cv=5, scoring="accuracy").fit(texts, labels).best_estimator_
