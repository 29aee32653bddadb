from typing import Any

import numpy as np
import pytest

from meldingen.classification.model import Classifier
from meldingen.classification.training import train
from tests.meldingen.classification.conftest import examples

HOSTILE = [
    "",
    " ",
    "\x00",
    "a\x00b",
    "😀" * 50,
    "مرحبا بالعالم",
    "x" * 100_000,
    "\u202e\u200b",
    "1234567890",
    "|",
    "<script>",
    "\ud800",
]


def test_probabilities_of_a_text_sum_to_one(classifier: Classifier) -> None:
    chances = classifier.predict_proba(["de container is vol", "gat in het asfalt", *HOSTILE])
    assert chances.shape == (2 + len(HOSTILE), len(classifier.classes_))
    np.testing.assert_allclose(chances.sum(axis=1), 1)


def test_no_texts_have_no_probabilities(classifier: Classifier) -> None:
    assert classifier.predict_proba([]).shape == (0, len(classifier.classes_))


def test_equal_input_gives_equal_probabilities(classifier: Classifier) -> None:
    again = train(*examples(400))
    texts = examples(50, seed=2)[0]
    assert np.array_equal(again.predict_proba(texts), classifier.predict_proba(texts))


def test_one_text_alone_or_in_company_has_the_same_probabilities(classifier: Classifier) -> None:
    texts = examples(20, seed=3)[0]
    np.testing.assert_allclose(classifier.predict_proba(texts)[7], classifier.predict_proba([texts[7]])[0], atol=1e-6)


def test_a_clear_text_is_routed(classifier: Classifier) -> None:
    decision = classifier.decide("de container zit vol en de bak is overvol bij de school")
    assert (decision.action, decision.reason) == ("route", "confident")
    assert decision.suggestions[0] == ("afval|container-vol", decision.probability)


def test_a_threshold_of_the_caller_replaces_the_trained_one(classifier: Classifier) -> None:
    decision = classifier.decide("de container zit vol bij de school", threshold=1.0)
    assert (decision.action, decision.reason) == ("suggest", "below_threshold")


def test_there_are_at_most_three_suggestions_in_order(classifier: Classifier) -> None:
    chances = [chance for _, chance in classifier.decide("vol gat in de lamp").suggestions]
    assert len(chances) == 3
    assert chances == sorted(chances, reverse=True)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_without_meaning_goes_to_people(classifier: Classifier, text: str) -> None:
    assert classifier.decide(text).action == "people"


def test_an_emergency_goes_to_people_first(classifier: Classifier) -> None:
    decision = classifier.decide("de container zit vol en staat in brand")
    assert (decision.action, decision.reason, decision.emergency) == ("people", "emergency", True)


@pytest.mark.parametrize("threshold", [-0.1, 1.1, float("nan")])
def test_a_threshold_that_is_no_probability_is_refused(classifier: Classifier, threshold: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        classifier.decide("vol", threshold=threshold)


@pytest.mark.parametrize("text", [None, 3, float("nan"), b"vol"])
def test_what_is_no_text_is_refused(classifier: Classifier, text: Any) -> None:
    with pytest.raises(TypeError):
        classifier.predict_proba([text])


def test_one_text_is_not_taken_for_a_list_of_letters(classifier: Classifier) -> None:
    with pytest.raises(TypeError, match="a list of texts"):
        classifier.predict_proba("vol")
