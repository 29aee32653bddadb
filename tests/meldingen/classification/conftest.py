import random
from typing import Any

import pytest

from meldingen.classification.model import Classifier
from meldingen.classification.training import train

WORDS = {
    "afval|container-vol": "container vol overvol bak zit klep papierbak glasbak",
    "afval|grofvuil": "bankstel matras koelkast grofvuil gedumpt wasmachine stoep",
    "licht|lantaarn-uit": "lantaarn lamp straatlamp donker brandt kapot verlichting",
    "weg|gat": "gat kuil wegdek asfalt scheur band diep",
}
SHARED = ["er", "is", "al", "een", "paar", "dagen", "in", "onze", "straat", "bij", "de", "school", "graag"]


def examples(n: int, seed: int = 1, words: dict[str, str] = WORDS) -> tuple[Any, ...]:
    chance = random.Random(seed)
    labels = [chance.choice(sorted(words)) for _ in range(n)]
    texts = [" ".join(chance.choices(words[label].split(), k=4) + chance.choices(SHARED, k=4)) for label in labels]
    return texts, labels


@pytest.fixture(scope="session")
def classifier() -> Classifier:
    return train(*examples(400))
