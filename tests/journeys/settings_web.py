"""Settings of a web process in a journey: those of production, but pages name static files as they are."""

from meldingen.conf.settings import *  # noqa: F403
from meldingen.conf.settings import STORAGES

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
