"""From texts with labels to a classifier."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
from scipy import sparse

from meldingen.classification import thresholds
from meldingen.classification.blending import probabilities
from meldingen.classification.features import Features
from meldingen.classification.fitting import Examples, Fitted, ages, fit
from meldingen.classification.model import Classifier
from meldingen.classification.normalising import MAX_CHARS, normalise

REST = "overig"
MIN_EXAMPLES = 30
ENOUGH = 200  # the newest texts of a label that are kept whatever their age
MAX_TOTAL = 8_000_000  # characters, some 50,000 reports
MAX_WEIGHTS = 6_000_000  # terms times classes: keeps a model file under 15 MB
MAX_LABELS = 300  # the most frequent ones; the others fold, whatever they count: training time has an end


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
    Labels with fewer than `min_examples` texts fold into `main|overig`, or `overig`. The threshold is picked on texts
    held out, so that at least `precision` (0 to 1) of the routed ones were right. Equal input gives equal
    probabilities. Raises TrainingError.
    """
    if not 0 < precision <= 1:
        raise TrainingError("the promised precision lies between 0 and 1")
    texts, labels, dates = _in_order(texts, labels, dates)
    folded = fold(labels, min_examples)
    labels = [folded.get(label, label) for label in labels]
    if sum(count >= min_examples for count in Counter(labels).values()) < 2:
        raise TrainingError(f"at least two classes with {min_examples} examples are needed")
    texts, labels, dates = _bounded(texts, labels, dates)
    classes = sorted(set(labels))
    features, matrix = _features(texts, MAX_WEIGHTS // len(classes))
    names = features.transform([name(label) for label in classes])
    days = None if dates is None else ages(dates)
    examples = Examples(matrix, np.searchsorted(classes, labels), days, names, _once(texts))
    fitted = fit(examples)
    return Classifier(
        classes_=classes,
        features=features,
        weights=fitted.weights.astype(np.float16).astype(np.float32),
        bias=fitted.bias.astype(np.float32),
        threshold=_threshold(fitted, examples, precision, [label not in folded.values() for label in classes]),
        precision=precision,
        folded=folded,
    )


def name(label: str) -> str:
    """Return the words in a label: what a class is called is the first thing known about it."""
    return re.sub(r"[\W_]+", " ", label)


def fold(labels: Sequence[str], min_examples: int) -> dict[str, str]:
    """Map each label with fewer than `min_examples` examples, or rarer than MAX_LABELS others, to a rest class.

    That of its parent, or of all where that would be rare too or one class too many. A rest class that is itself too
    rare for a class is mapped to itself: what is a value here is never routed.
    """
    counts = Counter(labels)
    kept = {label for label, count in counts.most_common(MAX_LABELS) if count >= min_examples}
    folded = {label: _rest(label) for label in counts if label not in kept}
    rests = Counter[str]()
    for label, rest in folded.items():
        rests[rest] += counts[label]
    classes = kept | {rest for rest, count in rests.most_common(MAX_LABELS - len(kept)) if count >= min_examples}
    return {label: rest if rest in classes else REST for label, rest in folded.items()}


def _rest(label: str) -> str:
    parent, separator, _ = label.partition("|")
    return f"{parent}{separator}{REST}" if separator else REST


def _in_order(
    texts: Sequence[str], labels: Sequence[str], dates: Sequence[date] | None
) -> tuple[list[str], list[str], list[date] | None]:
    if len(texts) != len(labels) or (dates is not None and len(dates) != len(texts)):
        raise TrainingError("texts, labels and dates must be equally many")
    if isinstance(texts, str) or isinstance(labels, str):
        raise TrainingError("texts and labels are lists, not one text")
    for i, (text, label) in enumerate(zip(texts, labels, strict=True)):
        if not isinstance(text, str) or not isinstance(label, str) or not label.strip():
            raise TrainingError(f"example {i} has no text or no label")
        if dates is not None and not isinstance(dates[i], date):
            raise TrainingError(f"example {i} has no date: give every example one, or none")
    if dates is None:
        return list(texts), list(labels), None
    days = [day.date() if isinstance(day, datetime) else day for day in dates]
    order = sorted(range(len(texts)), key=lambda i: days[i])
    return [texts[i] for i in order], [labels[i] for i in order], [days[i] for i in order]


def _bounded(
    texts: list[str], labels: list[str], dates: list[date] | None
) -> tuple[list[str], list[str], list[date] | None]:
    """Keep the newest texts up to MAX_TOTAL characters; and up to ENOUGH of each label, in an equal share of as many.

    So memory has an end, and what is rare is not forgotten.
    """
    left, seen, kept = MAX_TOTAL, Counter[str](), []
    share = dict.fromkeys(labels, MAX_TOTAL // len(set(labels)))
    for i in range(len(texts) - 1, -1, -1):
        size = min(len(texts[i]), MAX_CHARS)
        seen[labels[i]] += 1
        left -= size
        if left < 0:
            share[labels[i]] -= size
        if left >= 0 or (seen[labels[i]] <= ENOUGH and share[labels[i]] >= 0):
            kept.append(i)
    kept.reverse()
    return [texts[i] for i in kept], [labels[i] for i in kept], None if dates is None else [dates[i] for i in kept]


def _once(texts: list[str]) -> npt.NDArray[np.bool_]:
    """Say of each text whether no other is the same."""
    normal = [normalise(text) for text in texts]
    found = Counter(normal)
    return np.array([found[text] == 1 for text in normal])


def _features(texts: list[str], most: int) -> tuple[Features, sparse.csr_matrix]:
    try:
        return Features.fit(texts, most)
    except ValueError as error:
        raise TrainingError("the texts share no words") from error


def _threshold(fitted: Fitted, examples: Examples, precision: float, routed: list[bool]) -> float | None:
    """Pick the threshold on held-out texts that would be routed (k,): rest classes never are."""
    if fitted.held_out is None:
        return None
    chances = probabilities(fitted.held_out)
    best = chances.argmax(axis=1)
    counted = np.array(routed)[best] & (True if examples.once is None else examples.once)
    return thresholds.choose(chances.max(axis=1)[counted], (best == examples.target)[counted], precision)
