"""Thin Celery shells around the steps. They take ids, may run twice or twice at once, and never call a use case."""

import logging
import time
from functools import partial
from typing import Any

from celery import Task, shared_task
from django.db import transaction
from kombu import Connection
from kombu.pools import producers

from meldingen import lifecycle, prediction, routing
from meldingen.models import Melding
from meldingen.notifications import duty, sending

logger = logging.getLogger(__name__)

# A web request waits for its publishes. Each may cost the connection 0.5 s and an answer 0.5 s; after a failure this
# process tries no broker for a while, so that a request with many publishes stays under two seconds too.
PUBLISH_TIMEOUTS = {"socket_connect_timeout": 0.5, "socket_timeout": 0.5, "max_retries": 0}
PAUSE_SECONDS = 5.0


class _Pause:
    """Until when (monotonic seconds) this process leaves the broker alone."""

    until = 0.0


def after_commit(task: Task[..., Any], *ids: int) -> None:
    """Enqueue `task` with `ids` when the transaction commits. Never raises; what the broker loses the sweep repairs."""
    transaction.on_commit(partial(_publish, task, ids), robust=True)


WITHOUT_MODEL_AFTER = 2  # workers lost


class Counted(Task[..., Any]):
    """A task that is tried again when its worker process dies, and counted: what kills its worker ends some day."""

    abstract = True
    retry_on_worker_lost = True
    max_retries = 3
    default_retry_delay = 2


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
                routing.route(melding)


@shared_task(base=Counted)
def deliver(delivery_id: int) -> None:
    """Send one mail that an event asks for, unless it was sent. A mail that fails is left for the sweep."""
    sending.send(delivery_id)


@shared_task(base=Counted)
def tell_duty(municipality_id: int) -> None:
    """Tell the duty mailbox what it has not heard of. A mail that fails or is held back is left for the sweep."""
    duty.tell(municipality_id)


def _publish(task: Task[..., Any], ids: tuple[int, ...]) -> None:
    if time.monotonic() < _Pause.until:
        logger.warning("not published, broker was just lost: %s %s", task.name, ids)
        return
    try:
        with producers[_connection(task)].acquire(block=True, timeout=1) as producer:
            task.apply_async(args=ids, producer=producer, retry=False)
    except Exception as error:  # whatever the broker does, the resident's melding stands
        _Pause.until = time.monotonic() + PAUSE_SECONDS
        # The kind of error only: its message may hold the broker's address with a password.
        logger.warning("not published, %s: %s %s", type(error).__name__, task.name, ids)


def _connection(task: Task[..., Any]) -> Connection:
    options: dict[str, Any] = task.app.conf.broker_transport_options | PUBLISH_TIMEOUTS
    return task.app.connection_for_write(transport_options=options)
