"""Settings, urls, celery and wsgi: the frame around the house; imported by nobody inside it."""

# Django imports this package for its settings, so every process that has settings has the Celery app for shared tasks.
from meldingen.conf.celery import app as celery_app

__all__ = ["celery_app"]
