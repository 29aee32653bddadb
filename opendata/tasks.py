"""Publishing in the background: thin shells, safe to run twice. They return nothing and log no number."""

import logging

from celery import shared_task
from django.utils import timezone

from analytics import grid
from meldingen.tenancy.failures import contain_failures
from meldingen.tenancy.models import Municipality
from opendata import releases
from opendata.ckan import pushing
from opendata.ckan.transport import PortalRefused
from opendata.disclosure import Period
from opendata.models import CkanPortal, DrawRequest
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
def publish_period(municipality_id: int, period: str, request_id: int | None = None) -> None:
    """Publish one period of one municipality, unless the ledger refuses; a request for it is then done."""
    municipality = Municipality.objects.get(pk=municipality_id)
    try:
        releases.publish(municipality, Period.parse(period))
    except PublicationRefused as refusal:
        logger.warning("%s of %s not published: %s", period, municipality.code, refusal)
        return
    if request_id is not None:
        DrawRequest.objects.of(municipality).filter(pk=request_id).update(drawn_at=timezone.now())
    if CkanPortal.objects.of(municipality).exists():
        push_to_ckan.delay(municipality.pk)


@shared_task(name="opendata.tasks.push_to_ckan")
def push_to_ckan(municipality_id: int) -> None:
    """One task for each dataset of a municipality that has a CKAN: what fails or takes long keeps no other back."""
    municipality = Municipality.objects.get(pk=municipality_id)
    try:
        for slug in pushing.slugs(municipality):
            push_dataset_to_ckan.delay(municipality.pk, slug)
    except PortalRefused as error:
        logger.warning("nothing goes into the CKAN of %s: %s", municipality.code, error)


@shared_task(name="opendata.tasks.push_dataset_to_ckan")
def push_dataset_to_ckan(municipality_id: int, slug: str) -> None:
    """Bring one dataset into the CKAN of its municipality. What fails is tried again by the round of the night."""
    municipality = Municipality.objects.get(pk=municipality_id)
    try:
        for outcome in pushing.push(municipality, only=slug):
            if outcome.failure:
                logger.warning("%s in the CKAN of %s is behind: %s", slug, municipality.code, outcome.failure)
            else:
                logger.info("%s in the CKAN of %s: %s", slug, municipality.code, outcome.changes or "no change")
    except PortalRefused as error:
        logger.warning("%s does not go into the CKAN of %s: %s", slug, municipality.code, error)


@shared_task(name="opendata.tasks.push_to_every_ckan")
def push_to_every_ckan() -> None:
    """One task for each municipality that has a CKAN."""
    for portal in CkanPortal.objects.order_by("municipality_id"):
        push_to_ckan.delay(portal.municipality_id)


@shared_task(name="opendata.tasks.write_release_files")
def write_release_files() -> None:
    """Write the files of committed releases that are not there."""
    releases.write_missing_files()
