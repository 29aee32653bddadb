from datetime import date, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from meldingen.tenancy.days_off import read_days_off
from meldingen.tenancy.models import ClosingDay, Holiday
from tests.factories import Town


def days_off_of(town: Town, *holidays: str) -> list[date]:
    """In the twelve years from 2020 on."""
    town.municipality.holidays = list(holidays)
    town.municipality.save()
    known = read_days_off(town.municipality.pk)
    return [day for number in range(12 * 366) if (day := date(2020, 1, 1) + timedelta(number)) in known]


@pytest.mark.parametrize(
    ("holiday", "day"),
    [
        ("new_year", date(2026, 1, 1)),
        ("good_friday", date(2026, 4, 3)),
        ("easter_monday", date(2026, 4, 6)),
        ("kings_day", date(2026, 4, 27)),
        ("liberation_day", date(2026, 5, 5)),
        ("liberation_lustrum", date(2025, 5, 5)),
        ("ascension_day", date(2026, 5, 14)),
        ("whit_monday", date(2026, 5, 25)),
        ("christmas", date(2026, 12, 26)),
    ],
)
def test_a_holiday_that_is_chosen_is_off_and_no_other(town: Town, holiday: str, day: date) -> None:
    off = days_off_of(town, holiday)
    assert day in off
    assert not set(off) & set(days_off_of(town, *(other for other in Holiday.values if other[:5] != holiday[:5])))


def test_kings_day_on_a_sunday_moves_to_the_day_before(town: Town) -> None:
    kings_days = days_off_of(town, "kings_day")
    assert date(2025, 4, 26) in kings_days
    assert date(2025, 4, 27) not in kings_days


def test_liberation_day_once_in_five_years(town: Town) -> None:
    assert days_off_of(town, "liberation_lustrum") == [date(2020, 5, 5), date(2025, 5, 5), date(2030, 5, 5)]


def test_a_town_that_chooses_none_has_none(town: Town) -> None:
    assert days_off_of(town) == []


def test_a_closing_day_is_off_at_its_own_town_only(town: Town, neighbour: Town) -> None:
    ClosingDay.objects.create(municipality=town.municipality, day=date(2026, 5, 15), words="Brugdag")
    assert date(2026, 5, 15) in read_days_off(town.municipality.pk)
    assert date(2026, 5, 15) not in read_days_off(neighbour.municipality.pk)


def test_days_off_are_one_question(town: Town, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for day in range(1, 5):
        ClosingDay.objects.create(municipality=town.municipality, day=date(2026, 6, day))
    with django_assert_num_queries(1):
        assert date(2026, 4, 6) in read_days_off(town.municipality.pk)
