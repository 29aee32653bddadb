"""The web process: `gunicorn meldingen.conf.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "meldingen.conf.settings")

application = get_wsgi_application()
