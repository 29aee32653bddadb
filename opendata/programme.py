"""What is published in a year: for each declared table its form, decided from what is public and never from counts.

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
from opendata.models import Choice, Release
from opendata.models.choice import stored
from opendata.refusals import CannotDraw


@dataclass(frozen=True)
class _Basis:
    """Meldingen a year, and of which year they were released; None: the municipality declares them."""

    volume: float
    released_in: int | None


def choices(fixed: FixedGrid) -> list[Choice]:
    """The choices for the year of the grid, in the order of declaration: those that are kept, and for other tables what
    would be chosen now, which is not stored.
    """
    before = Choice.objects.of(fixed.municipality).filter(year=fixed.year)
    kept = {(choice.asked, choice.account): choice for choice in before}
    keys = [(table.name, str(table.paid_by)) for table in DECLARED]
    if all(key in kept for key in keys):
        return [kept[key] for key in keys]
    basis = _basis(fixed.municipality, fixed.year)
    made = zip(keys, DECLARED, strict=True)
    return [kept.get(key) or _choose(fixed, table, basis) for key, table in made]


def keep(fixed: FixedGrid) -> list[Choice]:
    """The same, and from now on they hold for the whole year: before its first draw."""
    made = [choice for choice in choices(fixed) if choice.pk is None]
    if made:
        with transaction.atomic():
            Choice.objects.bulk_create(made, ignore_conflicts=True)
    return choices(fixed)


def draws(kind: disclosure.PeriodKind, chosen: list[Choice]) -> list[tuple[disclosure.Table, ...]]:
    """The tables that are published over this kind of period, as they are drawn together: those that one kind of
    account pays for.
    """
    tables = [table for choice in chosen if (table := choice.published_table()) is not None]
    asked = [table for table in tables if table.period_kind is kind]
    groups = [tuple(table for table in asked if table.paid_by is account) for account in disclosure.PeriodKind]
    return [group for group in groups if group]


def fix(municipality: Municipality, year: int) -> FixedGrid:
    """The grid of a year, fixed once it is known in what form its tables appear. GridError or CannotDraw."""
    choices(grid.propose(municipality, year))
    return grid.fix(municipality, year)


def _choose(fixed: FixedGrid, table: disclosure.Table, basis: _Basis) -> Choice:
    try:
        yearly = table.paid_by is disclosure.PeriodKind.YEAR
        budget = Fraction(fixed.municipality.epsilon_year if yearly else fixed.municipality.epsilon_month)
        answer = disclosure.offer(table, disclosure_grid(fixed), basis.volume, budget)
    except disclosure.DisclosureError as error:
        raise CannotDraw(str(error)) from error
    given = answer.table if isinstance(answer, disclosure.Offer) else None
    return Choice(
        municipality=fixed.municipality,
        year=fixed.year,
        asked=table.name,
        account=str(table.paid_by),
        table=None if given is None else stored(given),
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
        covered = release.last_day.month - release.first_day.month + 1
        months[release.dataset] = months.get(release.dataset, 0) + covered
        totals[release.dataset] = totals.get(release.dataset, 0) + release.total
    best = max(sorted(months), key=lambda dataset: months[dataset])
    return totals[best] * disclosure.PeriodKind.YEAR.months / months[best]
