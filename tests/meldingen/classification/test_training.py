from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from meldingen.classification import training
from meldingen.classification.training import TrainingError, learn, train
from tests.meldingen.classification.conftest import WORDS, examples
from tests.sure import sure


@pytest.fixture
def days() -> list[date]:
    return [date(2025, 1, 1) + timedelta(days=i) for i in range(300)]


def test_unsorted_dates_give_the_same_classifier_as_sorted_ones(days: list[date]) -> None:
    texts, labels = examples(300)
    order = np.random.default_rng(0).permutation(300)
    mixed = train([texts[i] for i in order], [labels[i] for i in order], [days[i] for i in order])
    assert np.array_equal(mixed.predict_proba(texts[:20]), train(texts, labels, days).predict_proba(texts[:20]))


def test_moments_count_as_their_days(days: list[date]) -> None:
    texts, labels = examples(300)
    moments = [datetime(day.year, day.month, day.day, 12) for day in days]  # noqa: DTZ001
    assert np.array_equal(train(texts, labels, moments).weights, train(texts, labels, days).weights)


@pytest.mark.parametrize("bad", [None, float("nan"), "2025-01-01"])
def test_one_missing_date_is_refused(days: list[date], bad: Any) -> None:
    texts, labels = examples(300)
    with pytest.raises(TrainingError, match="example 7 has no date"):
        train(texts, labels, [*days[:7], bad, *days[8:]])


@pytest.mark.parametrize(
    ("text", "label"), [(None, "a"), (float("nan"), "a"), ("vol", None), ("vol", ""), ("vol", float("nan"))]
)
def test_an_example_without_text_or_label_is_refused_without_quoting_it(text: Any, label: Any) -> None:
    texts, labels = examples(50)
    with pytest.raises(TrainingError, match=r"^example 50 has no text or no label$"):
        train([*texts, text], [*labels, label])


@pytest.mark.parametrize("n", [0, 1, 10])
def test_too_few_texts_are_refused(n: int) -> None:
    with pytest.raises(TrainingError, match="at least two classes"):
        train(*examples(n))


def test_one_class_is_refused() -> None:
    with pytest.raises(TrainingError, match="at least two classes"):
        train(["de bak is vol"] * 100, ["afval|bak"] * 100)


def test_unequal_lengths_are_refused() -> None:
    with pytest.raises(TrainingError, match="equally many"):
        train(["vol"], [])


@pytest.mark.parametrize("text", ["", "\x00", "!"])
def test_texts_without_words_are_refused(text: str) -> None:
    with pytest.raises(TrainingError, match="share no words"):
        train([text] * 100, ["a", "b"] * 50)


def test_ten_texts_train_when_asked_but_promise_nothing() -> None:
    classifier = train(["de bak is vol", "de lamp is uit"] * 5, ["afval", "licht"] * 5, min_examples=5)
    assert classifier.decide("de bak is vol").reason == "no_promise"
    assert classifier.decide("de bak is vol").suggestions[0][0] == "afval"


def test_two_classes_work_and_hostile_texts_do_no_harm() -> None:
    words = {label: WORDS[label] for label in ("weg|gat", "licht|lantaarn-uit")}
    texts, labels = examples(200, words=words)
    hostile = ["😀" * 20, "", "مرحبا", "\x00" * 9, "x" * 100_000]
    classifier = train([*texts, *hostile], [*labels, *labels[: len(hostile)]])
    assert classifier.decide("er is een gat in het wegdek bij de school").suggestions[0][0] == "weg|gat"


@pytest.mark.parametrize("label", ["a|b|c", "|", "a\nb", 'x"y,z;', "x" * 5_000, "日本|語"])
def test_any_text_may_be_a_label(label: str) -> None:
    texts, labels = examples(150, words={"weg|gat": WORDS["weg|gat"], label: WORDS["afval|grofvuil"]})
    assert train(texts, labels).classes_ == sorted({"weg|gat", label})


def test_one_class_with_enough_and_a_stray_label_are_refused() -> None:
    texts, labels = examples(300, words={"weg|gat": WORDS["weg|gat"]})
    with pytest.raises(TrainingError, match="at least two classes"):
        train([*texts, "de lamp is uit"], [*labels, "licht"])


@pytest.mark.parametrize("rare", [["dier|overig-dier"], [f"dier|{i}" for i in range(60)]])
def test_a_rest_class_is_neither_routed_nor_offered_whoever_made_it(rare: list[str]) -> None:
    texts, labels = examples(400)
    animals = examples(400, words=dict.fromkeys(rare, "hond kat rat duif eend"))
    classifier = train([*texts, *animals[0]], [*labels, *animals[1]])
    decision = classifier.decide("hond kat rat duif eend bij de school", threshold=0.0)
    assert decision.reason == "rest_class"
    assert decision.action != "route"
    assert {label for label, _ in decision.suggestions} <= set(WORDS)


def test_the_newest_texts_are_judged_by_what_older_ones_taught() -> None:
    texts, labels = examples(800)
    labels[600:] = ["afval|container-vol"] * 100 + ["weg|gat"] * 100
    newest = sure(learn(texts, labels)[1])
    assert newest.texts <= 200
    assert newest.accuracy < 0.6
    assert sure(learn(*examples(800))[1]).accuracy > 0.9


def test_it_says_what_it_is_doing() -> None:
    said: list[str] = []
    learn(*examples(200), say=said.append)
    assert said[0] == "Reading the words of 200 texts with 4 categories"
    assert [line for line in said if "(3 of 4)" in line] == [
        "Holding out 50 texts to learn what guesses are worth (3 of 4)"
    ]


def test_a_rest_class_is_not_what_makes_the_others_look_good_enough() -> None:
    """Routed are only the others, so only they count for the promise."""
    chance = np.random.default_rng(1)
    texts, labels = examples(500, words={label: WORDS[label] for label in sorted(WORDS)[:2]})
    noisy = [label if chance.random() < 0.8 else chance.choice(labels) for label in labels]
    easy = [f"hond kat rat duif eend {i}" for i in range(900)]
    rare = [f"dier|{i % 60}" for i in range(900)]
    order = chance.permutation(1_400)
    both = [*zip(texts, noisy, strict=True), *zip(easy, rare, strict=True)]
    classifier = train([both[i][0] for i in order], [both[i][1] for i in order], precision=0.95)
    assert classifier.threshold is None


def test_texts_that_say_the_same_are_no_proof_of_what_comes_next() -> None:
    texts, labels = examples(300)
    chance = np.random.default_rng(2)
    noisy = [label if chance.random() < 0.7 else chance.choice(labels) for label in labels]
    again = [i for i in range(300) for _ in range(8)]
    chance.shuffle(again)
    classifier = train([texts[i] for i in again], [noisy[i] for i in again], precision=0.9)
    assert classifier.threshold is None


def test_a_model_has_an_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(training, "MAX_WEIGHTS", 400)
    classifier = train(*examples(200))
    assert classifier.weights.shape == (100 + len(classifier.features.terms("concepts")), 4)
