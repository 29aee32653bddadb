import random

import pytest

from meldingen.classification.training import train

CLASSES, VOCABULARY = 5, 12


def stream(n, seed, drift):
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


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("drift", [0.0, 0.3, 0.6])
def test_the_promised_precision_holds_on_what_comes_next_or_nothing_is_promised(seed, drift):
    texts, labels = stream(1_500, seed, drift)
    classifier = train(texts[:1_200], labels[:1_200], precision=0.8)
    if classifier.threshold is None:
        assert classifier.decide(texts[-1]).action != "route"
        return
    chances = classifier.predict_proba(texts[1_200:])
    routed = chances.max(axis=1) >= classifier.threshold
    guesses = [classifier.classes_[i] for i in chances.argmax(axis=1)]
    right = [
        guess == label for guess, label, is_routed in zip(guesses, labels[1_200:], routed, strict=True) if is_routed
    ]
    assert sum(right) >= 0.8 * len(right) - 2 * len(right) ** 0.5 * 0.4


def test_nothing_is_promised_when_labels_are_chance():
    texts, labels = stream(600, 4, drift=0.0)
    random.Random(0).shuffle(labels)
    assert train(texts, labels).threshold is None
