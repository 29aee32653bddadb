"""The Celery app. Broker and worker behaviour are in settings under CELERY_."""

import os
import sys
from typing import Any

from celery import Celery, signals
from django.db import close_old_connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meldingen.conf.settings")

app = Celery("meldingen")
app.config_from_object("django.conf:settings", namespace="CELERY")
ROOMS = ("routing", "notifications", "attachments", "exports")
app.autodiscover_tasks([*(f"meldingen.{room}" for room in ROOMS), "analytics", "opendata"])
app.autodiscover_tasks(["meldingen.handling"], related_name="bulk_tasks")
app.autodiscover_tasks(["meldingen"], related_name="periodic")

# Celery closes the connection to the database before and after every task, and making one costs more than most tasks.
# Instead a worker keeps it as the web does: for DATABASE_CONN_MAX_AGE seconds, and only while it works.
app.conf["CELERY_DB_REUSE_MAX"] = sys.maxsize


@signals.task_prerun.connect
@signals.task_postrun.connect
def renew_connections(sender: Any = None, **kwargs: Any) -> None:
    """Close what is too old or broken; Django looks at the rest before it is used again."""
    if sender is None or not sender.request.is_eager:  # an eager task runs in somebody's transaction
        close_old_connections()
