"""Publishing in the background: thin shells, safe to run twice. They return nothing and log no number."""

import logging

from celery import shared_task

from analytics import grid
from meldingen.tenancy.failures import contain_failures
from meldingen.tenancy.models import Municipality
from opendata import releases
from opendata.disclosure import Period
from opendata.refusals import PublicationRefused

logger = logging.getLogger(__name__)


@shared_task(name="opendata.tasks.publish_closed_months")
def publish_closed_months() -> None:
    """One task for each municipality and period that is over and not drawn.

    What goes wrong in one municipality is logged and keeps no other back.
    """
    for municipality in Municipality.objects.order_by("code"):
        with contain_failures(f"not all due periods of {municipality.code} are published"):
            _publish_closed_months(municipality)


def _publish_closed_months(municipality: Municipality) -> None:
    try:
        for year in releases.years(municipality):
            releases.keep_plan(municipality, year)
        for period in releases.due(municipality):
            publish_period.delay(municipality.pk, str(period))
    except (grid.GridError, PublicationRefused) as refusal:
        logger.warning("nothing published for %s: %s", municipality.code, refusal)


@shared_task(name="opendata.tasks.publish_period")
def publish_period(municipality_id: int, period: str) -> None:
    """Publish one period of one municipality, unless the ledger refuses."""
    municipality = Municipality.objects.get(pk=municipality_id)
    try:
        releases.publish(municipality, Period.parse(period))
    except PublicationRefused as refusal:
        logger.warning("%s of %s not published: %s", period, municipality.code, refusal)


@shared_task(name="opendata.tasks.write_release_files")
def write_release_files() -> None:
    """Write the files of committed releases that are not there."""
    releases.write_missing_files()
