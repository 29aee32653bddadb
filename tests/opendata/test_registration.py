"""Which periods a town may publish: those in which it declares that it registered meldingen."""

from datetime import date

import pytest

from opendata.disclosure import Period
from opendata.registration import (
    Lack,
    Registration,
    first_figures,
    lack,
    missing,
    number_of_days,
    registration_of,
    registrations,
)
from tests.factories import MunicipalityFactory

MAY, JUNE, Q2, YEAR = (Period.parse(written) for written in ("2026-05", "2026-06", "2026-Q2", "2026"))


def day(written: str) -> date:
    return date.fromisoformat(written)


def registers(first: str | None = "2026-05-01", last: str | None = None, *gaps: tuple[str, str]) -> Registration:
    spans = tuple((day(begin), day(end)) for begin, end in gaps)
    return Registration(day(first) if first else None, day(last) if last else None, spans)


@pytest.mark.parametrize(
    ("first", "last", "period", "why"),
    [
        (None, None, MAY, Lack.UNDECLARED),
        ("2026-05-01", None, MAY, None),
        ("2026-05-02", None, MAY, Lack.OUTSIDE),
        ("2026-05-01", None, Q2, Lack.OUTSIDE),
        ("2026-05-01", "2026-05-31", MAY, None),
        ("2026-05-01", "2026-05-30", MAY, Lack.OUTSIDE),
        ("2026-05-01", "2026-07-31", Period.parse("2026-Q3"), Lack.OUTSIDE),
        ("2026-01-01", "2026-12-31", YEAR, None),
        ("2026-01-01", "2026-12-30", YEAR, Lack.OUTSIDE),
        ("2027-01-01", None, MAY, Lack.OUTSIDE),
        ("0001-01-01", "9999-12-31", MAY, None),
    ],
)
def test_only_whole_periods_within_the_declared_days(
    first: str | None, last: str | None, period: Period, why: Lack | None
) -> None:
    assert lack(registers(first, last), period) is why


@pytest.mark.parametrize(
    ("period", "gap", "why"),
    [
        (MAY, ("2026-05-03", "2026-05-05"), None),
        (MAY, ("2026-05-03", "2026-05-06"), Lack.GAPS),
        (JUNE, ("2026-06-28", "2026-07-14"), None),
        (JUNE, ("2026-05-30", "2026-06-04"), Lack.GAPS),
        (MAY, ("2026-06-01", "2026-06-30"), None),
        (YEAR, ("2026-06-01", "2026-07-06"), None),
        (YEAR, ("2026-06-01", "2026-07-07"), Lack.GAPS),
    ],
)
def test_a_tenth_of_the_days_may_be_missing_and_no_more(period: Period, gap: tuple[str, str], why: Lack | None) -> None:
    assert lack(registers("2020-01-01", None, gap), period) is why


def test_days_in_two_gaps_count_once() -> None:
    found = registers("2026-05-01", None, ("2026-05-03", "2026-05-05"), ("2026-05-04", "2026-05-05"))
    assert lack(found, MAY) is None
    assert missing(found, MAY.first_day, day("2026-05-31")) == ((day("2026-05-03"), day("2026-05-05")),)


def test_missing_days_are_spans_in_order_that_do_not_touch() -> None:
    gaps = [("2026-05-20", "2026-05-20"), ("2026-05-10", "2026-05-11"), ("2026-05-12", "2026-05-12")]
    found = missing(registers("2026-05-03", "2026-05-30", *gaps), MAY.first_day, day("2026-05-31"))
    written = [f"{first}/{last}" for first, last in found]
    assert written == [
        "2026-05-01/2026-05-02",
        "2026-05-10/2026-05-12",
        "2026-05-20/2026-05-20",
        "2026-05-31/2026-05-31",
    ]
    assert number_of_days(found) == 7


@pytest.mark.parametrize(
    ("first", "last", "appear"),
    [
        (None, None, None),
        ("2026-05-01", None, "2026-06-10"),
        ("2026-06-02", None, "2026-08-01"),
        ("2027-01-01", None, "2027-02-01"),
        ("2026-06-02", "2026-06-30", None),
    ],
)
def test_the_first_figures_appear_when_the_first_whole_month_is_over(
    first: str | None, last: str | None, appear: str | None
) -> None:
    expected = day(appear) if appear else None
    assert first_figures(registers(first, last), day("2026-06-10")) == expected


@pytest.mark.parametrize("first", [None, "2026-06-01"])
def test_where_nothing_was_registered_every_day_is_missing(first: str | None) -> None:
    assert number_of_days(missing(registers(first), MAY.first_day, day("2026-05-31"))) == 31


def test_it_is_read_from_what_the_municipality_declares_gaps_in_order(db: None) -> None:
    made = MunicipalityFactory.create(registered_from=day("2026-05-01"), registered_until=None)
    for gap in ("2026-06-10", "2026-05-03"):
        made.gaps.create(first_day=gap, last_day=gap)
    declared = registers("2026-05-01", None, ("2026-05-03", "2026-05-03"), ("2026-06-10", "2026-06-10"))
    assert registration_of(made) == registrations()[made.pk] == declared


def test_a_month_that_is_over_for_long_is_not_waited_for_again() -> None:
    assert first_figures(registers("2026-03-01"), day("2026-06-01")) == day("2026-06-01")
    assert first_figures(registers("2026-01-01"), day("2026-01-31")) == day("2026-02-01")


def test_gaps_that_touch_are_one_and_others_stay_apart() -> None:
    touching = registers("2026-05-01", None, ("2026-05-03", "2026-05-04"), ("2026-05-05", "2026-05-06"))
    assert missing(touching, MAY.first_day, day("2026-05-31")) == ((day("2026-05-03"), day("2026-05-06")),)
    apart = registers("2026-05-01", None, ("2026-05-03", "2026-05-03"), ("2026-05-05", "2026-05-05"))
    assert len(missing(apart, MAY.first_day, day("2026-05-31"))) == 2


def test_the_last_day_of_a_period_may_be_the_last_of_registration() -> None:
    assert lack(registers("2026-05-01", "2026-05-31"), MAY) is None
    assert lack(registers("2026-05-01", "2026-05-30"), MAY) is not None
