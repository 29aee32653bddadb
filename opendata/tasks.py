"""Publishing in the background: thin shells, safe to run twice. They return nothing and log no number."""

import logging

from celery import shared_task

from analytics import grid
from meldingen.tenancy.failures import contain_failures
from meldingen.tenancy.models import Municipality
from opendata import releases
from opendata.ckan import pushing
from opendata.ckan.transport import PortalAway, PortalRefused
from opendata.disclosure import Period
from opendata.models import CkanPortal
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
        return
    if CkanPortal.objects.of(municipality).exists():
        push_to_ckan.delay(municipality.pk)


@shared_task(name="opendata.tasks.push_to_ckan")
def push_to_ckan(municipality_id: int) -> None:
    """Bring the datasets of one municipality into its CKAN. What fails is tried again by the round of the night."""
    municipality = Municipality.objects.get(pk=municipality_id)
    try:
        for outcome in pushing.push(municipality):
            logger.info("%s in the CKAN of %s: %s", outcome.name, municipality.code, outcome.changes or "no change")
    except (PortalRefused, PortalAway) as error:
        logger.warning("CKAN of %s is not up to date: %s", municipality.code, error)


@shared_task(name="opendata.tasks.push_to_every_ckan")
def push_to_every_ckan() -> None:
    """One task for each municipality that has a CKAN."""
    for portal in CkanPortal.objects.order_by("municipality_id"):
        push_to_ckan.delay(portal.municipality_id)


@shared_task(name="opendata.tasks.write_release_files")
def write_release_files() -> None:
    """Write the files of committed releases that are not there."""
    releases.write_missing_files()
