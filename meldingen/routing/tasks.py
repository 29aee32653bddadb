"""Classifying and routing as a task: it may run twice, or twice at once."""

import logging
from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone

from meldingen.notifications import telling
from meldingen.queueing import Counted
from meldingen.record import lifecycle
from meldingen.record.models import Melding
from meldingen.routing import planning, prediction, routes

WITHOUT_MODEL_AFTER = 2  # workers lost
# In a flood a task takes along what has waited for longer than this: many at once cost far less than each alone.
BACKLOG = timedelta(seconds=3)
MOST = 40

logger = logging.getLogger(__name__)


@shared_task(bind=True, base=Counted)
def classify_and_route(self: Counted, melding_id: int) -> None:
    """Give a melding its one prediction, and a category, team and term where the machine may. Twice is as once.

    When a worker died over it, it is tried alone; when that happened again, it goes to people without asking the model.
    What goes wrong with those that it took along is nothing of this one: then it is done alone, and they have tasks of
    their own.
    """
    retries = self.request.retries
    if not retries:
        try:
            _classify(melding_id, MOST, with_model=True)
        except Exception as error:
            logger.warning("melding %s is done alone: %s", melding_id, type(error).__name__)
        else:
            return
    _classify(melding_id, 1, with_model=retries < WITHOUT_MODEL_AFTER)


def _classify(melding_id: int, most: int, *, with_model: bool) -> None:
    with transaction.atomic():
        meldingen = _due(melding_id, most)
        if not meldingen:
            return
        with lifecycle.together(*meldingen):
            prediction.predict_many(meldingen, with_model=with_model)
            new = [melding for melding in meldingen if melding.state == Melding.State.NEW]
            rulebook = planning.read_rulebook(meldingen[0].municipality_id, new) if new else None
            for melding in new:
                routes.route(melding, rulebook=rulebook)
        telling.hand_over([melding for melding in new if not melding.lived_elsewhere])  # an import mails nobody


def _due(melding_id: int, most: int) -> list[Melding]:
    """This melding, locked, and the longest waiting of its municipality; without those that somebody has locked.

    None if it is done: another task took it along. Alone it waits for its lock: whoever lost a worker over it is still
    counted, and the count would be lost with a task that found it locked.
    """
    waiting = Melding.objects.filter(prediction_due_at__isnull=False)
    town = waiting.filter(pk=melding_id).values_list("municipality", flat=True).first()
    if town is None:
        return []
    free = waiting.select_for_update(of=("self",), skip_locked=most > 1)
    rows = free.select_related("municipality", "category__parent").defer("search", "point")
    # What is locked now is at another task, or at a colleague: then the sweep comes back to it.
    meldingen = list(rows.filter(pk=melding_id))
    if most > 1:
        long = rows.of(town).filter(prediction_due_at__lt=timezone.now() - BACKLOG).exclude(pk=melding_id)
        meldingen += long.order_by("prediction_due_at")[: most - 1]
    return meldingen
