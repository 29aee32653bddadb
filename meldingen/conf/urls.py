"""Every address of the deployment."""

from django.urls import URLPattern, URLResolver, path

from meldingen.views.health import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("gezond", health, name="health"),
]
