"""Settings of the tests: the real ones, on the private stack, with what only a test may have."""

import atexit
import os
import shutil
import tempfile
import uuid
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "0123456789" * 5)
os.environ.setdefault("DATABASE_URL", "postgis:///meldingen")
os.environ.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
os.environ["HTTPS"] = "off"
# Made by the first who writes there: type checkers read these settings too, and leave without cleaning up.
os.environ["DATA_DIR"] = str(Path(tempfile.gettempdir(), f"meldingen-test-{uuid.uuid4().hex}"))
os.environ.pop("EMAIL_URL", None)

from meldingen.conf.settings import *  # noqa: F403
from meldingen.conf.settings import (
    CELERY_BROKER_TRANSPORT_OPTIONS,
    DATA_DIR,
    DATABASES,
    INSTALLED_APPS,
    LIMITS,
    STORAGES,
)

atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)

# Several people may run tests on one cluster at the same time.
DATABASES["default"]["TEST"] = {"NAME": "test_meldingen_" + os.environ.get("TEST_RUN", "one")}
DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["OPTIONS"]["options"] = "-c synchronous_commit=off"  # what a power cut takes is run again
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# A unit test publishes to a port where nobody listens; journeys start a real worker on a real Redis and say so.
JOURNEY_REDIS_URL = os.environ["REDIS_URL"]
CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
# Nothing is limited but in the test that says so: all of them come from one address, and share one Redis.
LIMITS = dict.fromkeys(LIMITS)
WHITENOISE_AUTOREFRESH = True
# Who is told of an act hears at once, but where a test says so.
UNDO_SECONDS = 0
__all__ = ["CELERY_BROKER_TRANSPORT_OPTIONS", "DATA_DIR", "INSTALLED_APPS", "JOURNEY_REDIS_URL", "Path"]
