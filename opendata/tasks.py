"""Publishing in the background: thin shells, safe to run twice. They return nothing and log no number."""

import logging

from celery import shared_task

from analytics import grid
from meldingen.tenancy.failures import contain_failures
from opendata import releases
from opendata.disclosure import Period
from opendata.refusals import PublicationRefused

logger = logging.getLogger(__name__)


@shared_task(name="opendata.tasks.publish_closed_months")
def publish_closed_months() -> None:
    """One task for each municipality and period that is over and not drawn.

    What goes wrong in one municipality is logged and keeps no other back.
    """
    for town in grid.towns():
        with contain_failures(f"not all due periods of {town.code} are published"):
            _publish_closed_months(town)


def _publish_closed_months(town: grid.Town) -> None:
    try:
        for year in releases.years(town):
            releases.keep_forms(town, year)
        for period in releases.due(town):
            publish_period.delay(town.code, str(period))
    except (grid.GridError, PublicationRefused) as refusal:
        logger.warning("nothing published for %s: %s", town.code, refusal)


@shared_task(name="opendata.tasks.publish_period")
def publish_period(code: str, period: str) -> None:
    """Publish one period of one municipality, unless the ledger refuses."""
    try:
        releases.publish(grid.town(code), Period.parse(period))
    except PublicationRefused as refusal:
        logger.warning("%s of %s not published: %s", period, code, refusal)


@shared_task(name="opendata.tasks.write_release_files")
def write_release_files() -> None:
    """Write the files of committed releases that are not there."""
    releases.write_missing_files()
