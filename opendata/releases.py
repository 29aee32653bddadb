"""Publishing: which periods are due, may they be drawn, draw them, write their files."""

import itertools
import logging
from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings

from analytics import grid
from analytics.grid import FixedGrid
from meldingen.tenancy.failures import contain_failures
from meldingen.tenancy.models import Municipality
from opendata import files, histories, holds, ledger, maps, publication_plan
from opendata.datasets.reasons import reason_in_words
from opendata.disclosure import Period, PeriodKind, Table
from opendata.disclosure.tables import TableKey
from opendata.models import PlannedTable, Release, ReleaseFile
from opendata.models.planned_table import table_of
from opendata.refusals import CannotDraw, NothingToPublish, NotRegistered, PeriodHeld, PeriodNotOver, PublishingOff
from opendata.registration import Lack, lack, registration_of

logger = logging.getLogger(__name__)


def publish(municipality: Municipality, period: Period, is_last: bool = True) -> list[Release]:
    """Draw every table of `period` once and write its files; the releases that were made. Who publishes several says of
    the last one that it is: then the files of whole histories are written, once for all of them.

    Raises a PublicationRefused when nothing was drawn. When the draw stands and its files cannot be written, that is
    logged and `write_missing_files` does it later.
    """
    check(municipality, period)
    try:
        fixed_grid = publication_plan.fix(municipality, period.year)
    except grid.GridError as error:
        raise CannotDraw(str(error)) from error
    planned_tables = publication_plan.keep(fixed_grid)
    draws = drawn_of(municipality, period, planned_tables)
    to_draw = [tables for tables, is_drawn in draws if not is_drawn]
    # Everything was drawn: the ledger has the words for that.
    tables_to_draw = to_draw or [tables for tables, _ in draws]
    releases = [release for tables in tables_to_draw for release in _draw(fixed_grid, period, tables)]
    if is_last:
        write_histories(municipality)
    return releases


def drawn_of(
    municipality: Municipality, period: Period, planned_tables: list[PlannedTable]
) -> list[tuple[tuple[Table, ...], bool]]:
    """The tables of a period as they are drawn together, and whether they were. NothingToPublish for none."""
    draws = publication_plan.draws(period.kind, planned_tables)
    if not draws:
        reasons = "\n".join(reason_in_words(planned_table) for planned_table in planned_tables)
        kind = period.kind.name.lower()
        raise NothingToPublish(f"No table of {municipality.name} is published per {kind}.\n{reasons}")
    draws_before = _draws_of(municipality, period.year)
    return [(tables, _is_done(tables, period, draws_before)) for tables in draws]


def _draw(fixed_grid: FixedGrid, period: Period, tables: tuple[Table, ...]) -> list[Release]:
    release_ids = ledger.draw_once(fixed_grid, period, tables)
    releases = list(Release.objects.filter(pk__in=release_ids).order_by("pk"))
    for release in releases:
        _write(release)
    return releases


def check(municipality: Municipality, period: Period) -> None:
    """PublicationRefused where publishing is off, the period is not over, is held, or nothing was registered in it."""
    if not settings.PUBLISHING:
        raise PublishingOff("Publishing is off here (setting PUBLISHING). Nothing is drawn.")
    if period.draw_day > grid.today(municipality):
        raise PeriodNotOver(
            f"{period} is not over yet in {municipality.name}, or not what comes in late. "
            f"Publish from {period.draw_day} on."
        )
    standstill = holds.current(municipality).get(period)
    if standstill is not None:
        raise PeriodHeld(f"{period} is held in {municipality.name} until {standstill.until}: {standstill.reason}")
    why = lack(registration_of(municipality), period)
    if why is not None:
        raise NotRegistered(f"{period} is not drawn for {municipality.name}: {why.value}. {why.remedy}")


@dataclass(frozen=True)
class ClosedPeriod:
    """A period whose day has come, and tables of it that are drawn together and were not: and why they are left out
    (None: they are due)."""

    period: Period
    tables: tuple[Table, ...]
    lack: Lack | None


def years(municipality: Municipality) -> list[int]:
    """The years of which something may be due: those whose grid is fixed, and this one when an earlier one is."""
    today, fixed_years = grid.today(municipality), grid.fixed_years(municipality)
    past = [year for year in fixed_years if year <= today.year]
    return [*past, today.year] if past and today.year not in past else past


def closed_periods(municipality: Municipality, year: int) -> Iterator[ClosedPeriod]:
    """What of a year may be drawn by now and was not; oldest first. Nothing is stored.

    Which meldingen there are plays no part, so the list of what is published tells nothing about them.
    """
    planned_tables = publication_plan.plan(grid.propose(municipality, year))
    today, draws_before = grid.today(municipality), _draws_of(municipality, year)
    registration = registration_of(municipality)
    for kind in PeriodKind:
        for period, tables in itertools.product(
            Period.all_of(year, kind), publication_plan.draws(kind, planned_tables)
        ):
            if period.draw_day <= today and not _is_done(tables, period, draws_before):
                yield ClosedPeriod(period, tables, lack(registration, period))


def due_in(municipality: Municipality, year: int) -> list[Period]:
    """The closed periods of a year that are to be drawn now: those in which the municipality registered meldingen, and
    that nobody holds.
    """
    standstills = holds.current(municipality)
    due_periods = (one.period for one in closed_periods(municipality, year) if one.lack is None)
    return list(dict.fromkeys(period for period in due_periods if period not in standstills))


Draws = set[tuple[TableKey, str]]


def _draws_of(municipality: Municipality, year: int) -> Draws:
    """Table and period of what was drawn. What was booked and not drawn is not among it."""
    releases = Release.objects.drawn().of(municipality).filter(grid_year=year)
    return {(table_of(table).key, period) for table, period in releases.values_list("table", "period")}


def _is_done(tables: tuple[Table, ...], period: Period, draws_before: Draws) -> bool:
    return any((table.key, str(period)) in draws_before for table in tables)


def due(municipality: Municipality) -> Iterator[Period]:
    """What is due of all years."""
    return (period for year in years(municipality) for period in due_in(municipality, year))


def keep_plan(municipality: Municipality, year: int) -> None:
    """Let the publication plan of a year hold, also when nothing of it can be drawn yet: the page says what is not
    published and why.
    """
    publication_plan.keep(publication_plan.fix(municipality, year))


def write_missing_files() -> int:
    """Write the files that a crash or a lost storage left out; the number of releases that were repaired."""
    number = 0
    for release_id in files.incomplete():
        number += _write(Release.objects.get(pk=release_id))
    for municipality in Municipality.objects.filter(pk__in=Release.objects.drawn().values("municipality")):
        write_histories(municipality)
    return number


def write_histories(municipality: Municipality) -> None:
    """Write what is made of many releases, and the areas that go with them, where it is not there as it should be."""
    # Months stand whatever happens here, and the next round writes what is left.
    with contain_failures(f"files of whole histories of {municipality.code} not written"):
        histories.write_all(municipality)
    with contain_failures(f"files of areas of {municipality.code} not written"):
        if ReleaseFile.objects.of(municipality).exists():
            maps.write_all(municipality)


def _write(release: Release) -> bool:
    try:
        files.write(release)
    except Exception:
        # The draw is committed and stands whatever happens here; the message holds no number of it.
        logger.exception("files of release %s not written", release.pk)
        return False
    return True
