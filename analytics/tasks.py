"""Work of analytics in the background: thin shells, safe to run twice."""

from celery import shared_task

from analytics import facts
from meldingen.models import Municipality


@shared_task(name="analytics.tasks.fold_facts")
def fold_facts() -> None:
    """Bring the facts of every municipality up to date."""
    for municipality in Municipality.objects.order_by("pk"):
        facts.fold_all(municipality)
