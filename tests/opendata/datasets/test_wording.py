"""Periods and keys in words."""

import pytest
from django.utils import translation

from analytics import grid
from opendata.datasets.wording import Words, period_in_words
from opendata.disclosure import REST, Dimension, Period
from tests.factories import Town


@pytest.mark.parametrize(
    ("period", "words"),
    [("2026-07", "juli 2026"), ("2026-Q3", "kwartaal 3 van 2026"), ("2026", "2026")],
)
def test_a_period_is_said_as_people_say_it(period: str, words: str) -> None:
    with translation.override("nl"):
        assert period_in_words(Period.parse(period)) == words


def test_subjects_are_named_in_the_language_of_the_reader(db: None, town: Town) -> None:
    fixed = grid.propose(town.municipality, 2026)
    names = {}
    for language in ("nl", "en"):
        with translation.override(language):
            names[language] = Words(fixed).name(Dimension.CATEGORY, "dumping")
    assert names == {"nl": "Dumping", "en": "Dumping (en)"}


def test_a_key_says_what_it_lies_in(db: None, town: Town) -> None:
    words = Words(grid.propose(town.municipality, 2026))
    assert words.within(Dimension.BUURT, town.west.code) == town.wijk.name
    assert words.within(Dimension.CATEGORY, "dumping") == "Afval"
    assert words.within(Dimension.CATEGORY, REST) == words.within(Dimension.WIJK, town.wijk.code) == ""


def test_the_gemeente_stands_in_for_the_wijk_of_what_lies_in_none(db: None, town: Town) -> None:
    words = Words(grid.propose(town.municipality, 2026))
    assert words.name(Dimension.WIJK, town.municipality.code) == town.municipality.name
