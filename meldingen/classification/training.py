"""From texts with labels to a classifier."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import minimize_scalar
from sklearn.svm import LinearSVC

from meldingen.classification import thresholds
from meldingen.classification.features import Features
from meldingen.classification.model import Classifier, softmax

Floats = npt.NDArray[np.float64]

REST = "overig"
MIN_EXAMPLES = 30
NEWEST = 0.2  # the share of the newest texts on which calibration and threshold are found


class TrainingError(ValueError):
    """These examples cannot become a classifier; the message says why and never quotes a text."""


def train(
    texts: Sequence[str],
    labels: Sequence[str],
    dates: Sequence[date] | None = None,
    *,
    min_examples: int = MIN_EXAMPLES,
    precision: float = 0.95,
) -> Classifier:
    """Train on `texts` (n,) with `labels` (n,), which may be `main|sub`.

    dates (n,) put the texts in order of time, in any order themselves; without them the given order is taken as time.
    Labels with fewer than `min_examples` texts fold into `main|overig`, or `overig`. The threshold is picked on the
    newest texts so that at least `precision` of the routed ones were right. Equal input gives an equal classifier.
    Raises TrainingError.
    """
    texts, labels = _in_order(texts, labels, dates)
    folded = fold(labels, min_examples)
    target = np.array([folded.get(label, label) for label in labels])
    classes = sorted(set(target.tolist()))
    if len(classes) < 2:
        raise TrainingError(f"at least two classes with {min_examples} examples are needed")
    scale, threshold = _calibrate(texts, np.searchsorted(classes, target), len(classes), precision)
    features, matrix = _features(texts)
    weights, bias = _fit(matrix, np.searchsorted(classes, target), len(classes))
    return Classifier(
        classes_=classes,
        features=features,
        weights=(weights * scale).astype(np.float32),
        bias=(bias * scale).astype(np.float32),
        threshold=threshold,
        precision=precision,
        folded=folded,
    )


def fold(labels: Sequence[str], min_examples: int) -> dict[str, str]:
    """Map each label with fewer than `min_examples` examples to the rest class of its parent, or of all."""
    counts = Counter(labels)
    folded = {label: _rest(label) for label, count in counts.items() if count < min_examples}
    for label, rest in folded.items():
        counts[rest] += counts[label]
    folded = {label: rest if counts[rest] >= min_examples else REST for label, rest in folded.items()}
    return {label: rest for label, rest in folded.items() if label != rest}


def _rest(label: str) -> str:
    parent, separator, _ = label.partition("|")
    return f"{parent}{separator}{REST}" if separator else REST


def _in_order(texts: Sequence[str], labels: Sequence[str], dates: Sequence[date] | None) -> tuple[list[str], list[str]]:
    if len(texts) != len(labels) or (dates is not None and len(dates) != len(texts)):
        raise TrainingError("texts, labels and dates must be equally many")
    for i, (text, label) in enumerate(zip(texts, labels, strict=True)):
        if not isinstance(text, str) or not isinstance(label, str) or not label:
            raise TrainingError(f"example {i} has no text or no label")
    order = range(len(texts)) if dates is None else sorted(range(len(texts)), key=lambda i: dates[i])
    return [texts[i] for i in order], [labels[i] for i in order]


def _features(texts: list[str]) -> tuple[Features, sparse.csr_matrix]:
    try:
        return Features.fit(texts)
    except ValueError as error:
        raise TrainingError("the texts share no words") from error


def _fit(matrix: sparse.csr_matrix, target: npt.NDArray[np.intp], k: int) -> tuple[Floats, Floats]:
    """Return weights (terms, k) and bias (k,); a class without examples in `target` gets the lowest score."""
    svc = LinearSVC(C=0.3, class_weight="balanced", random_state=0).fit(matrix, target)
    coef, intercept = svc.coef_, svc.intercept_
    if len(svc.classes_) == 2:
        coef, intercept = np.vstack([-coef, coef]) / 2, np.append(-intercept, intercept) / 2
    weights, bias = np.zeros((matrix.shape[1], k)), np.full(k, -10.0)
    weights[:, svc.classes_] = coef.T
    bias[svc.classes_] = intercept
    return weights, bias


def _calibrate(texts: list[str], target: npt.NDArray[np.intp], k: int, precision: float) -> tuple[float, float | None]:
    """Train on the older part; on the newest part find what the scores must be multiplied by, and the threshold."""
    cut = int(len(texts) * (1 - NEWEST))
    if len(set(target[:cut].tolist())) < 2 or cut == len(texts):
        return 1.0, None
    features, matrix = _features(texts[:cut])
    weights, bias = _fit(matrix, target[:cut], k)
    scores, truth = np.asarray(features.transform(texts[cut:]) @ weights + bias), target[cut:]

    def loss(log_scale: float) -> float:
        chosen = softmax(scores * np.exp(log_scale))[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(chosen, 1e-12)).mean())

    scale = float(np.exp(minimize_scalar(loss, bounds=(-1.0, 3.0), method="bounded").x))
    probabilities = softmax(scores * scale)
    threshold = thresholds.pick(probabilities.max(axis=1), probabilities.argmax(axis=1) == truth, precision)
    return scale, threshold
