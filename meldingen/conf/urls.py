"""Every address of the deployment."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from meldingen.tenancy.site import site
from meldingen.views import following
from meldingen.views.health import health
from meldingen.views.home import home
from meldingen.views.maps import areas
from meldingen.views.melden import melden, thanks

urlpatterns: list[URLPattern | URLResolver] = [
    path("gezond", health, name="health"),
    path("beheer/", site.urls),
    path("", home, name="home"),
    path("melden/", melden, name="melden"),
    path("melden/bedankt/<str:token>", thanks, name="melden_thanks"),
    path("volg/", following.volg, name="volg_help"),
    path("volg/<str:token>.txt", following.copy, name="volg_copy"),
    path("volg/<str:token>/niet-ik", following.not_me, name="volg_niet_ik"),
    path("volg/<str:token>/mail", following.mail, name="volg_mail"),
    path("volg/<str:token>", following.volg, name="volg"),
    path("data/", include("opendata.urls")),
    path("kaart/gebieden.geojson", areas, name="areas"),
    path("api/v1/", include("meldingen.api.urls")),
    # Without a token: the button is on pages that caches may keep, and all that it changes is a language.
    path("taal/", csrf_exempt(set_language), name="set_language"),
]

handler400 = "meldingen.views.errors.bad_request"
handler404 = "meldingen.views.errors.not_found"
handler500 = "meldingen.views.errors.broken"
