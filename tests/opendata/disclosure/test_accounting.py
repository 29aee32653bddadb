from fractions import Fraction
from typing import Any

import pytest

from opendata.disclosure import MONTHLY, YEARLY, Period, accounting
from opendata.disclosure.errors import InvalidPeriodError, InvalidTableError, OverspentError, SecondDrawError
from tests.sure import sure

ONE = Fraction(1)
GRANTED = dict.fromkeys((*Period.whole_year(2026).months, Period.whole_year(2026)), ONE)
QUARTERLY = tuple(sure(table.coarser_period()) for table in MONTHLY)
MARCH = Period.month(2026, 3)


def test_all_tables_of_a_month_cost_exactly_its_budget() -> None:
    lines = accounting.bookings(MONTHLY, MARCH, ONE)
    assert accounting.spent_on(lines, MARCH) == 1
    assert accounting.spent_on(lines, Period.month(2026, 4)) == 0


def test_a_whole_year_of_months_and_the_year_cost_each_melding_two() -> None:
    lines: tuple[accounting.Booking, ...] = ()
    for month in Period.whole_year(2026).months:
        lines = accounting.book(lines, accounting.bookings(MONTHLY, month, ONE), GRANTED)
    lines = accounting.book(lines, accounting.bookings(YEARLY, Period.whole_year(2026), ONE), GRANTED)
    assert {accounting.spent_on(lines, month) for month in Period.whole_year(2026).months} == {Fraction(2)}


def test_a_quarter_costs_each_of_its_months_what_a_month_would() -> None:
    first = Period.quarter(2026, 1)
    lines = accounting.book((), accounting.bookings(QUARTERLY[:1], first, ONE), GRANTED)
    assert [accounting.spent_on(lines, month) for month in first.months] == [Fraction(2, 5)] * 3
    assert accounting.spent_on(lines, Period.month(2026, 4)) == 0


def test_a_month_and_the_quarter_around_it_cannot_both_be_drawn() -> None:
    monthly = accounting.book((), accounting.bookings(MONTHLY, MARCH, ONE), GRANTED)
    with pytest.raises(OverspentError):
        accounting.book(monthly, accounting.bookings(QUARTERLY[:1], Period.quarter(2026, 1), ONE), GRANTED)
    quarter = accounting.book((), accounting.bookings(QUARTERLY[:1], Period.quarter(2026, 1), ONE), GRANTED)
    with pytest.raises(OverspentError):
        accounting.book(quarter, accounting.bookings(MONTHLY, MARCH, ONE), GRANTED)


def test_one_table_by_quarter_and_the_others_by_month_fit_together() -> None:
    lines = accounting.book((), accounting.bookings(QUARTERLY[:1], Period.quarter(2026, 1), ONE), GRANTED)
    for month in Period.quarter(2026, 1).months:
        lines = accounting.book(lines, accounting.bookings(MONTHLY[1:], month, ONE), GRANTED)
        assert accounting.spent_on(lines, month) == 1


def test_a_second_draw_is_refused_even_when_the_account_could_pay() -> None:
    lines = accounting.book((), accounting.bookings(MONTHLY[1:2], MARCH, ONE), GRANTED)
    with pytest.raises(SecondDrawError):
        accounting.book(lines, accounting.bookings(MONTHLY[1:2], MARCH, Fraction(1, 2)), GRANTED)


def test_an_account_that_was_never_granted_pays_nothing() -> None:
    with pytest.raises(OverspentError):
        accounting.book((), accounting.bookings(MONTHLY[1:2], MARCH, ONE), {})


def test_rounding_cannot_overspend() -> None:
    tenth = Fraction(1, 10)
    accounting.check_within(sum([tenth] * 10, Fraction(0)), ONE)
    with pytest.raises(OverspentError):
        accounting.check_within(sum([tenth] * 10, Fraction(0)) + Fraction(1, 10**30), ONE)
    wrong: Any = ((1.0, ONE), (ONE, 1.0), (0.1 + 0.2, Fraction(3, 10)), (1, ONE))
    for spent, granted in wrong:
        with pytest.raises(OverspentError):
            accounting.check_within(spent, granted)


def test_months_and_years_are_not_drawn_together_nor_a_table_for_a_wrong_period() -> None:
    with pytest.raises(InvalidTableError):
        accounting.bookings((MONTHLY[0], YEARLY[0]), MARCH, ONE)
    with pytest.raises(InvalidPeriodError):
        accounting.bookings(MONTHLY, Period.quarter(2026, 1), ONE)
    with pytest.raises(InvalidPeriodError):
        accounting.spent_on((), Period.quarter(2026, 1))


def test_a_failed_booking_books_nothing() -> None:
    lines = accounting.book((), accounting.bookings(MONTHLY[:1], MARCH, ONE), GRANTED)
    with pytest.raises(OverspentError):
        accounting.book(lines, accounting.bookings(MONTHLY[1:], MARCH, ONE), GRANTED | {MARCH: Fraction(9, 10)})
    assert accounting.spent_on(lines, MARCH) == Fraction(2, 5)
