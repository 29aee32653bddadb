"""The web process: `gunicorn meldingen.conf.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

from meldingen.conf.celery import app as celery_app

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meldingen.conf.settings")

application = get_wsgi_application()

# The broker's client is read now, not while the first resident waits. Nothing is connected yet.
celery_app.connection_for_write().get_transport_cls()
