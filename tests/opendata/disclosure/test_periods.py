import datetime

import pytest

from opendata.disclosure import Period, PeriodKind
from opendata.disclosure.errors import InvalidPeriodError


@pytest.mark.parametrize(
    ("written", "first", "after", "months"),
    [
        ("2026-02", "2026-02-01", "2026-03-01", 1),
        ("2026-12", "2026-12-01", "2027-01-01", 1),
        ("2026-Q1", "2026-01-01", "2026-04-01", 3),
        ("2026-Q4", "2026-10-01", "2027-01-01", 3),
        ("2026", "2026-01-01", "2027-01-01", 12),
    ],
)
def test_a_period_is_read_and_written_and_knows_its_days(written: str, first: str, after: str, months: int) -> None:
    period = Period.parse(written)
    assert str(period) == written
    assert period.first_day == datetime.date.fromisoformat(first)
    assert period.day_after == datetime.date.fromisoformat(after)
    assert len(period.months) == months


@pytest.mark.parametrize(
    "written", ["", "2026-13", "2026-00", "2026-Q5", "2026-Q0", "2026-3", "2026-Q01", "26-03", "2026-03-01", "0000"]
)
def test_what_is_no_period_is_refused(written: str) -> None:
    with pytest.raises(InvalidPeriodError):
        Period.parse(written)


def test_a_kind_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidPeriodError):
        Period(2026, "week", 1)  # type: ignore[arg-type]


def test_the_months_of_a_year_are_those_of_its_quarters() -> None:
    quarters = [Period.quarter(2026, number) for number in range(1, 5)]
    assert [month for quarter in quarters for month in quarter.months] == list(Period.whole_year(2026).months)
    assert all(month.kind is PeriodKind.MONTH for quarter in quarters for month in quarter.months)


@pytest.mark.parametrize(
    ("written", "day"), [("2026-02", "2026-03-01"), ("2026-Q4", "2027-01-01"), ("2026", "2027-04-01")]
)
def test_a_period_is_drawn_the_day_after_it_and_a_year_in_april(written: str, day: str) -> None:
    assert Period.parse(written).draw_day == datetime.date.fromisoformat(day)
