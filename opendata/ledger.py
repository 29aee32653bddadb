"""The ledger: books all tables of a period, then draws and stores them, once or not at all.

Two transactions, so that nothing that fails can lead to a second draw:

1. `_book`: lock the accounts, look for earlier releases and at the register, book what the tables cost, and store
   their noise. No count was looked at, so a noise that is lost with this transaction tells nothing, and another may
   take its place.
2. `_reveal`: in one snapshot count, add the noise that was stored, store the result, forget the noise. Whatever fails
   here, by the numbers that came out or not, is done again with the very noise that was booked: it is the same draw.

Nobody has seen anything of it before the second commit: nothing drawn is logged, returned or written before.
"""

import json
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import connection, transaction
from django.utils import timezone

from analytics import grid
from analytics.grid import FixedGrid, Handling
from meldingen.tenancy.models import Municipality
from opendata import disclosure, origin
from opendata.datasets import disclosure_grid
from opendata.datasets.declared import slug_of
from opendata.disclosure import Dimension, Period, PeriodKind, Table, accounting
from opendata.disclosure.grid import HANDLING_TIMES, LONGER, STILL_OPEN
from opendata.disclosure.mechanism import DrawnTable
from opendata.disclosure.tables import sensitivity
from opendata.models import Booking, Budget, Release
from opendata.models.exact import exact_decimal
from opendata.models.planned_table import table_of, values_of
from opendata.models.release import hash_of_rows
from opendata.refusals import AlreadyPublished, CannotDraw, PublicationRefused

ATTEMPTS = 5
SERIALIZATION_FAILURES = {"40001", "40P01"}


class _Progress:
    """Whether numbers were asked for: from then on no error is passed on as it is, for it may quote them."""

    secret = False


Work = Callable[[dict[str, str], _Progress], list[int]]


def draw_once(fixed_grid: FixedGrid, period: Period, tables: Sequence[Table]) -> list[int]:
    """Book, draw and store `tables` for `period`; the ids of the releases, in the order of the tables.

    What was booked before and not drawn is drawn now, and not booked again. Must be called outside any transaction.
    Raises a PublicationRefused, which never holds a number that was drawn.
    """
    accounts = _accounts(tables, period)
    _open(fixed_grid.municipality, accounts)
    ids = _in_one_snapshot(
        fixed_grid.municipality,
        period,
        lambda register, progress: _book(fixed_grid, period, tables, accounts, register, progress),
    )
    return _in_one_snapshot(
        fixed_grid.municipality,
        period,
        lambda register, progress: _reveal(fixed_grid, period, ids, register, progress),
    )


def _in_one_snapshot(municipality: Municipality, period: Period, work: Work) -> list[int]:
    """What `work` returns, in a transaction of its own; again when it met another process at the same rows."""
    for attempt in range(ATTEMPTS):
        progress, register = _Progress(), origin.read(municipality)
        try:
            with transaction.atomic(durable=True):
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                return work(register, progress)
        except PublicationRefused:
            raise
        except disclosure.DisclosureError as error:
            raise CannotDraw(str(error)) from error
        except Exception as error:
            if attempt < ATTEMPTS - 1 and _was_serialization(error):
                time.sleep(0.05 * 2**attempt)
                continue
            if not progress.secret:
                raise
            # A database quotes the row that it refuses, a computation its numbers: neither may reach a log. At the
            # commit a lost connection leaves open whether it came through.
            raise CannotDraw(
                f"The draw of {period} was not stored ({type(error).__name__}). Nobody saw anything of it; what was "
                "booked stays booked, and the next attempt goes on with the same draw."
            ) from None
    raise AssertionError("unreachable")


def _book(
    fixed_grid: FixedGrid,
    period: Period,
    tables: Sequence[Table],
    accounts: Sequence[Period],
    register: dict[str, str],
    progress: _Progress,
) -> list[int]:
    """Book releases without numbers; their ids, or those that an earlier attempt booked."""
    budgets = _lock(fixed_grid.municipality, accounts)
    earlier = _earlier(fixed_grid.municipality, period, tables)
    if earlier:
        return [release.pk for release in earlier]
    origin.check(fixed_grid.municipality, register)
    epsilon = min(Fraction(budget.granted) for budget in budgets.values())
    costs = _affordable(tables, period, epsilon, budgets)
    progress.secret = True
    noises = disclosure.noise(tables, disclosure_grid(fixed_grid), epsilon, period)
    releases = [
        _booking(fixed_grid, period, table, costs[table.name], len(accounts), noise)
        for table, noise in zip(tables, noises, strict=True)
    ]
    Booking.objects.bulk_create(
        Booking(municipality=fixed_grid.municipality, budget=budget, release=release, epsilon=release.epsilon)
        for release in releases
        for budget in budgets.values()
    )
    return [release.pk for release in releases]


