"""From texts with labels to a classifier."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
from scipy import sparse

from meldingen.classification import thresholds
from meldingen.classification.blending import probabilities
from meldingen.classification.features import Features
from meldingen.classification.fitting import Examples, Fitted, ages, fit
from meldingen.classification.model import Classifier
from meldingen.classification.normalising import MAX_CHARS

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
    held out, so that at least `precision` (0 to 1) of the routed ones were right. Equal input gives an equal
    classifier. Raises TrainingError.
    """
    if not 0 < precision <= 1:
        raise TrainingError("the promised precision lies between 0 and 1")
    texts, labels, dates = _bounded(*_in_order(texts, labels, dates), enough=ENOUGH)
    folded = fold(labels, min_examples)
    target = [folded.get(label, label) for label in labels]
    classes = sorted(set(target))
    if len(classes) < 2:
        raise TrainingError(f"at least two classes with {min_examples} examples are needed")
    features, matrix = _features(texts, MAX_WEIGHTS // len(classes))
    examples = Examples(
        matrix=matrix,
        target=np.searchsorted(classes, target),
        ages=None if dates is None else ages(dates),
        names=features.transform([name(label) for label in classes]),
    )
    fitted = fit(examples)
    return Classifier(
        classes_=classes,
        features=features,
        weights=fitted.weights.astype(np.float16).astype(np.float32),
        bias=fitted.bias.astype(np.float32),
        threshold=_threshold(fitted, examples, precision),
        precision=precision,
        folded=folded,
    )


def name(label: str) -> str:
    """Return the words in a label: what a class is called is the first thing known about it."""
    return re.sub(r"[\W_]+", " ", label)


def fold(labels: Sequence[str], min_examples: int) -> dict[str, str]:
    """Map each label with fewer than `min_examples` examples, or rarer than MAX_LABELS others, to a rest class.

    That of its parent, or of all.
    """
    counts = Counter(labels)
    frequent = {label for label, _ in counts.most_common(MAX_LABELS)}
    folded = {label: _rest(label) for label, count in counts.items() if count < min_examples or label not in frequent}
    for label, rest in folded.items():
        counts[rest] += counts[label]
    folded = {label: rest if counts[rest] >= min_examples else REST for label, rest in folded.items()}
    return {label: rest for label, rest in folded.items() if label != rest}


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
    texts: list[str], labels: list[str], dates: list[date] | None, enough: int
) -> tuple[list[str], list[str], list[date] | None]:
    """Keep the newest texts up to MAX_TOTAL characters, and of every label the newest `enough`: memory has an end."""
    left, seen, kept = MAX_TOTAL, Counter[str](), []
    for i in range(len(texts) - 1, -1, -1):
        left -= min(len(texts[i]), MAX_CHARS)
        seen[labels[i]] += 1
        if left >= 0 or seen[labels[i]] <= enough:
            kept.append(i)
    kept.reverse()
    return [texts[i] for i in kept], [labels[i] for i in kept], None if dates is None else [dates[i] for i in kept]


def _features(texts: list[str], most: int) -> tuple[Features, sparse.csr_matrix]:
    try:
        return Features.fit(texts, most)
    except ValueError as error:
        raise TrainingError("the texts share no words") from error


def _threshold(fitted: Fitted, examples: Examples, precision: float) -> float | None:
    if fitted.held_out is None:
        return None
    chances = probabilities(fitted.held_out)
    return thresholds.choose(chances.max(axis=1), chances.argmax(axis=1) == examples.target, precision)
