"""From texts with labels to a classifier."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np
import numpy.typing as npt
from scipy import sparse
from threadpoolctl import threadpool_limits

from meldingen.classification import promise
from meldingen.classification.blending import probabilities
from meldingen.classification.bound import within_bounds
from meldingen.classification.certainty import Certainty, words_of
from meldingen.classification.features import Features
from meldingen.classification.fitting import Examples, Fit, ages, fit
from meldingen.classification.labels import fold, is_rest, name
from meldingen.classification.model import SUGGESTIONS, Classifier
from meldingen.classification.normalising import normalise
from meldingen.classification.ours import Ours
from meldingen.classification.promise import Choices, Promise

MIN_EXAMPLES = 30
MAX_WEIGHTS = 6_000_000  # terms times classes: keeps a model file under 15 MB

Say = Callable[[str], None]
Bools = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]


class TrainingError(ValueError):
    """These examples cannot become a classifier; the message says why and never quotes a text."""


@dataclass(frozen=True, slots=True)
class Newest:
    """What the newest held-out texts say, scored by machines that saw only older ones: shares of `texts`.

    accuracy: the first choice was right; top3: the right one was among three that may be offered; routed: it would
    have been routed; routed_right: the share of those that was right, None of none. The threshold was chosen with these
    texts among others, so the last one may flatter a little.
    """

    texts: int
    accuracy: float
    top3: float
    routed: float
    routed_right: float | None


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
    return learn(texts, labels, dates, min_examples=min_examples, precision=precision)[0]


def learn(
    texts: Sequence[str],
    labels: Sequence[str],
    dates: Sequence[date] | None = None,
    blind: Sequence[bool] | None = None,
    *,
    min_examples: int = MIN_EXAMPLES,
    precision: float = 0.95,
    say: Say = lambda _: None,
) -> tuple[Classifier, Newest | None]:
    """Train as `train` does, and return with it what the newest texts say; None when too few were held out.

    blind (n,): whose label was given with no guess in sight (ADR 83). say: hears in words what is being done.
    """
    numbers, texts, labels, dates, rest_of = _examples(texts, labels, dates, min_examples)
    if not 0 < precision <= 1:
        raise TrainingError("the promised precision lies between 0 and 1")
    classes = sorted(set(labels))
    say(f"Reading the words of {len(texts)} texts with {len(classes)} categories")
    features, matrix = _features(texts, MAX_WEIGHTS // len(classes))
    names = features.transform([name(label) for label in classes])
    days = None if dates is None else ages(dates)
    seen_none = None if blind is None else np.array(blind, dtype=bool)[numbers]
    examples = Examples(matrix, np.searchsorted(classes, labels), days, names, _once(texts), seen_none)
    outcome = fit(examples, say)
    say("Computing what may be promised, and what is not for the municipality")
    with threadpool_limits(1):
        certain, the_promise, ours, newest = _judge(outcome, examples, texts, classes, precision)
    classifier = Classifier(
        classes_=classes,
        features=features,
        weights=outcome.weights.astype(np.float16).astype(np.float32),
        bias=outcome.bias.astype(np.float32),
        certainty=certain,
        promise=the_promise,
        ours=ours,
        precision=precision,
        folded=rest_of,
    )
    return classifier, newest


def _examples(
    texts: Sequence[str], labels: Sequence[str], dates: Sequence[date] | None, min_examples: int
) -> tuple[list[int], list[str], list[str], list[date] | None, dict[str, str]]:
    """Return which examples are learnt from, oldest first, these, and the labels that folded."""
    order, dates = _in_order(texts, labels, dates)
    texts, labels = [texts[i] for i in order], [labels[i] for i in order]
    rest_of = fold(labels, min_examples)
    labels = [rest_of.get(label, label) for label in labels]
    if sum(count >= min_examples for count in Counter(labels).values()) < 2:
        raise TrainingError(f"at least two classes with {min_examples} examples are needed")
    numbers = within_bounds(list(map(len, texts)), labels)
    days = None if dates is None else [dates[i] for i in numbers]
    return [order[i] for i in numbers], [texts[i] for i in numbers], [labels[i] for i in numbers], days, rest_of


def _in_order(
    texts: Sequence[str], labels: Sequence[str], dates: Sequence[date] | None
) -> tuple[list[int], list[date] | None]:
    """Return the numbers of the examples, oldest first, and the days in that order."""
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
        return list(range(len(texts))), None
    days = [day.date() if isinstance(day, datetime) else day for day in dates]
    order = sorted(range(len(texts)), key=lambda i: days[i])
    return order, [days[i] for i in order]


def _once(texts: list[str]) -> Bools:
    """Say of each text whether no other is the same."""
    normal = [normalise(text) for text in texts]
    counts = Counter(normal)
    return np.array([counts[text] == 1 for text in normal])


def _features(texts: list[str], most: int) -> tuple[Features, sparse.csr_matrix]:
    try:
        return Features.fit(texts, most)
    except ValueError as error:
        raise TrainingError("the texts share no words") from error


def _judge(
    fit: Fit, examples: Examples, texts: list[str], classes: list[str], precision: float
) -> tuple[Certainty, Promise, Ours | None, Newest | None]:
    """Return what held-out texts say of certainty, of the promise, of what is ours; and the newest of them of all.

    Only texts that were unseen count, and for the promise only those that could be routed: no rest class is.
    """
    if fit.held_out is None:
        return Certainty(np.zeros(len(classes))), Promise(), None, None
    unseen = np.arange(len(texts)) if examples.once is None else np.flatnonzero(examples.once)
    chances, target = probabilities(fit.held_out)[unseen], examples.target[unseen]
    useful = np.array([not is_rest(label) for label in classes])
    best = chances.argmax(axis=1)
    could = np.flatnonzero(useful[best])
    days = None if examples.ages is None else examples.ages[unseen][could]
    choices = Choices(
        chances.max(axis=1)[could],
        words_of([texts[i] for i in unseen[could]]),
        best[could],
        (best == target)[could],
        days,
    )
    blind = None if examples.blind is None else examples.blind[unseen][could]
    certain, the_promise, sure = promise.make_blind(choices, blind, classes, precision)
    suggestions = np.argsort(-chances * useful, axis=1, kind="stable")[:, :SUGGESTIONS]
    hits = ((suggestions == target[:, None]) & useful[suggestions]).any(axis=1)
    ours = Ours.learn([texts[i] for i in unseen], (chances * useful).max(axis=1), hits) if len(unseen) else None
    is_routed = np.zeros(len(unseen), dtype=bool)
    if the_promise.threshold is not None:
        is_routed[could] = sure >= the_promise.threshold
    return certain, the_promise, ours, _newest(unseen >= fit.newest, best == target, hits, is_routed)


def _newest(newest: Bools, right: Bools, hits: Bools, is_routed: Bools) -> Newest | None:
    if not newest.any():
        return None
    both = newest & is_routed
    return Newest(
        texts=int(newest.sum()),
        accuracy=float(right[newest].mean()),
        top3=float(hits[newest].mean()),
        routed=float(is_routed[newest].mean()),
        routed_right=float(right[both].mean()) if both.any() else None,
    )
