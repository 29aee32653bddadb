"""What beat starts. One at a time by a lock in the database, however many beats and workers there are."""

from datetime import datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from meldingen import tasks
from meldingen.models import Delivery, Melding, Prediction

__all__ = ["sweep"]

LOCK = 0x6D656C64  # "meld": the number of the sweep's advisory lock
BATCH = 500
# What came in just now is on its way through the broker; what the sweep enqueued gets this long before it is repeated.
GRACE = timedelta(seconds=min(15, settings.SWEEP_SECONDS))
REPEAT = timedelta(minutes=5)


@shared_task
def sweep() -> None:
    """Enqueue again what the broker lost: meldingen without a prediction, mails that are due. Bounded per run."""
    with transaction.atomic():
        if not _alone():
            return
        before = timezone.now() - GRACE
        for melding_id in _unclassified(before):
            tasks.after_commit(tasks.classify_and_route, melding_id)
        for event_id in _due(before):
            tasks.after_commit(tasks.deliver, event_id)


def _alone() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def _unclassified(before: datetime) -> list[int]:
    """The oldest new meldingen that nobody imported and nothing predicted."""
    predicted = Prediction.objects.filter(melding=OuterRef("pk"))
    waiting = (
        Melding.objects.filter(state=Melding.State.NEW, received_at__lt=before)
        .exclude(source=Melding.Source.IMPORT)
        .filter(~Exists(predicted))
    )
    return list(waiting.order_by("received_at").values_list("pk", flat=True)[:BATCH])


def _due(before: datetime) -> list[int]:
    """Events whose mail is due; each gets time to be sent before it is due again."""
    due = list(Delivery.objects.filter(due_at__lt=before).order_by("due_at")[:BATCH])
    Delivery.objects.filter(pk__in=[delivery.pk for delivery in due]).update(due_at=timezone.now() + REPEAT)
    return [delivery.event_id for delivery in due]
