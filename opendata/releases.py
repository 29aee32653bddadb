"""Publishing: which periods are due, may they be drawn, draw them, write their files."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from analytics import grid
from analytics.grid import Town
from opendata import files, ledger, programme
from opendata.datasets.declared import slug_of
from opendata.datasets.reasons import reason_in_words
from opendata.disclosure import Period, PeriodKind, Table
from opendata.models import Release
from opendata.refusals import CannotDraw, NothingToPublish, NotRegistered, PeriodNotOver, PublishingOff
from opendata.registration import Lack, lack

logger = logging.getLogger(__name__)


def publish(town: Town, period: Period) -> list[Release]:
    """Draw every table of `period` once and write its files; the releases that were made.

    Raises a PublicationRefused when nothing was drawn. When the draw stands and its files cannot be written, that is
    logged and `write_missing_files` does it later.
    """
    check(town, period)
    try:
        fixed = grid.fix(town, period.year)
    except grid.GridError as error:
        raise CannotDraw(str(error)) from error
    chosen = programme.keep(town, fixed)
    tables = programme.tables_per(period.kind, chosen)
    if not tables:
        reasons = "\n".join(reason_in_words(choice) for choice in chosen)
        raise NothingToPublish(f"No table of {town.name} is published per {period.kind}.\n{reasons}")
    drawn = ledger.draw_once(town, fixed, period, tables)
    releases = list(Release.objects.filter(pk__in=drawn).order_by("pk"))
    for release in releases:
        _write(release)
    return releases


def check(town: Town, period: Period) -> None:
    """A PublicationRefused where publishing is off, the period is not over, or the town did not register in it."""
    if not settings.PUBLISHING:
        raise PublishingOff("Publishing is off here (setting PUBLISHING). Nothing is drawn.")
    if period.day_after > grid.today(town):
        raise PeriodNotOver(f"{period} is not over yet in {town.name}. Publish from {period.day_after:%Y-%m-%d} on.")
    why = lack(town.registration, period)
    if why is not None:
        raise NotRegistered(f"{period} is not drawn for {town.name}: {why.value}. {why.remedy}")


@dataclass(frozen=True)
class Closed:
    """A period that is over and was not drawn: its tables, and why it is left out (None: it is due)."""

    period: Period
    tables: tuple[Table, ...]
    lack: Lack | None


def closed(town: Town) -> Iterator[Closed]:
    """The periods that are over, have a table to draw, and were not drawn; oldest first. Nothing is stored.

    Of every year whose grid is fixed, and of the current year when an earlier one is. Which meldingen there are plays
    no part, so the list of what is published tells nothing about them.
    """
    today = grid.today(town)
    for year in _years(town, today):
        yield from _closed_in(town, year, today)


def due(town: Town) -> Iterator[Period]:
    """Of these, the periods in which the town registered meldingen."""
    return (found.period for found in closed(town) if found.lack is None)


def keep_forms(town: Town) -> None:
    """Let the forms of the tables of every year that began hold, also when nothing of it can be drawn yet: the page
    says what is not published and why.
    """
    today = grid.today(town)
    for year in _years(town, today):
        if year <= today.year:
            programme.keep(town, grid.fix(town, year))


def _years(town: Town, today: date) -> list[int]:
    years = grid.fixed_years(town)
    return [*years, today.year] if years and today.year not in years else years


def _closed_in(town: Town, year: int, today: date) -> Iterator[Closed]:
    chosen = programme.choices(town, grid.propose(town, year))
    done = set(Release.objects.filter(municipality_id=town.pk, grid_year=year).values_list("dataset", "period"))
    for kind in PeriodKind:
        tables = tuple(programme.tables_per(kind, chosen))
        for period in Period.all_of(year, kind):
            drawn = any((slug_of(table), str(period)) in done for table in tables)
            if tables and period.day_after <= today and not drawn:
                yield Closed(period, tables, lack(town.registration, period))


def write_missing_files() -> int:
    """Write the files that a crash or a lost storage left out; the number of releases that were repaired."""
    repaired = 0
    for lost in files.incomplete():
        repaired += _write(Release.objects.get(pk=lost))
    return repaired


def _write(release: Release) -> bool:
    try:
        files.write(release)
    except Exception:
        # The draw is committed and stands whatever happens here; the message holds no number of it.
        logger.exception("files of release %s not written", release.pk)
        return False
    return True
