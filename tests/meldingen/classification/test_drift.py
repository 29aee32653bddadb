import random
from typing import Any

import numpy as np
import pytest

from meldingen.classification.model import Classifier
from meldingen.classification.training import train

CLASSES, VOCABULARY = 5, 12
PROMISED = 0.8


def stream(n: int, seed: int, drift: float) -> tuple[list[str], list[str]]:
    """Texts over time: every class slowly takes over words of the next one. `drift` is how far, 0 to 1, at the end."""
    chance = random.Random(seed)
    texts, labels = [], []
    for i in range(n):
        label = chance.randrange(CLASSES)
        source = [(label + (chance.random() < drift * i / n)) % CLASSES for _ in range(4)]
        noise = chance.randrange(CLASSES) if chance.random() < 0.1 else label
        texts.append(" ".join(f"{'abcde'[c] * 3}{'klmnopqrstuv'[chance.randrange(VOCABULARY)]}" for c in source))
        labels.append(f"soort|{'abcde'[noise]}")
    return texts, labels


def trained(seed: int, drift: float) -> tuple[Classifier, Any, Any]:
    """A classifier of the older 1,200 texts of a stream, and of the newer 300 its highest probability and who is right.

    PROMISED is not sharp in 300 texts: two standard deviations under it is no breach.
    """
    texts, labels = stream(1_500, seed, drift)
    classifier = train(texts[:1_200], labels[:1_200], precision=PROMISED)
    chances = classifier.predict_proba(texts[1_200:])
    right = np.array(classifier.classes_)[chances.argmax(axis=1)] == labels[1_200:]
    return classifier, chances.max(axis=1), right


@pytest.mark.parametrize(("drift", "fewest", "most"), [(0.0, 5, 6), (0.3, 2, 6), (0.6, 0, 1)])
def test_the_promised_precision_holds_on_what_comes_next_or_nothing_is_promised(
    drift: float, fewest: int, most: int
) -> None:
    streams = [trained(seed, drift) for seed in range(6)]
    assert fewest <= sum(classifier.threshold is not None for classifier, _, _ in streams) <= most
    for classifier, top, right in streams:
        if classifier.threshold is None:
            assert classifier.decide("aaak bbbl").action != "route"
            continue
        routed = top >= classifier.threshold
        assert right[routed].sum() >= PROMISED * routed.sum() - 2 * (PROMISED * (1 - PROMISED) * routed.sum()) ** 0.5


def test_nothing_is_promised_when_labels_are_chance() -> None:
    texts, labels = stream(600, 4, drift=0.0)
    random.Random(0).shuffle(labels)
    assert train(texts, labels).threshold is None
