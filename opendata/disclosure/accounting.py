"""What tables cost, on which account, and what has been spent on one melding.

**The composition argument, in full.** A melding has one month of receipt, which never changes. There is an account
per month and an account per year.

1. A table over the period Q, paid by months, is a draw with parameter e = share x monthly budget over the meldingen
   of Q. It is booked with e on *every* month of Q. For a melding of a month in Q the draw costs e; for any other
   melding its distribution does not change at all (its cells do not count that melding), so it costs 0. So a quarter
   costs each of its three months the same as a monthly table with that share would: a melding is in one of those
   months only, and pays once (parallel composition over months).
2. A yearly table is booked on the account of its year and costs each melding of the year its e.
3. The loss on one melding of month M in year Y is at most the sum of what is booked on M and on Y: sequential
   composition, which for pure epsilon holds also when a draw is chosen after seeing earlier ones (a table by quarter
   because of last year's releases).
   A table over a year that the months pay for and the same table on the account of the year are two draws, told apart
   by their account; a melding pays for both.
4. All bookings are Fractions, so a sum is never off; the ledger keeps `sum <= granted` on each account. Hence for
   every melding the loss over all tables ever released is at most granted(month) + granted(year): 1 + 1 = 2 with the
   defaults.

A quarter therefore cannot be drawn when one of its months has already been drawn with that share: the account refuses
it. Monthly tables and quarterly ones of one share exclude each other, and the choice is to be made before the first
month of the quarter is drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from opendata.disclosure.errors import InvalidPeriodError, InvalidTableError, OverspentError, SecondDrawError
from opendata.disclosure.periods import Period, PeriodKind
from opendata.disclosure.sampler import check_epsilon
from opendata.disclosure.tables import Table


@dataclass(frozen=True)
class Booking:
    """`epsilon` was spent from `account` (a month or a year) on drawing `table` for `period`."""

    account: Period
    table: str
    period: Period
    epsilon: Fraction


def cost(table: Table, budget: Fraction) -> Fraction:
    """The parameter that `table` is drawn with: its share of the (monthly or yearly) `budget`."""
    return check_epsilon(table.share * check_epsilon(budget))


def accounts(table: Table, period: Period) -> tuple[Period, ...]:
    """The accounts that pay for `table` over `period`: each of its months, or its year."""
    if period.kind is not table.period_kind:
        raise InvalidPeriodError(f"{table.name} is a table per {table.period_kind}, {period} is a {period.kind}")
    if table.paid_by is PeriodKind.YEAR:
        return (Period.whole_year(period.year),)
    return period.months


def bookings(tables: Sequence[Table], period: Period, budget: Fraction) -> tuple[Booking, ...]:
    """What drawing `tables` for `period` has to be booked, one line per table and account.

    All tables must be paid by the same kind of account, of which `budget` is what is granted.
    """
    check_together(tables)
    check_within(sum((cost(table, budget) for table in tables), Fraction(0)), budget)
    return tuple(
        Booking(account, table.name, period, cost(table, budget))
        for table in tables
        for account in accounts(table, period)
    )


def check_together(tables: Sequence[Table]) -> None:
    """InvalidTableError when `tables` is empty, has a name twice, or is paid by two kinds of account."""
    if not tables:
        raise InvalidTableError("there is no table to draw")
    names = [table.name for table in tables]
    if len(set(names)) < len(names):
        raise InvalidTableError("a table stands in one draw twice")
    if len({table.paid_by for table in tables}) > 1:
        raise InvalidTableError("tables that are paid by months and tables that are paid by the year are drawn apart")


def check_within(cost: Fraction, grant: Fraction) -> None:
    """OverspentError when `cost` is more than `grant`; both exact."""
    if type(cost) is not Fraction or type(grant) is not Fraction:
        raise OverspentError("what is spent and granted must be Fractions: rounding could overspend")
    if cost > grant:
        raise OverspentError(f"{cost} would be spent where {grant} is granted")


def book(earlier: Iterable[Booking], new: Sequence[Booking], grants: Mapping[Period, Fraction]) -> tuple[Booking, ...]:
    """`earlier` and `new` together, when every account can pay; else OverspentError or SecondDrawError and nothing is
    booked.

    The rule that the ledger of the database keeps, in pure form.
    """
    all_lines = list(earlier)
    draws = {(line.table, line.period, line.account) for line in all_lines}
    for line in new:
        if (line.table, line.period, line.account) in draws:
            raise SecondDrawError(f"{line.table} was drawn for {line.period} before")
        draws.add((line.table, line.period, line.account))
        all_lines.append(line)
        on_account = sum((other.epsilon for other in all_lines if other.account == line.account), Fraction(0))
        check_within(on_account, grants.get(line.account, Fraction(0)))
    return tuple(all_lines)


def spent_on(lines: Iterable[Booking], month: Period) -> Fraction:
    """What has been spent on one melding received in `month`: the bound on its privacy loss over all draws in
    `lines`."""
    if month.kind is not PeriodKind.MONTH:
        raise InvalidPeriodError("a melding is received in a month")
    mine = {month, Period.whole_year(month.year)}
    return sum((line.epsilon for line in lines if line.account in mine), Fraction(0))
