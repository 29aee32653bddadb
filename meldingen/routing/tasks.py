"""Classifying and routing as a task: it may run twice, or twice at once."""

import logging
from collections.abc import Sequence
from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

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


def _due(melding_id: int, most: int) -> Sequence[Melding]:
    """This melding, locked, and the longest waiting of its municipality that nobody is at; none if it is done."""
    melding = _locked(Melding.objects.select_for_update(of=("self",)).filter(pk=melding_id)).first()
    if melding is None or not prediction.is_due(melding):
        return []
    waiting = Melding.objects.select_for_update(of=("self",), skip_locked=True).exclude(pk=melding_id)
    waiting = waiting.filter(municipality=melding.municipality_id, prediction_due_at__lt=timezone.now() - BACKLOG)
    return [melding, *_locked(waiting).order_by("prediction_due_at")[: most - 1]]


def _locked(rows: QuerySet[Melding]) -> QuerySet[Melding]:
    return rows.select_related("municipality", "category__parent").defer("search", "point")
