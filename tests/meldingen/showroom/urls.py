"""All addresses, and the door of the demonstration as DEMO=on adds it."""

from django.urls import include, path

from meldingen.conf import urls

urlpatterns = [path("demo/", include("meldingen.showroom.urls")), *urls.urlpatterns]
