"""The ledger: draws all tables of a period, stores and books them, in one transaction or not at all.

The order within the transaction: lock the accounts, look for earlier releases and at the register, count, draw, store,
book. What can fail because of another process fails before the draw; whatever fails after it takes the draw with it,
and nobody has seen it: nothing drawn is logged, returned or written before the commit.
"""

import hashlib
import json
import time
from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from analytics import grid
from analytics.grid import FixedGrid, Town
from opendata import disclosure, register
from opendata.datasets import disclosure_grid
from opendata.datasets.declared import slug_of
from opendata.disclosure import Period, PeriodKind, Table, accounting
from opendata.disclosure.mechanism import DrawnTable
from opendata.disclosure.tables import sensitivity
from opendata.models import Booking, Budget, Release
from opendata.models.choice import stored
from opendata.models.exact import exact_decimal
from opendata.refusals import AlreadyPublished, CannotDraw

ATTEMPTS = 5
SERIALIZATION_FAILURES = {"40001", "40P01"}


class _Progress:
    """Whether random numbers were asked for: from then on nothing is tried again."""

    drawn = False


def draw_once(town: Town, fixed: FixedGrid, period: Period, tables: Sequence[Table]) -> list[int]:
    """Draw, store and book `tables` for `period`; the ids of the releases, in the order of the tables.

    Must be called outside any transaction. Raises a PublicationRefused, which never holds a number that was drawn.
    """
    accounts = _accounts(tables, period)
    _open(town, accounts)
    for attempt in range(ATTEMPTS):
        progress, known = _Progress(), register.read(town.code)
        try:
            with transaction.atomic(durable=True):
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                return _in_one_transaction(town, fixed, period, tables, accounts, known, progress)
        except DatabaseError as error:
            if progress.drawn:
                # The database quotes the row that it refuses; what was drawn must not reach a log that way. At the
                # commit a lost connection leaves open whether it came through.
                raise CannotDraw(
                    f"The database did not confirm the draw of {period} ({type(error).__name__}). What it did not "
                    "store is gone, and what it stored is not drawn again."
                ) from None
            if attempt == ATTEMPTS - 1 or not _was_serialization(error):
                raise
            time.sleep(0.05 * 2**attempt)
    raise AssertionError("unreachable")


def _in_one_transaction(
    town: Town,
    fixed: FixedGrid,
    period: Period,
    tables: Sequence[Table],
    accounts: Sequence[Period],
    known: dict[str, str],
    progress: _Progress,
) -> list[int]:
    budgets = _lock(town, accounts)
    _refuse_a_second_draw(town, period, tables)
    register.check(town.code, town.pk, known)
    granted = min(Fraction(budget.granted) for budget in budgets.values())
    costs = _affordable(tables, period, granted, budgets)
    counts = grid.count(fixed, period.first_day, period.day_after)
    progress.drawn = True
    try:
        drawn = disclosure.draw(tables, disclosure_grid(fixed), counts, granted, period)
        releases = [
            _store(town, fixed, period, drawn[table.name], costs[table.name], len(accounts)) for table in tables
        ]
        _book(town, releases, budgets)
    except disclosure.DisclosureError as error:
        raise CannotDraw(str(error)) from error
    return [release.pk for release in releases]


def _accounts(tables: Sequence[Table], period: Period) -> tuple[Period, ...]:
    """The accounts that pay for all the tables; they are of one kind."""
    try:
        accounting.check_together(tables)
        return accounting.accounts(tables[0], period)
    except disclosure.DisclosureError as error:
        raise CannotDraw(str(error)) from error


def _open(town: Town, accounts: Sequence[Period]) -> None:
    """Open the accounts that do not exist yet, with what the municipality grants today."""
    Budget.objects.bulk_create(
        [
            Budget(
                municipality_id=town.pk,
                kind=Budget.Kind(str(account.kind)),
                period=str(account),
                granted=town.epsilon_year if account.kind is PeriodKind.YEAR else town.epsilon_month,
                spent=Decimal(0),
            )
            for account in accounts
        ],
        ignore_conflicts=True,
    )


def _lock(town: Town, accounts: Sequence[Period]) -> dict[str, Budget]:
    """The accounts, their rows locked in one order for everybody."""
    names = [str(account) for account in accounts]
    rows = Budget.objects.select_for_update().filter(municipality_id=town.pk, period__in=names).order_by("period")
    return {budget.period: budget for budget in rows}


def _refuse_a_second_draw(town: Town, period: Period, tables: Sequence[Table]) -> None:
    slugs = [slug_of(table) for table in tables]
    found = Release.objects.filter(municipality_id=town.pk, period=str(period), dataset__in=slugs).first()
    if found is not None:
        day = grid.days(town)(found.drawn_at)
        raise AlreadyPublished(
            f"{found.dataset} of {town.code} was already published for {period}, on {day:%Y-%m-%d}. "
            "Each table is drawn once: drawing again would break the promise to residents."
        )


def _affordable(
    tables: Sequence[Table], period: Period, granted: Fraction, budgets: dict[str, Budget]
) -> dict[str, Decimal]:
    """What each table costs each account, as exact decimals; CannotDraw when an account cannot pay them all."""
    try:
        lines = accounting.bookings(tables, period, granted)
        costs = {line.table: exact_decimal(line.epsilon) for line in lines}
    except ValueError as error:  # what the privacy core refuses is a ValueError too
        raise CannotDraw(str(error)) from error
    total = sum(costs.values(), Decimal(0))
    for budget in budgets.values():
        if budget.spent + total > budget.granted:
            raise CannotDraw(f"The privacy budget of {budget.period} cannot pay for {period}; it was spent before.")
    return costs


def _book(town: Town, releases: Sequence[Release], budgets: dict[str, Budget]) -> None:
    """Each release on each account; the trigger of a booking adds it to what is spent."""
    Booking.objects.bulk_create(
        Booking(municipality_id=town.pk, budget=budget, release=release, epsilon=release.epsilon)
        for release in releases
        for budget in budgets.values()
    )


def _store(town: Town, fixed: FixedGrid, period: Period, drawn: DrawnTable, epsilon: Decimal, accounts: int) -> Release:
    rows = [[*cell.key, cell.trekking, cell.schatting, cell.ondergrens, cell.bovengrens] for cell in drawn.cells]
    table, dataset = stored(drawn.table), slug_of(drawn.table)
    whole = json.dumps([dataset, str(period), table, rows], sort_keys=True, ensure_ascii=False)
    return Release.objects.create(
        municipality_id=town.pk,
        dataset=dataset,
        period=str(period),
        first_day=period.first_day,
        last_day=period.day_after - timedelta(days=1),
        grid_year=fixed.year,
        table=table,
        accounts=accounts,
        epsilon=epsilon,
        sensitivity=sensitivity(drawn.table),
        rows=rows,
        expected_error=disclosure.error_of(drawn),
        sha256=hashlib.sha256(whole.encode()).hexdigest(),
        drawn_at=timezone.now(),
    )


def _was_serialization(error: DatabaseError) -> bool:
    return getattr(error.__cause__, "pgcode", None) in SERIALIZATION_FAILURES
