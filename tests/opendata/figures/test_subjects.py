"""The subjects that somebody may mean who types words."""

from opendata.figures.reading import Shelf
from opendata.figures.subjects import subjects_like
from tests.factories import Town


def test_every_word_must_fit_and_short_ones_say_nothing(db: None, seen_town: Town) -> None:
    shelf = Shelf(seen_town.municipality)
    assert [subjects_like(shelf, typed) for typed in ("du", "", "dumping maan")] == [[], [], []]
