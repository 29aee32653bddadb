"""What a page tells of a view comes from memory, until what it hangs on is another."""

from datetime import date

import pytest
from django.test import Client
from django.utils import translation

from meldingen.places.models import Area
from opendata.figures.reading import Shelf
from opendata.figures.view import Choices, view_of
from opendata.portal.told import Told, tell
from opendata.registration import Registration
from tests.factories import Town

BUURTEN = "buurt-per-maand"
DAYS = Registration(date(2020, 1, 1), None, ())


def told(town: Town, days: Registration = DAYS, **query: str) -> Told:
    shelf = Shelf(town.municipality)
    dataset, periods = shelf.periods(BUURTEN) or pytest.fail("nothing is public")
    choices = Choices(dataset, periods, shelf.draws(periods[-1:])[0].year)
    return tell(shelf, view_of(query, periods[-1], choices), choices, days)


def test_the_same_view_is_told_from_memory(seen_town: Town) -> None:
    assert told(seen_town) is told(seen_town)


def test_each_view_and_each_language_is_told_by_itself(seen_town: Town) -> None:
    dutch, other = told(seen_town), told(seen_town, maat="inwoners")
    with translation.override("en"):
        english = told(seen_town)
    assert len({dutch.figures, other.figures, english.figures}) == 3


def test_what_becomes_known_of_who_lives_there_is_told(seen_town: Town) -> None:
    before = told(seen_town, maat="inwoners")
    Area.objects.filter(code=seen_town.east.code).update(inhabitants=9000)
    assert told(seen_town, maat="inwoners").figures != before.figures


def test_days_that_are_declared_as_missing_are_told(seen_town: Town) -> None:
    gap = Registration(DAYS.first, None, ((date(2027, 1, 4), date(2027, 1, 5)),))
    assert told(seen_town, gap, per="periode") is not told(seen_town, per="periode")


def test_a_page_has_the_figures_of_its_view(onlooker: Client, seen_town: Town) -> None:
    with translation.override("nl"):
        figures = told(seen_town, per="periode").figures
    page = onlooker.get(f"/data/{BUURTEN}/?per=periode", headers={"accept-language": "nl"})
    assert figures in page.text
