"""Work of analytics in the background: thin shells, safe to run twice."""

from celery import shared_task

from analytics import facts
from meldingen.tenancy.failures import contain_failures
from meldingen.tenancy.models import Municipality


@shared_task(name="analytics.tasks.fold_facts")
def fold_facts() -> None:
    """Bring the facts of every municipality up to date. What goes wrong in one is logged and keeps no other back."""
    for municipality in Municipality.objects.order_by("pk"):
        with contain_failures(f"facts of {municipality.code} are not up to date"):
            facts.fold_all(municipality)
