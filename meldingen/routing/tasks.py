"""Classifying and routing as a task: it may run twice, or twice at once."""

from celery import shared_task
from django.db import transaction

from meldingen.queueing import Counted
from meldingen.record import lifecycle
from meldingen.record.models import Melding
from meldingen.routing import prediction, routes

WITHOUT_MODEL_AFTER = 2  # workers lost


@shared_task(bind=True, base=Counted)
def classify_and_route(self: Counted, melding_id: int) -> None:
    """Give a melding its one prediction, and a category, team and term where the machine may. Twice is as once.

    When a worker died over it more than once, it goes to people without asking the model again.
    """
    with transaction.atomic():
        rows = Melding.objects.select_for_update(of=("self",)).select_related("municipality", "category__parent")
        melding = rows.defer("search", "point").filter(pk=melding_id).first()
        if melding is None or not prediction.is_due(melding):
            return
        with lifecycle.together(melding):
            prediction.predict(melding, with_model=self.request.retries < WITHOUT_MODEL_AFTER)
            if melding.state == Melding.State.NEW:
                routes.route(melding)
