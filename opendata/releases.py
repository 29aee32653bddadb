"""Publishing: which periods are due, may they be drawn, draw them, write their files."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass

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
        fixed = programme.fix(town, period.year)
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


def years(town: Town) -> list[int]:
    """The years of which something may be due: those whose grid is fixed, and this one when an earlier one is."""
    today, fixed = grid.today(town), grid.fixed_years(town)
    begun = [year for year in fixed if year <= today.year]
    return [*begun, today.year] if begun and today.year not in begun else begun


def closed(town: Town, year: int) -> Iterator[Closed]:
    """The periods of a year that are over, have a table to draw, and were not drawn; oldest first. Nothing is stored.

    Which meldingen there are plays no part, so the list of what is published tells nothing about them.
    """
    today, chosen = grid.today(town), programme.choices(town, grid.propose(town, year))
    done = set(Release.objects.filter(municipality_id=town.pk, grid_year=year).values_list("dataset", "period"))
    for kind in PeriodKind:
        tables = tuple(programme.tables_per(kind, chosen))
        for period in Period.all_of(year, kind):
            drawn = any((slug_of(table), str(period)) in done for table in tables)
            if tables and period.day_after <= today and not drawn:
                yield Closed(period, tables, lack(town.registration, period))


def due_in(town: Town, year: int) -> list[Period]:
    """Of these, the periods in which the town registered meldingen."""
    return [found.period for found in closed(town, year) if found.lack is None]


def due(town: Town) -> Iterator[Period]:
    """The same of every year."""
    return (period for year in years(town) for period in due_in(town, year))


def keep_forms(town: Town, year: int) -> None:
    """Let the forms of the tables of a year hold, also when nothing of it can be drawn yet: the page says what is not
    published and why.
    """
    programme.keep(town, programme.fix(town, year))


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
