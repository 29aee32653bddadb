from datetime import UTC, datetime
from random import Random
from zoneinfo import ZoneInfo

import pytest

from meldingen.demo.course import Office
from meldingen.demo.people import Staff

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
OFFICE = Office("Europe/Amsterdam", Staff([], ["an"], {}), (), 2026, datetime(2026, 12, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 4, 3, tzinfo=UTC), 4),  # at night
        (datetime(2026, 3, 7, 12, tzinfo=UTC), 9),  # a Saturday
        (datetime(2026, 3, 8, 22, 30, tzinfo=UTC), 9),  # a Sunday
        (datetime(2026, 3, 8, 23, 30, tzinfo=UTC), 9),  # a Monday already, there
    ],
)
def test_work_begins_in_office_hours_of_a_working_day(moment: datetime, day: int) -> None:
    for seed in range(50):
        start = OFFICE.at_work(Random(seed), moment).astimezone(AMSTERDAM)
        assert (start.day, 8 <= start.hour < 16) == (day, True)


def test_nobody_works_before_it_was_reported() -> None:
    moment = datetime(2026, 3, 4, 15, tzinfo=UTC)
    for seed in range(50):
        minutes = (OFFICE.at_work(Random(seed), moment) - moment).total_seconds() / 60
        assert minutes >= 20
