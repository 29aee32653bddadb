import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from meldingen.classification.certainty import Certainty
from meldingen.classification.features import KINDS, Features
from meldingen.classification.model import Classifier
from tests.meldingen.classification.conftest import examples

TEXT = "De container zit VOL en de lamp is kapot bij de school"


def assert_adds_up(classifier: Classifier, text: str) -> None:
    """The classes and their distance are those of the scores, with three words shown and with all of them."""
    scores = dict(zip(classifier.classes_, classifier.decision_function([text])[0], strict=True))
    label, runner_up = sorted(scores, key=scores.__getitem__, reverse=True)[:2]
    some, every = classifier.explain(text, 3), classifier.explain(text, 10_000)
    for found in (some, every):
        assert (found.label, found.runner_up) == (label, runner_up)
        whole = found.base + sum(amount for _, amount in found.words) + found.rest
        assert whole == pytest.approx(scores[label] - scores[runner_up], abs=5e-5)
        assert found.margin == pytest.approx(whole, abs=1e-9)
    assert every.rest <= 1e-9
    assert every.words[:3] == some.words


@pytest.mark.parametrize(
    "text", [TEXT, "", "vol", "vol vol vol", "vol,vol;VOL!", "onbekend", "\x00", "x" * 20_000, "😀lamp😀", "e\u0301"]
)
def test_the_words_and_the_rest_add_up_to_the_margin(classifier: Classifier, text: str) -> None:
    assert_adds_up(classifier, text)


@given(st.one_of(st.text(), st.sampled_from(examples(40)[0]), st.text("volgat ,.-")))
@settings(max_examples=25, deadline=None)
def test_they_add_up_for_any_text(classifier: Classifier, text: str) -> None:
    assert_adds_up(classifier, text)


def test_it_names_the_class_of_the_prediction_and_its_runner_up(classifier: Classifier) -> None:
    found, decision = classifier.explain(TEXT), classifier.decide(TEXT)
    assert [found.label, found.runner_up] == [label for label, _ in decision.suggestions[:2]]


def test_the_word_that_speaks_for_the_class_comes_first(classifier: Classifier) -> None:
    words = dict(classifier.explain("gat in de weg bij de lamp", n=20).words)
    assert max(words, key=words.__getitem__) in {"gat", "lamp"}
    assert set(words) <= {"gat", "in", "de", "weg", "bij", "lamp"}


def test_one_word_is_one_word_whatever_stands_around_it(classifier: Classifier) -> None:
    words = [word for word, _ in classifier.explain("Lamp! De (lamp), lamp... kapot? 😀", n=20).words]
    assert words.count("lamp") == 1
    assert set(words) <= {"lamp", "de", "kapot", "😀"}


def test_a_word_that_speaks_for_the_runner_up_is_in_the_rest(classifier: Classifier) -> None:
    found = classifier.explain("gat gat gat in het asfalt bij de lamp", n=20)
    assert found.label == "weg|gat"
    assert all(amount > 0 for _, amount in found.words)
    assert "lamp" not in dict(found.words)
    assert found.rest < 0


def test_a_word_known_only_by_its_letters_is_explained(classifier: Classifier) -> None:
    assert "containerklepje" not in classifier.features.words
    assert dict(classifier.explain("containerklepje").words)["containerklepje"] > 0


def made(weights: dict[str, tuple[int, float]], bias: tuple[float, float, float] = (0.0, 0.0, 0.0)) -> Classifier:
    """A classifier of classes a, b and c that knows "lamp stuk vandaag"; weights: term -> (class number, weight)."""
    features = Features.fit(["lamp stuk vandaag"], most=1_000, min_df=1)[0]
    matrix = np.zeros((sum(len(features.terms(kind)) for kind in KINDS), 3), dtype=np.float32)
    for term, (number, weight) in weights.items():
        matrix[features.terms("words").index(term), number] = weight
    return Classifier(["a", "b", "c"], features, matrix, np.array(bias, dtype=np.float32), Certainty(np.zeros(3)))


def test_a_pair_of_words_is_laid_on_both_equally() -> None:
    words = made({"lamp stuk": (0, 2.0)}).explain("lamp stuk vandaag").words
    assert [word for word, _ in words] == ["lamp", "stuk"]
    assert words[0][1] == words[1][1] > 0


def test_what_is_explained_are_the_first_two_suggestions_however_sure_it_is() -> None:
    classifier = made({"lamp": (2, 5_000.0)}, bias=(0.0, 1.0, 0.0))
    found, decision = classifier.explain("lamp stuk"), classifier.decide("lamp stuk")
    assert [found.label, found.runner_up] == [label for label, _ in decision.suggestions[:2]] == ["c", "b"]


def test_it_shows_no_more_words_than_asked_for(classifier: Classifier) -> None:
    assert len(classifier.explain(TEXT, n=2).words) == 2
    with pytest.raises(ValueError, match="at least one"):
        classifier.explain(TEXT, n=0)
