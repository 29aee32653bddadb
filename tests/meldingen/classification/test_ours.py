import csv
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import meldingen
from meldingen.classification import ours
from meldingen.classification.model import Classifier
from meldingen.classification.ours import FILE, Ours, sentences
from meldingen.classification.training import train

# Written by somebody who saw neither sentences nor code: to judge by, never to teach.
EVALUATION = Path(__file__).with_name("evaluation")
EXAMPLES = Path(meldingen.__file__).parent / "demo" / "lindewaard" / "examples.csv"


@pytest.fixture(scope="module")
def texts() -> list[str]:
    with EXAMPLES.open(newline="", encoding="utf-8") as lines:
        return [row["text"] for row in csv.DictReader(lines)][::3]


@pytest.fixture(scope="module")
def learned(texts: list[str]) -> Ours:
    return taught(texts)[0]


@pytest.fixture
def half(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Every second sentence teaches; the others are what comes next."""
    everything = sentences()
    monkeypatch.setattr(ours, "sentences", lambda: everything[::2])
    ours._strange.cache_clear()
    yield everything[1::2]
    ours._strange.cache_clear()


def taught(texts: list[str], seed: int = 0) -> tuple[Ours, Any]:
    """Taught by texts whose first suggestion is right as often as its probability says."""
    draw = np.random.default_rng(seed)
    probability = draw.beta(4, 1.5, len(texts))
    return Ours.learn(texts, probability, draw.random(len(texts)) < probability), probability


def test_sentences_that_it_never_saw_are_told_from_a_towns_own(texts: list[str], half: list[str]) -> None:
    learned, _ = taught(texts[::2])
    strange = [learned.fits(text, 0.15) for text in half]
    own = [learned.fits(text, 0.15) for text in texts[1::2]]
    assert np.mean(strange) < 0.2
    assert np.mean(own) > 0.8


def test_no_more_right_suggestions_are_lost_than_it_may_cost(texts: list[str]) -> None:
    learned, probability = taught(texts)
    refused = [not learned.fits(text, share) for text, share in zip(texts, probability, strict=True)]
    assert np.mean(refused) <= 2 * ours.LOSS


def test_the_surer_the_suggestion_the_sooner_a_text_may_be_ours(learned: Ours) -> None:
    fits = [learned.fits("ik heb een vraag over de bank", share) for share in (0.02, 0.5, 0.99)]
    assert fits == sorted(fits)
    assert learned.fits("de container is vol", 0.9)
    assert not learned.fits("mijn paspoort is verlopen", 0.1)


def test_a_town_whose_reporters_tell_much_takes_three_words_too(texts: list[str]) -> None:
    told = [f"{text} Het is in de Tijmstraat bij nummer {i % 90}. Dit speelt al weken." for i, text in enumerate(texts)]
    learned, _ = taught(told)
    short = [" ".join(text.split()[:3]) for text in texts]
    assert np.mean([learned.fits(text, 0.95) for text in short]) > 0.9
    assert np.mean([learned.fits(text, 0.15) for text in sentences()]) < 0.1


@pytest.mark.parametrize("text", ["", "\x00", "😀", "x" * 100_000])
def test_a_text_without_known_letters_may_be_ours_when_the_suggestion_is_sure(learned: Ours, text: str) -> None:
    assert learned.fits(text, 0.99)


def test_texts_that_are_all_easy_set_no_floor_that_others_cannot_pass(texts: list[str]) -> None:
    learned = Ours.learn(texts, np.full(len(texts), 0.999), np.ones(len(texts), dtype=bool))
    assert learned.floor == ours.HIGHEST


def test_every_language_has_its_sentences_and_each_stands_once() -> None:
    with FILE.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert min(Counter(row["language"] for row in rows).values()) > 90
    assert {row["language"] for row in rows} == {"nl", "de", "en"}
    assert len({row["text"].lower() for row in rows}) == len(rows)


@pytest.fixture(scope="module")
def classifier() -> Classifier:
    """Of the invented town's examples, as their reporters would tell them: with where it is, and since when."""
    with EXAMPLES.open(newline="", encoding="utf-8") as lines:
        rows = sorted((row["category"], row["text"]) for row in csv.DictReader(lines))
    random.Random(0).shuffle(rows)
    tail = "Het is in de Tijmstraat bij nummer {}. Dit speelt al weken."
    texts = [f"{text} {tail.format(i % 90)}" if i % 4 else text for i, (_, text) in enumerate(rows)]
    return train(texts, [label for label, _ in rows], min_examples=8)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["not_ours_a.txt", "not_ours_b.txt"])
def test_what_a_stranger_wrote_that_is_not_ours_mostly_gets_no_suggestion(classifier: Classifier, name: str) -> None:
    strange = [line for line in (EVALUATION / name).read_text(encoding="utf-8").splitlines() if line.strip()]
    assert len(strange) == 60
    assert np.mean([classifier.decide(text).action == "people" for text in strange]) >= 0.8


@pytest.mark.slow
def test_what_a_stranger_wrote_in_a_few_words_gets_the_right_subject_among_three(classifier: Classifier) -> None:
    with (EVALUATION / "short_ours.tsv").open(newline="", encoding="utf-8") as lines:
        rows = [(subject, text) for subject, text in csv.reader(lines, delimiter="\t")]
    decisions = [(subject, classifier.decide(text)) for subject, text in rows]
    offered = [(subject, each.suggestions) for subject, each in decisions if each.action != "people"]
    right = [subject for subject, best in offered if subject in {label.split("|")[0] for label, _ in best}]
    assert len(rows) == 100
    assert len(right) >= 80
