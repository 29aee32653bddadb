"""Every address of the deployment."""

from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from meldingen.views.health import health
from meldingen.views.home import home

urlpatterns: list[URLPattern | URLResolver] = [
    path("gezond", health, name="health"),
    path("", home, name="home"),
    # Without a token: the button is on pages that caches may keep, and all that it changes is a language.
    path("taal/", csrf_exempt(set_language), name="set_language"),
]
