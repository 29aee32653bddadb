"""What is drawn next, how precise it will be and what it costs, for who looks after the open data. Nothing here draws,
and nothing looks at meldingen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from analytics import grid
from meldingen.tenancy.models import Municipality
from opendata import holds, publication_plan, releases
from opendata.datasets import Dataset
from opendata.datasets.wording import period_in_words
from opendata.disclosure import Period, PeriodKind, Table, accounting
from opendata.models import Budget, PlannedTable
from opendata.models.exact import exact_decimal
from opendata.registration import Lack, lack, registration_of


@dataclass(frozen=True)
class ComingTable:
    """A table that will be drawn, and its expected error in percent."""

    dataset: Dataset
    error_percent: int | None


@dataclass(frozen=True)
class Account:
    """A month or year, and what is spent of it before and after."""

    period: Period
    before: Decimal
    after: Decimal
    grant: Decimal

    @property
    def period_in_words(self) -> str:
        return period_in_words(self.period)


@dataclass(frozen=True)
class ComingPeriod:
    """A period that is not drawn yet: on which day it is, what of it, and what keeps it back if anything does."""

    period: Period
    day: date
    is_due: bool
    tables: tuple[ComingTable, ...]
    accounts: tuple[Account, ...]
    standstill: holds.Standstill | None
    lack: Lack | None

    @property
    def period_in_words(self) -> str:
        return period_in_words(self.period)


def coming_periods(municipality: Municipality) -> list[ComingPeriod]:
    """What is due, and after it the next period of each kind that is not over; the earliest first."""
    today, standstills = grid.today(municipality), holds.current(municipality)
    rows: list[ComingPeriod] = []
    for year in releases.years(municipality):
        try:
            planned_tables = publication_plan.plan(grid.propose(municipality, year))
        except grid.GridError:
            continue
        draws = [(one.period, one.tables, one.lack) for one in releases.closed_periods(municipality, year)]
        draws += _running(municipality, year, planned_tables, today)
        rows += [_row(municipality, *draw, planned_tables, today, standstills) for draw in draws]
    return sorted(rows, key=lambda row: (row.day, row.period.first_day))


def is_due(municipality: Municipality, name: str) -> bool:
    """Whether the period of this name would be drawn tonight."""
    rows = coming_periods(municipality)
    return any(row.is_due and row.lack is None and row.standstill is None for row in rows if str(row.period) == name)


def _running(
    municipality: Municipality, year: int, planned_tables: Sequence[PlannedTable], today: date
) -> Iterator[tuple[Period, tuple[Table, ...], Lack | None]]:
    """The period of each kind that is going on, or is over and waits for its day."""
    registration = registration_of(municipality)
    for kind in PeriodKind:
        for tables in publication_plan.draws(kind, list(planned_tables)):
            waiting = [one for one in Period.all_of(year, kind) if one.first_day <= today < one.draw_day]
            yield from ((period, tables, lack(registration, period)) for period in waiting)


def _row(
    municipality: Municipality,
    period: Period,
    tables: tuple[Table, ...],
    why_not: Lack | None,
    planned_tables: Sequence[PlannedTable],
    today: date,
    standstills: dict[Period, holds.Standstill],
) -> ComingPeriod:
    errors = {table.key: one.params for one in planned_tables if (table := one.published_table()) is not None}
    rows = tuple(ComingTable(Dataset(table), errors[table.key].get("offered_error_percent")) for table in tables)
    is_due = period.draw_day <= today
    standstill = standstills.get(period)
    day = max(standstill.until, period.draw_day) if standstill else max(period.draw_day, today)
    accounts = tuple(_accounts(municipality, tables, period))
    return ComingPeriod(period, day, is_due, rows, accounts, standstill, why_not)


def _accounts(municipality: Municipality, tables: tuple[Table, ...], period: Period) -> Iterator[Account]:
    """What its accounts have spent, and will have."""
    is_yearly = tables[0].paid_by is PeriodKind.YEAR
    grant_now = municipality.epsilon_year if is_yearly else municipality.epsilon_month
    names = accounting.accounts(tables[0], period)
    budgets = {one.period: one for one in Budget.objects.of(municipality).filter(period__in=map(str, names))}
    share_of = min((Fraction(one.granted) for one in budgets.values()), default=Fraction(grant_now))
    cost = sum((accounting.cost(table, share_of) for table in tables), Fraction(0))
    for name in names:
        budget = budgets.get(str(name))
        before = Decimal(0) if budget is None else budget.spent
        after = before + exact_decimal(cost)
        yield Account(
            name, before.normalize(), after.normalize(), (budget.granted if budget else grant_now).normalize()
        )
