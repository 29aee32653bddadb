"""What is published in a year: for each declared table its form, decided from declared volume and never from counts."""

from fractions import Fraction

from django.db import transaction

from analytics.grid import FixedGrid, Town
from opendata import disclosure
from opendata.datasets import DECLARED, disclosure_grid
from opendata.models import Choice
from opendata.models.choice import stored
from opendata.refusals import CannotDraw


def choices(town: Town, fixed: FixedGrid) -> list[Choice]:
    """The choices for the year of the grid, in the order of declaration: those that are kept, and for other tables what
    would be chosen now, which is not stored.
    """
    kept = {choice.asked: choice for choice in Choice.objects.filter(municipality_id=town.pk, year=fixed.year)}
    return [kept.get(table.name) or _choose(town, fixed, table) for table in DECLARED]


def keep(town: Town, fixed: FixedGrid) -> list[Choice]:
    """The same, and from now on they hold for the whole year: before its first draw."""
    made = [choice for choice in choices(town, fixed) if choice.pk is None]
    if made:
        with transaction.atomic():
            Choice.objects.bulk_create(made, ignore_conflicts=True)
    return choices(town, fixed)


def tables_per(kind: disclosure.PeriodKind, chosen: list[Choice]) -> list[disclosure.Table]:
    """The tables that are published over this kind of period."""
    tables = [choice.published_table() for choice in chosen]
    return [table for table in tables if table is not None and table.period_kind is kind]


def _choose(town: Town, fixed: FixedGrid, table: disclosure.Table) -> Choice:
    try:
        budget = Fraction(town.epsilon_month)
        answer = disclosure.offer(table, disclosure_grid(fixed), town.declared_volume, budget)
    except disclosure.DisclosureError as error:
        raise CannotDraw(str(error)) from error
    given = answer.table if isinstance(answer, disclosure.Offer) else None
    return Choice(
        municipality_id=town.pk,
        year=fixed.year,
        asked=table.name,
        table=None if given is None else stored(given),
        reason=answer.reason_code or "",
        params=answer.params,
    )
