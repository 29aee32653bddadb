"""The starter model, as `make setup` makes it. The first sentences are by the hand that wrote its own: a floor."""

from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings

from meldingen.categories.subjects import COMMON, main_subject
from meldingen.classification import files, starting
from meldingen.classification.labels import REST
from meldingen.classification.model import Classifier

EVALUATION = Path(__file__).with_name("evaluation")
SENTENCES = (EVALUATION / "starter_en.txt").read_text(encoding="utf-8").splitlines()
# By somebody who saw no list of categories and no sentence of ours: six for each main subject.
OF_A_STRANGER = (EVALUATION / "starter_en_b.txt").read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def starter() -> Classifier:
    path = settings.STARTER_MODEL
    return files.load(path, sha256=files.describe(path).sha256)


def test_it_knows_each_common_subject_in_both_languages(starter: Classifier) -> None:
    assert set(starter.classes_) == COMMON | {REST}
    assert {subject for subject, _text in starting._english()} == COMMON
    assert {subject for subject, _text in starting._dutch()} == COMMON | {REST}


def test_no_sentence_stands_under_two_subjects() -> None:
    texts = Counter(text.lower() for _subject, text in starting.sentences())
    assert [text for text, times in texts.items() if times > 1] == []


def test_in_english_the_right_one_is_among_three_for_nine_of_ten_main_subjects(starter: Classifier) -> None:
    asked, right = Counter[str](), Counter[str]()
    for line in SENTENCES:
        subject, _, text = line.partition("|")
        asked[main_subject(subject)] += 1
        right[main_subject(subject)] += subject in [label for label, _chance in starter.decide(text).suggestions]
    assert len(asked) == 10
    assert sum(right[main] == asked[main] for main in asked) >= 9


def test_of_sentences_by_a_stranger_the_main_subject_is_among_three_for_nine_of_ten(starter: Classifier) -> None:
    asked, right = Counter[str](), Counter[str]()
    for line in OF_A_STRANGER:
        main, _, text = line.partition("|")
        asked[main] += 1
        right[main] += main in [main_subject(label) for label, _chance in starter.decide(text).suggestions]
    assert set(asked.values()) == {6}
    assert sum(right[main] == asked[main] for main in asked) >= 9
    assert right.total() >= 59


@pytest.mark.parametrize("text", ["De prullenbak bij het station puilt uit", "lantaarn doet het niet"])
def test_dutch_is_known_too(starter: Classifier, text: str) -> None:
    decision = starter.decide(text)
    assert decision.action != "people"
    assert decision.suggestions[0][0] in {"prullenbak-vol", "lamp-brandt-niet"}


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("There is an open manhole on our street", "put-verstopt"),
        ("A branch is hanging loose above the pavement", "boom-gevaarlijk"),
        ("put zonder deksel", "put-verstopt"),
        ("tak hangt los", "boom-gevaarlijk"),
    ],
)
def test_what_is_dangerous_to_who_passes_has_its_subject_first(starter: Classifier, text: str, subject: str) -> None:
    assert starter.decide(text).suggestions[0][0] == subject


@pytest.mark.parametrize("text", ["My passport has expired", "I want to report a burglary", "hello", "test test"])
def test_what_is_not_for_a_municipality_gets_no_suggestion(starter: Classifier, text: str) -> None:
    assert starter.decide(text).action == "people"
