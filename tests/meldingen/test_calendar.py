from datetime import UTC, date, datetime

import pytest

from meldingen.calendar import end_of_working_day, local_day, start_of_day

AMSTERDAM = "Europe/Amsterdam"


def test_the_day_of_spring_has_23_hours_and_that_of_autumn_25():
    spring = start_of_day(date(2026, 3, 30), AMSTERDAM) - start_of_day(date(2026, 3, 29), AMSTERDAM)
    autumn = start_of_day(date(2026, 10, 26), AMSTERDAM) - start_of_day(date(2026, 10, 25), AMSTERDAM)
    assert spring.total_seconds() == 23 * 3600
    assert autumn.total_seconds() == 25 * 3600


def test_half_past_midnight_in_summer_is_the_next_local_day():
    assert local_day(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), AMSTERDAM) == date(2026, 7, 2)


def test_a_naive_moment_is_an_error():
    with pytest.raises(ValueError, match="naive"):
        local_day(datetime(2026, 7, 1), AMSTERDAM)  # noqa: DTZ001


def test_working_days_pass_over_the_weekend():
    friday = datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert end_of_working_day(friday, 1, AMSTERDAM) == datetime(2026, 11, 23, 22, 59, 59, tzinfo=UTC)
