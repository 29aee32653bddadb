"""Judged on sentences of two problems and of one, in Dutch and English, with the starter model."""

from pathlib import Path

import pytest
from django.conf import settings

from meldingen.categories.subjects import main_subject
from meldingen.classification import files
from meldingen.classification.model import Classifier
from meldingen.classification.two_things import LONGEST, TwoThings, two_things

EVALUATION = Path(__file__).with_name("evaluation")


@pytest.fixture(scope="module")
def starter() -> Classifier:
    path = settings.STARTER_MODEL
    return files.load(path, sha256=files.describe(path).sha256)


def share(classifier: Classifier, name: str) -> float:
    """Of the sentences in a file, the share that is called two things."""
    lines = (EVALUATION / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return sum(two_things(line, classifier, main_subject) is not None for line in lines) / len(lines)


def test_most_texts_of_two_problems_are_seen(starter: Classifier) -> None:
    assert share(starter, "two_things") >= 0.85


def test_hardly_any_text_of_one_problem_is_called_two(starter: Classifier) -> None:
    assert share(starter, "one_thing") <= 0.05


def test_each_part_has_its_own_words_without_what_joins_them(starter: Classifier) -> None:
    found = two_things("De lamp is uit, en ook de prullenbak zit vol!", starter, main_subject)
    assert found == TwoThings("De lamp is uit", "de prullenbak zit vol!")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "De lamp is uit",
        "De lamp is uit. Hallo.",
        "De lamp is uit en daardoor is de prullenbak niet te zien",
        "De container zit vol en er ligt een matras naast",
        "De lamp is uit. " + "x" * LONGEST + " De prullenbak zit vol.",
    ],
)
def test_one_thing_stays_one(starter: Classifier, text: str) -> None:
    assert two_things(text, starter, main_subject) is None
