"""What is an answer, and how it reads."""

import pytest

from meldingen.languages import Texts
from meldingen.questions import wording
from meldingen.refusals import Refused
from tests.meldingen.questions.asked import COLOURS

CHOICES = wording.choices_in(COLOURS)


def test_a_choice_has_a_code_and_its_words_in_each_language() -> None:
    assert {code: dict(words) for code, words in CHOICES.items()} == {
        "wit": {"nl": "Wit", "en": "White"},
        "rood-licht": {"nl": "Rood licht", "en": "Red light"},
    }


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("text", "  bij de brug ", "bij de brug"),
        ("number", "12,50", "12.50"),
        ("number", "0412", "412"),
        ("date", "2026-02-28", "2026-02-28"),
        ("date", "28-2-2026", "2026-02-28"),
        ("yes_no", "Ja", "yes"),
        ("yes_no", "false", "no"),
        ("one", "wit", "wit"),
        ("several", "rood-licht, wit", "wit rood-licht"),
        ("number", " ", ""),
    ],
)
def test_an_answer_is_stored_in_one_way(kind: str, text: str, value: str) -> None:
    assert wording.read_value(kind, CHOICES, text) == value


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        ("text", "x" * 501, "too_long"),
        ("number", "twaalf", "no_number"),
        ("number", "١٢", "no_number"),
        ("number", "1e9", "no_number"),
        ("date", "30-02-2026", "no_day"),
        ("date", "morgen", "no_day"),
        ("date", "0000-01-01", "no_day"),
        ("yes_no", "misschien", "unknown"),
        ("one", "blauw", "unknown"),
        ("one", "wit rood-licht", "unknown"),
        ("several", "wit blauw", "unknown"),
    ],
)
def test_what_is_no_answer_is_refused_in_its_own_words(kind: str, text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        wording.read_value(kind, CHOICES, text)
    assert (refused.value.code, refused.value.field) == (code, "answers")


@pytest.mark.parametrize(
    ("texts", "is_wrong"),
    [
        (COLOURS, False),
        (Texts(nl="Wit"), True),
        (Texts(nl="Wit\nwit"), True),
        (Texts(nl="Wit\n!"), True),
        (Texts(nl="Wit\nRood", en="White"), True),
        (Texts(nl="\n".join(map(str, range(21)))), True),
        (Texts(nl="Wit\n" + "x" * 101), True),
    ],
)
def test_choices_from_which_nobody_can_choose_are_wrong(texts: Texts, is_wrong: bool) -> None:
    assert bool(wording.what_is_wrong(texts)) is is_wrong


@pytest.mark.parametrize(
    ("kind", "value", "language", "words"),
    [
        ("several", "wit rood-licht", "nl", "Wit; Rood licht"),
        ("one", "rood-licht", "en", "Red light"),
        ("yes_no", "no", "nl", "Nee"),
        ("yes_no", "yes", "en", "Yes"),
        ("date", "2026-02-28", "nl", "28 februari 2026"),
        ("number", "12.50", "nl", "12,50"),
        ("number", "12.50", "en", "12.50"),
        ("text", "bij de brug", "en", "bij de brug"),
    ],
)
def test_an_answer_reads_as_people_say_it(kind: str, value: str, language: str, words: str) -> None:
    chosen = wording.words_of_choices(CHOICES, value) if kind in wording.CHOOSING else Texts()
    assert wording.in_words(kind, value, chosen, language) == words
