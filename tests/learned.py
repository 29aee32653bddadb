"""Small corpora and models for tests."""

import random
from typing import Any

from analytics.learning import registry
from analytics.learning.corpus import Corpus
from meldingen.routing.models import TrainedModel
from meldingen.routing.using import put_into_use
from meldingen.tenancy.models import Municipality
from tests.factories import Town

WORDS = {
    "afval|container-vol": "container vol overvol zit klep papierbak glasbak puilt",
    "afval|dumping": "bankstel matras koelkast grofvuil gedumpt wasmachine stoep",
}
SHARED = ["er", "is", "al", "een", "paar", "dagen", "in", "onze", "straat", "bij", "de", "school", "graag"]

CONTAINER = "de container zit overvol en de klep puilt"
DUMPING = "gedumpt bankstel en matras op de stoep"
NOISE = "lorem ipsum dolor sit amet"


def corpus(n: int = 200, seed: int = 1, words: dict[str, str] = WORDS) -> Corpus:
    """`n` texts of a few words that belong to their label and a few that belong to all."""
    chance = random.Random(seed)
    labels = [chance.choice(sorted(words)) for _ in range(n)]
    texts = [" ".join(chance.choices(words[label].split(), k=4) + chance.choices(SHARED, k=4)) for label in labels]
    return Corpus(TrainedModel.TrainedOn.EXAMPLES, texts, labels)


def learn(town: Town, **values: Any) -> TrainedModel:
    """A model of `town` that is in use."""
    return put_into_use(registry.train(town.municipality, corpus(**values)).model)


def learn_words(municipality: Municipality, words: dict[str, str]) -> TrainedModel:
    """A model that is in use and tells these labels by these words."""
    return put_into_use(registry.train(municipality, corpus(words=words)).model)
