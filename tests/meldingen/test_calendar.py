from datetime import UTC, date, datetime

import pytest

from meldingen.calendar import ServiceLevel, Unit, end_of_term, local_day, start_of_day

AMSTERDAM = "Europe/Amsterdam"


def test_the_day_of_spring_has_23_hours_and_that_of_autumn_25() -> None:
    spring = start_of_day(date(2026, 3, 30), AMSTERDAM) - start_of_day(date(2026, 3, 29), AMSTERDAM)
    autumn = start_of_day(date(2026, 10, 26), AMSTERDAM) - start_of_day(date(2026, 10, 25), AMSTERDAM)
    assert spring.total_seconds() == 23 * 3600
    assert autumn.total_seconds() == 25 * 3600


def test_half_past_midnight_in_summer_is_the_next_local_day() -> None:
    assert local_day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), AMSTERDAM) == date(2026, 7, 2)


def test_a_naive_moment_is_an_error() -> None:
    with pytest.raises(ValueError, match="naive"):
        local_day(datetime(2026, 7, 1), AMSTERDAM)  # noqa: DTZ001


FRIDAY = datetime(2026, 11, 20, 12, tzinfo=UTC)


def term(since: datetime, amount: int, unit: Unit = Unit.WORKING_DAYS, *days_off: date) -> datetime:
    return end_of_term(since, ServiceLevel(amount, unit), AMSTERDAM, days_off)


def test_working_days_pass_over_the_weekend() -> None:
    assert term(FRIDAY, 1) == datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC)


def test_working_days_pass_over_days_off() -> None:
    assert term(FRIDAY, 2, Unit.WORKING_DAYS, date(2026, 11, 23)) == datetime(2026, 11, 25, 22, 59, 59, tzinfo=UTC)


def test_no_working_days_is_today_or_the_first_day_on_which_somebody_works() -> None:
    assert local_day(term(FRIDAY, 0), AMSTERDAM) == date(2026, 11, 20)
    closed = term(FRIDAY, 0, Unit.WORKING_DAYS, date(2026, 11, 20), date(2026, 11, 23))
    assert local_day(closed, AMSTERDAM) == date(2026, 11, 24)


def test_calendar_days_pass_over_nothing() -> None:
    closed = date(2026, 11, 23)
    assert term(FRIDAY, 3, Unit.CALENDAR_DAYS, closed) == datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC)


@pytest.mark.parametrize("change", [datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 10, 24, 12, tzinfo=UTC)])
def test_hours_go_by_the_clock_when_the_clocks_change(change: datetime) -> None:
    assert (term(change, 24, Unit.HOURS) - change).total_seconds() == 24 * 3600


@pytest.mark.parametrize(
    ("since", "hour"),
    [(datetime(2026, 3, 28, 12, tzinfo=UTC), 21), (datetime(2026, 10, 24, 12, tzinfo=UTC), 22)],
)
def test_a_day_ends_at_local_midnight_when_the_clocks_change(since: datetime, hour: int) -> None:
    assert term(since, 1, Unit.CALENDAR_DAYS).hour == hour


def test_the_day_of_receipt_is_the_local_one() -> None:
    half_past_midnight = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)
    assert local_day(term(half_past_midnight, 1, Unit.CALENDAR_DAYS), AMSTERDAM) == date(2026, 7, 3)
