"""How a task comes into the broker: after the commit, at once or not at all, and never in the way of who reports."""

import logging
import time
from collections.abc import Sequence
from functools import partial
from typing import Any

from celery import Task, current_app
from django.db import transaction
from kombu import Connection
from kombu.exceptions import ChannelError
from kombu.pools import producers

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


def lengths(names: Sequence[str]) -> dict[str, int]:
    """How many tasks wait in each of these queues. Raises what the broker's driver raises when it does not answer."""
    options: dict[str, Any] = current_app.conf.broker_transport_options | PUBLISH_TIMEOUTS
    with current_app.connection_for_read(transport_options=options) as connection:
        return {name: _length(connection.default_channel, name) for name in names}


def _length(channel: Any, name: str) -> int:
    """A queue that is not there yet holds nothing."""
    try:
        return int(channel.queue_declare(queue=name, passive=True).message_count)
    except ChannelError:
        return 0


class Counted(Task[..., Any]):
    """A task that is tried again when its worker process dies, and counted: what kills its worker ends some day."""

    abstract = True
    retry_on_worker_lost = True
    max_retries = 3
    default_retry_delay = 2


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