def _reveal(
    fixed_grid: FixedGrid,
    period: Period,
    release_ids: list[int],
    register: dict[str, str],
    progress: _Progress,
) -> list[int]:
    """Count, add the noise that was booked, and store the numbers; the same ids."""
    releases = list(Release.objects.select_for_update().filter(pk__in=release_ids).order_by("pk"))
    _refuse_a_second_draw(fixed_grid.municipality, period, releases)
    origin.check(fixed_grid.municipality, register)
    progress.secret = True
    tables = [table_of(release.table) for release in releases]
    counts = grid.count(fixed_grid, period.first_day, period.day_after, _handling(tables, period))
    epsilons = [Fraction(release.epsilon) for release in releases]
    noises = [release.noise or () for release in releases]
    draw = disclosure.reveal(tables, disclosure_grid(fixed_grid), epsilons, noises, counts, period)
    for release, table in zip(releases, draw.tables, strict=True):
        _store(release, table)
    return release_ids


def _handling(tables: Sequence[Table], period: Period) -> Handling | None:
    """The bands of handling time as they are on the day of the draw, whenever it is really done; None where no table
    has them.
    """
    if not any(Dimension.HANDLING_TIME in table.dimensions for table in tables):
        return None
    return Handling(HANDLING_TIMES, LONGER, STILL_OPEN, period.draw_day)


def _accounts(tables: Sequence[Table], period: Period) -> tuple[Period, ...]:
    """The accounts that pay for all the tables; they are of one kind."""
    try:
        accounting.check_together(tables)
        return accounting.accounts(tables[0], period)
    except disclosure.DisclosureError as error:
        raise CannotDraw(str(error)) from error


def _open(municipality: Municipality, accounts: Sequence[Period]) -> None:
    """Open the accounts that do not exist yet, with what the municipality grants today."""
    Budget.objects.bulk_create(
        [
            Budget(
                municipality=municipality,
                kind=Budget.Kind(str(account.kind)),
                period=str(account),
                granted=municipality.epsilon_year if account.kind is PeriodKind.YEAR else municipality.epsilon_month,
                spent=Decimal(0),
            )
            for account in accounts
        ],
        ignore_conflicts=True,
    )


def _lock(municipality: Municipality, accounts: Sequence[Period]) -> dict[str, Budget]:
    """The accounts, their rows locked in one order for everybody."""
    names = [str(account) for account in accounts]
    rows = Budget.objects.select_for_update().of(municipality).filter(period__in=names).order_by("period")
    return {budget.period: budget for budget in rows}


def _earlier(municipality: Municipality, period: Period, tables: Sequence[Table]) -> list[Release]:
    """The releases of these tables for the period, in the order of the tables. Drawn or not, there is no other."""
    keys = [table.key for table in tables]
    releases = Release.objects.of(municipality).filter(period=str(period)).defer("rows", "noise")
    of_these = [release for release in releases if table_of(release.table).key in keys]
    return sorted(of_these, key=lambda release: keys.index(table_of(release.table).key))


def _refuse_a_second_draw(municipality: Municipality, period: Period, releases: Sequence[Release]) -> None:
    for release in releases:
        if release.drawn_at is not None:
            day = grid.days(municipality)(release.drawn_at)
            raise AlreadyPublished(
                f"{release.dataset} of {municipality.code} was already published for {period}, on {day:%Y-%m-%d}. "
                "Each table is drawn once: drawing again would break the promise to residents."
            )


def _affordable(
    tables: Sequence[Table], period: Period, grant: Fraction, budgets: dict[str, Budget]
) -> dict[str, Decimal]:
    """What each table costs each account, as exact decimals; CannotDraw when an account cannot pay them all."""
    try:
        lines = accounting.bookings(tables, period, grant)
        costs = {line.table: exact_decimal(line.epsilon) for line in lines}
    except ValueError as error:  # what the privacy core refuses is a ValueError too
        raise CannotDraw(str(error)) from error
    total = sum(costs.values(), Decimal(0))
    for budget in budgets.values():
        if budget.spent + total > budget.granted:
            raise CannotDraw(f"The privacy budget of {budget.period} cannot pay for {period}; it was spent before.")
    return costs


def _booking(
    fixed_grid: FixedGrid,
    period: Period,
    table: Table,
    epsilon: Decimal,
    accounts: int,
    noise: tuple[int, ...],
) -> Release:
    return Release.objects.create(
        municipality=fixed_grid.municipality,
        dataset=slug_of(table),
        period=str(period),
        first_day=period.first_day,
        last_day=period.day_after - timedelta(days=1),
        grid_year=fixed_grid.year,
        table=values_of(table),
        accounts=accounts,
        epsilon=epsilon,
        sensitivity=sensitivity(table),
        noise=noise,
    )


def _store(release: Release, drawn_table: DrawnTable) -> None:
    rows = [[*cell.key, cell.trekking, cell.schatting, cell.ondergrens, cell.bovengrens] for cell in drawn_table.cells]
    sha256 = hash_of_rows(release.dataset, release.period, rows)
    with connection.cursor() as cursor:  # the application itself may not change a release
        cursor.execute(
            "SELECT opendata_store_draw(%s, %s, %s, %s, %s)",
            [release.pk, json.dumps(rows), disclosure.error_of(drawn_table), sha256, timezone.now()],
        )


def _was_serialization(error: Exception) -> bool:
    cause = error.__cause__
    place = getattr(getattr(cause, "diag", None), "constraint_name", None)
    # Two draws at once named the same release as the one before: the later one names the other, with its own noise.
    return getattr(cause, "pgcode", None) in SERIALIZATION_FAILURES or place == "release_chain_once"
