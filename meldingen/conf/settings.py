"""The one settings module, read from the environment. A variable X may also be given as X_FILE, a file with the value.

What each variable means, with its default, is in docs/settings.md; a test compares the two.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

import environ
from celery.schedules import crontab
from csp.constants import SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _
from django.utils.translation import to_language

from meldingen.conf import queues
from meldingen.limits.networks import read_networks
from meldingen.limits.rates import read_rate

BASE_DIR = Path(__file__).resolve().parent.parent.parent
env = environ.FileAwareEnv()

SECRET_KEY = env.str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
HTTPS = env.bool("HTTPS", default=True)
DEMO = env.bool("DEMO", default=False)
# The port in the addresses of mails and catalogues, where it is not the one that the scheme implies.
PUBLIC_PORT = env.int("PUBLIC_PORT", default=0)
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / ".local" / "data")))

# How many requests one web process group answers at once; docker/gunicorn.conf.py starts what these say.
WEB_CONCURRENCY = env.int("WEB_CONCURRENCY", default=2)
WEB_THREADS = env.int("WEB_THREADS", default=4)
REQUEST_SLOTS = WEB_CONCURRENCY * WEB_THREADS

# Which hosts exist is data: meldingen.tenancy answers 404 for a host that no municipality has. A list here would be
# a second truth.
ALLOWED_HOSTS = ["*"]

INSTALLED_APPS = [
    "meldingen.tenancy.apps.TenancyConfig",
    "meldingen.apps.MeldingenConfig",
    "analytics.apps.AnalyticsConfig",
    "opendata.apps.OpendataConfig",
    "django.contrib.admin.apps.SimpleAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.gis",
    "django.contrib.postgres",
    "django.forms",
    "rest_framework",
    "csp",
]

MIDDLEWARE = [
    # Around all that may answer a program.
    "meldingen.api.headers.ApiHeadersMiddleware",
    "opendata.portal.sharing.SharingMiddleware",
    "opendata.portal.etags.ETagMiddleware",
    "meldingen.web.unavailable.UnavailableMiddleware",
    "meldingen.web.busy.BusyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "meldingen.tenancy.middleware.MunicipalityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "meldingen.web.language.LanguageMiddleware",
    "meldingen.web.nul.NulMiddleware",
    "django.middleware.common.CommonMiddleware",
    "meldingen.web.limits.LimitMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "meldingen.staffsite.presence.PresenceMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "meldingen.conf.urls"
WSGI_APPLICATION = "meldingen.conf.wsgi.application"
AUTH_USER_MODEL = "tenancy.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # Each room has its own; before the apps, so that the staff site may change a page of Django's admin.
        "DIRS": sorted(BASE_DIR.glob("meldingen/*/templates")),
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "meldingen.tenancy.context.municipality",
            ],
        },
    },
]
# Own widgets are templates of the app, so they need the renderer that knows the app directories.
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- data
DATABASES = {"default": env.db_url("DATABASE_URL", engine="django.contrib.gis.db.backends.postgis")}
DATABASES["default"] |= {
    "CONN_MAX_AGE": env.int("DATABASE_CONN_MAX_AGE", default=60),
    "CONN_HEALTH_CHECKS": True,
    # PgBouncer in transaction mode has no server-side cursors.
    "DISABLE_SERVER_SIDE_CURSORS": True,
}
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 3)
# Three roles (docs/operations.md): who owns the tables, for `migrate` alone; the application, which is given rights on
# them; and what it becomes to answer the pages of the public.
DATABASE_OWNER = env.db_url("DATABASE_OWNER_URL") if env.str("DATABASE_OWNER_URL", default="") else {}
DATABASE_APP_ROLE = DATABASES["default"]["USER"]
DATABASE_PUBLIC_ROLE = env.str("DATABASE_PUBLIC_ROLE", default="meldingen_public")

# Amersfoort / RD New in metres is what is stored; WGS84 longitude and latitude is what comes and goes at the doors.
SRID_STORED = 28992
SRID_DOOR = 4326

# In the memory of each process. Squares of the map have their own: many they are, and would push out all else.
CACHES = {
    name: {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": name,
        "OPTIONS": {"MAX_ENTRIES": entries},
    }
    for name, entries in (("default", 300), ("squares", 600))
}
# What no address leads to, and only our own processes read.
_PRIVATE = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {
        "location": DATA_DIR / "private",
        "base_url": None,
        "file_permissions_mode": 0o600,
        "directory_permissions_mode": 0o700,
    },
}
STORAGES = {
    "default": _PRIVATE,
    "private": _PRIVATE,
    "releases": {
        "BACKEND": "opendata.storage.ReleaseStorage",
        "OPTIONS": {"location": DATA_DIR / "releases", "base_url": None},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MODELS_DIR = DATA_DIR / "models"
STARTER_MODEL = BASE_DIR / "build" / "starter.model"  # of the sources, like the front-end files beside it

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [("vendor", BASE_DIR / "build" / "vendor")] if (BASE_DIR / "build" / "vendor").is_dir() else []

# --- language and time
LANGUAGE_CODE = "nl"
# English is in the sources, Dutch is complete; each further language is a folder with its translations.
_LANGUAGE_CODES = [to_language(folder.name) for folder in sorted((BASE_DIR / "meldingen" / "locale").iterdir())]
LANGUAGES = [(code, _(LANG_INFO[code]["name"])) for code in dict.fromkeys([LANGUAGE_CODE, "en", *_LANGUAGE_CODES])]
FORMAT_MODULE_PATH = ["meldingen.conf.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Amsterdam"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"

# --- broker
REDIS_URL = env.str("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# For workers and beat; a web request gives up sooner, see PUBLISH_TIMEOUTS in meldingen.queueing.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A worker of several queues empties them in the order in which it names them: what a colleague must see comes
    # before a mail that may wait.
    "queue_order_strategy": "priority",
    # Longer than any task may take: what still runs is not handed to a second worker.
    "visibility_timeout": 3600,
    "socket_connect_timeout": 0.5,
    "socket_timeout": 5,
    "max_retries": 0,
}
CELERY_BROKER_CONNECTION_TIMEOUT = 1
SWEEP_SECONDS = env.int("SWEEP_SECONDS", default=60)
# For how long nobody is told of what a colleague did, so that it can be undone. Receipts and dangers never wait.
UNDO_SECONDS = env.int("UNDO_SECONDS", default=120)

# --- tasks (meldingen.conf.queues)
QUEUES = queues.NAMES
TASKS = queues.TASKS
CELERY_TASK_QUEUES = queues.QUEUES
CELERY_TASK_DEFAULT_QUEUE = "bulk"
CELERY_TASK_CREATE_MISSING_QUEUES = False
CELERY_TASK_ROUTES = queues.ROUTES
CELERY_TASK_ANNOTATIONS = queues.LIMITS


def _every(seconds: int, task: str) -> dict[str, Any]:
    """While no worker works, what comes often does not pile up: it expires when the next one is due."""
    return {"task": task, "schedule": timedelta(seconds=seconds), "options": {"expires": seconds}}


CELERY_BEAT_SCHEDULE = {
    "sweep": _every(SWEEP_SECONDS, "meldingen.periodic.sweep"),
    "tell-mailboxes": _every(min(15, SWEEP_SECONDS), "meldingen.periodic.tell_mailboxes"),
    "read-bounces": _every(300, "meldingen.periodic.read_bounces"),
    "tell-what-is-broken": {"task": "meldingen.periodic.tell_what_is_broken", "schedule": crontab(minute=7)},
    "forget-reporters": {"task": "meldingen.periodic.forget_reporters", "schedule": crontab(hour=2, minute=41)},
    "forget-fingerprints": {"task": "meldingen.periodic.forget_fingerprints", "schedule": crontab(hour=2, minute=46)},
    "forget-photos": {"task": "meldingen.periodic.forget_photos", "schedule": crontab(minute=26)},
    "forget-exports": {"task": "meldingen.periodic.forget_exports", "schedule": crontab(minute=36)},
    "forget-sessions": {"task": "meldingen.periodic.forget_sessions", "schedule": crontab(hour=2, minute=51)},
    "forget-audit": {"task": "meldingen.periodic.forget_audit", "schedule": crontab(hour=2, minute=56)},
    "fold-facts": _every(300, "analytics.tasks.fold_facts"),
    "publish-closed-months": {"task": "opendata.tasks.publish_closed_months", "schedule": crontab(hour=3, minute=17)},
    "push-to-every-ckan": {"task": "opendata.tasks.push_to_every_ckan", "schedule": crontab(hour=4, minute=23)},
    "write-release-files": _every(600, "opendata.tasks.write_release_files"),
}

# --- mail
EMAIL_FILE_PATH = str(DATA_DIR / "mail")
if env.str("EMAIL_URL", default=""):
    globals().update(env.email_url("EMAIL_URL"))
    EMAIL_TIMEOUT = 10
else:
    # One file for each message, named after its Message-ID: the same message sent twice is one file.
    EMAIL_BACKEND = "meldingen.notifications.files.FileBackend"

# Where mails bounce to, each with an address of its own (docs/operations.md).
BOUNCE_ADDRESS = env.str("BOUNCE_ADDRESS", default="")
BOUNCE_IMAP_URL = env.str("BOUNCE_IMAP_URL", default="")

# --- safety
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^gezond$"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_HSTS_PRELOAD = HTTPS
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 8 * 3600
# Whether who operates the service (a superuser) is asked for a code beside the password, in every municipality.
OPERATORS_NEED_CODE = env.bool("OPERATORS_NEED_CODE", default=True)
PASSWORD_RESET_TIMEOUT = 2 * 3600  # seconds that the link for a new password works
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "meldingen.web.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
# A melding of 100 kB text fits; a body of megabytes does not.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_HANDLERS = ["meldingen.web.uploads.FilesOfForms"]
# Beside the private storage: what came in whole is moved there.
INCOMING_DIR = DATA_DIR / "incoming"
# ClamAV's daemon, host:port or the path of its socket; empty: nobody looks whether a photo is malware.
CLAMD = env.str("CLAMD", default="")
PASSWORD_HASHERS = ["meldingen.staffsite.hashing.SlottedHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "meldingen.staffsite.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "admin:login"

# --- limits (meldingen.limits). A rate is 30/hour (second, minute, hour, day) or off; each holds for a network, but
# that of a town. What a proxy says of a visitor's address is believed for as many proxies as there are.
PROXY_HOPS = env.int("PROXY_HOPS", default=int(BEHIND_PROXY))
LIMIT_EXEMPT = read_networks(env.list("LIMIT_EXEMPT", default=[]))
LIMITS = {
    "form": read_rate(env.str("LIMIT_FORM", default="30/hour")),
    "api": read_rate(env.str("LIMIT_API", default="60/hour")),
    "town": read_rate(env.str("LIMIT_TOWN", default="600/hour")),
    "photos": read_rate(env.str("LIMIT_PHOTOS", default="60/hour")),
    "suggestions": read_rate(env.str("LIMIT_SUGGESTIONS", default="120/hour")),
    "prompts": read_rate(env.str("LIMIT_PROMPTS", default="10/hour")),
    "links": read_rate(env.str("LIMIT_LINKS", default="20/hour")),
    "pages": read_rate(env.str("LIMIT_PAGES", default="600/minute")),
    # Wrong passwords: for an account from a network in a row and in all, from a network, for an account.
    "login_pace": read_rate(env.str("LIMIT_LOGIN_PACE", default="3/minute")),
    "login": read_rate(env.str("LIMIT_LOGIN", default="10/hour")),
    "login_network": read_rate(env.str("LIMIT_LOGIN_NETWORK", default="50/hour")),
    "login_account": read_rate(env.str("LIMIT_LOGIN_ACCOUNT", default="100/hour")),
    "reset": read_rate(env.str("LIMIT_RESET", default="3/hour")),
    "reset_network": read_rate(env.str("LIMIT_RESET_NETWORK", default="20/hour")),
}

# Whom a municipality with `pdok` as the source of its addresses asks.
LOCATIESERVER_URL = env.str("LOCATIESERVER_URL", default="https://api.pdok.nl/bzk/locatieserver/search/v3_1")

# Where map tiles come from. Empty: the municipality's own polygons are the map.
TILES_URL = env.str("TILES_URL", default="")
TILES_ATTRIBUTION = env.str("TILES_ATTRIBUTION", default="Kaartgegevens © Kadaster")
_TILES_ORIGIN = ["/".join(TILES_URL.split("/")[:3]).replace("{s}", "*")] if TILES_URL else []

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", *_TILES_ORIGIN],
        "connect-src": [SELF],
        "font-src": [SELF],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": [SELF],
        "frame-ancestors": ["'none'"],
    },
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["meldingen.intake.api.parsers.ShallowJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "UNAUTHENTICATED_USER": None,
    "EXCEPTION_HANDLER": "meldingen.api.answers.answer",
    "DEFAULT_SCHEMA_CLASS": "meldingen.api.schema.Schema",
    "DEFAULT_METADATA_CLASS": None,
    # A parameter of the same name belongs to the views that have one.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.1",
    "POSTPROCESSING_HOOKS": [],
    "COMPONENT_SPLIT_REQUEST": True,
    "SERVE_INCLUDE_SCHEMA": False,
}

# Debian 12 has GDAL 3.6; why its warning does not touch us is in docs/adr/0002-gdal-of-debian-12.md.
SILENCED_SYSTEM_CHECKS = ["gis.W001"]

# Nothing that a person wrote is ever logged: messages carry codes and ids only.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_keys": {"()": "meldingen.conf.logs.NoKeys"}},
    "formatters": {
        "line": {"()": "meldingen.conf.logs.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_keys"]}},
    # These have handlers of their own; here they lose them, so that everything goes through the one above.
    "loggers": {name: {"level": "INFO", "propagate": True} for name in ("django", "gunicorn.error")}
    # It names whole addresses, and in those that PDOK is asked stands what a resident typed.
    | {"urllib3": {"level": "ERROR", "propagate": True}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}

# Only where this is true may a release be drawn: a staging copy of the database must not draw again (docs/privacy.md).
PUBLISHING = env.bool("PUBLISHING", default=True)
