"""The Celery app. Broker and worker behaviour are in settings under CELERY_."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meldingen.conf.settings")

app = Celery("meldingen")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["meldingen.routing", "meldingen.notifications", "analytics", "opendata"])
app.autodiscover_tasks(["meldingen"], related_name="periodic")
