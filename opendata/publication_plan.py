"""The publication plan of a year: in what form each declared table is published, decided from what is public and never
from counts.

In the first year that is the volume that the municipality declares, after it the totals that were released of the year
before: a computation on releases, which costs no budget.
"""

from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.db.models import QuerySet

from analytics import grid
from analytics.grid import FixedGrid
from meldingen.tenancy.models import Municipality
from opendata import disclosure
from opendata.datasets import DECLARED, disclosure_grid
from opendata.models import PlannedTable, Release
from opendata.models.planned_table import values_of
from opendata.refusals import CannotDraw


@dataclass(frozen=True)
class _Basis:
    """Meldingen a year, and of which year they were released; None: the municipality declares them."""

    volume: float
    released_in: int | None


def plan(fixed_grid: FixedGrid) -> list[PlannedTable]:
    """The plan for the year of the grid, in the order of declaration: what was kept of it; where nothing was kept, what
    would be decided now, which is not stored.

    A table that is declared after the plan was kept is not in it: the shares of an account sum to one, and those that
    were kept hold for the whole year. An account of which nothing was kept is decided now.
    """
    before = PlannedTable.objects.of(fixed_grid.municipality).filter(year=fixed_grid.year)
    plan_before = {(planned_table.asked, planned_table.account): planned_table for planned_table in before}
    accounts_before = {account for _name, account in plan_before}
    open_tables = [table for table in DECLARED if str(table.paid_by) not in accounts_before]
    basis = _basis(fixed_grid.municipality, fixed_grid.year) if open_tables else None
    planned_tables = []
    for table in DECLARED:
        if basis is not None and table in open_tables:
            planned_tables.append(_decide(fixed_grid, table, basis))
        elif (table.name, str(table.paid_by)) in plan_before:
            planned_tables.append(plan_before[table.name, str(table.paid_by)])
    return planned_tables


def keep(fixed_grid: FixedGrid) -> list[PlannedTable]:
    """Store the plan, before the first draw of the year: from now on it holds for the whole year."""
    new = [planned_table for planned_table in plan(fixed_grid) if planned_table.pk is None]
    if new:
        with transaction.atomic():
            PlannedTable.objects.bulk_create(new, ignore_conflicts=True)
    return plan(fixed_grid)


def draws(kind: disclosure.PeriodKind, planned_tables: list[PlannedTable]) -> list[tuple[disclosure.Table, ...]]:
    """The tables that are published over this kind of period, as they are drawn together: those that one kind of
    account pays for.
    """
    tables = [table for planned_table in planned_tables if (table := planned_table.published_table()) is not None]
    of_kind = [table for table in tables if table.period_kind is kind]
    groups = [tuple(table for table in of_kind if table.paid_by is account) for account in disclosure.PeriodKind]
    return [group for group in groups if group]


def fix(municipality: Municipality, year: int) -> FixedGrid:
    """The grid of a year, fixed once it is known in what form its tables appear. GridError or CannotDraw."""
    plan(grid.propose(municipality, year))
    return grid.fix(municipality, year)


def _decide(fixed_grid: FixedGrid, table: disclosure.Table, basis: _Basis) -> PlannedTable:
    try:
        yearly = table.paid_by is disclosure.PeriodKind.YEAR
        budget = Fraction(fixed_grid.municipality.epsilon_year if yearly else fixed_grid.municipality.epsilon_month)
        answer = disclosure.offer(table, disclosure_grid(fixed_grid), basis.volume, budget)
    except disclosure.DisclosureError as error:
        raise CannotDraw(str(error)) from error
    form = answer.table if isinstance(answer, disclosure.Offer) else None
    return PlannedTable(
        municipality=fixed_grid.municipality,
        year=fixed_grid.year,
        asked=table.name,
        account=str(table.paid_by),
        table=None if form is None else values_of(form),
        reason=answer.reason_code or "",
        params=answer.params | {"volume_of_year": basis.released_in},
    )


def _basis(municipality: Municipality, year: int) -> _Basis:
    """The number of meldingen a year to reckon with: what was released of the last year before that has releases, else
    what the municipality declares. CannotDraw when there is neither.
    """
    earlier = Release.objects.drawn().of(municipality).filter(grid_year__lt=year)
    last = earlier.order_by("-grid_year").values_list("grid_year", flat=True).first()
    if last is not None:
        return _Basis(_released_volume(earlier.filter(grid_year=last)), last)
    if municipality.declared_volume is None:
        raise CannotDraw(
            f"{municipality.code} does not say how many meldingen a year it expects, which decides what tables are "
            'precise enough. Estimate it and write it as "declared_volume" in the file of load_municipality, load that '
            "file again, then come back. It is needed for the first year only."
        )
    return _Basis(municipality.declared_volume, None)


def _released_volume(releases: QuerySet[Release]) -> float:
    """Meldingen a year, from the estimates of one year's releases: of the dataset that covers most of its months."""
    months: dict[str, int] = {}
    totals: dict[str, int] = {}
    for release in releases:
        number = release.last_day.month - release.first_day.month + 1
        months[release.dataset] = months.get(release.dataset, 0) + number
        totals[release.dataset] = totals.get(release.dataset, 0) + release.total
    best = max(sorted(months), key=lambda dataset: months[dataset])
    return totals[best] * disclosure.PeriodKind.YEAR.months / months[best]
