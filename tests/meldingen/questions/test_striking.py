"""What was struck out of an answer is gone."""

import re

import pytest

from meldingen.questions import asking, striking
from meldingen.questions.models import Reply
from tests.factories import Town
from tests.meldingen.questions.asked import question_of


@pytest.mark.parametrize(
    ("kind", "value", "left"),
    [
        ("text", "bij Jan Geheim thuis", "bij […] thuis"),
        ("number", "612345678", "[…]"),
        ("text", "bij de brug", "bij de brug"),
    ],
)
def test_words_go_and_the_rest_stays(town: Town, kind: str, value: str, left: str) -> None:
    question_of(town, kind=kind)
    melding = town.melding(category=town.container)
    asking.keep(melding, [asking.Entry("nummer", 1, value)])
    other = town.melding(category=town.container)
    asking.keep(other, [asking.Entry("nummer", 1, value)])
    pattern = re.compile("jan geheim|612345678", re.IGNORECASE)
    assert striking.strike(melding, pattern, "[…]") is (value != left)
    assert Reply.objects.get(melding=melding).value == left
    assert Reply.objects.get(melding=other).value == value
