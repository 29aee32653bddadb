"""Every address of the deployment."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.i18n import set_language

from meldingen.followup import views as followup
from meldingen.intake.views import melden, photo_of_form, sighting_page, thanks
from meldingen.nearby.views import public_map, spots_geojson
from meldingen.notifications import views as follow
from meldingen.places.views import areas_geojson, around, find_buurt, square, suggested
from meldingen.staffsite.site import site
from meldingen.web.about import accessibility, privacy
from meldingen.web.health import health
from meldingen.web.home import home
from meldingen.web.looks import logo, stylesheet
from meldingen.web.public import all_read_as_public, read_as_public
from meldingen.web.robots import robots
from meldingen.web.security import security
from meldingen.web.style import style

urlpatterns: list[URLPattern | URLResolver] = [
    path("gezond", health, name="health"),
    path("beheer/", site.urls),
    path(".well-known/security.txt", read_as_public(security), name="security"),
    path("robots.txt", read_as_public(robots), name="robots"),
    path("huisstijl/<slug:digest>.css", read_as_public(stylesheet), name="stylesheet"),
    path("huisstijl/logo/<str:name>", read_as_public(logo), name="logo"),
    path("", read_as_public(home), name="home"),
    path("privacy/", privacy, name="privacy"),
    path("toegankelijkheid/", accessibility, name="accessibility"),
    path("stijl/", read_as_public(style), name="style"),
    path("melden/", melden, name="melden"),
    # The same with photos in it: only here may a request be so large.
    path("melden/fotos", melden, name="melden_photos"),
    path("melden/foto/<str:token>", photo_of_form, name="melden_photo"),
    path("melden/bedankt/<str:token>", thanks, name="melden_thanks"),
    path("melden/gezien/<str:token>", sighting_page, name="melden_seen"),
    path("volg/", follow.ask, name="volg_help"),
    path("volg/<str:token>/adres", followup.address, name="volg_address"),
    path("volg/<str:token>/toevoegen", followup.add, name="volg_add"),
    path("volg/<str:token>/fotos", followup.photos, name="volg_photos"),
    path("volg/<str:token>/intrekken", followup.withdraw, name="volg_withdraw"),
    path("volg/<str:token>/opgelost", followup.solution, name="volg_solved"),
    path("volg/<str:token>/niet-opgelost", followup.shortfall, name="volg_unsolved"),
    path("volg/<str:token>/oordeel", followup.grade, name="volg_grade"),
    path("volg/<str:token>.txt", follow.copy, name="volg_copy"),
    path("volg/<str:token>/niet-ik", follow.not_me, name="volg_niet_ik"),
    path("volg/<str:token>/mail", follow.mail, name="volg_mail"),
    path("volg/<str:token>/foto/<uuid:key>/<slug:size>", follow.photo, name="volg_photo"),
    path("volg/<str:token>", follow.volg, name="volg"),
    path("data/api/v1/", all_read_as_public(include("opendata.api.urls"))),
    path("data/", all_read_as_public(include("opendata.urls"), asking_nothing=["data_history", "data_areas"])),
    path("kaart/", read_as_public(public_map), name="map"),
    path("kaart/meldingen.geojson", read_as_public(spots_geojson), name="spots"),
    path("kaart/gebieden.geojson", read_as_public(areas_geojson), name="areas"),
    path("kaart/vlak/<int:z>/<int:x>/<int:y>.json", read_as_public(square), name="square"),
    path("kaart/adressen", read_as_public(suggested), name="addresses"),
    # Without a token: it is on a page that caches may keep, and changes nothing.
    path("kaart/buurt", csrf_exempt(read_as_public(find_buurt)), name="find_buurt"),
    path("kaart/rondom", read_as_public(around), name="around"),
    # What comes in is stored; all else there is public.
    path("api/v1/", all_read_as_public(include("meldingen.intake.api.urls"), but=["meldingen", "fotos"])),
    # Without a token: the button is on pages that caches may keep, and all that it changes is a language.
    path("taal/", csrf_exempt(set_language), name="set_language"),
]

if settings.DEMO:
    urlpatterns.append(path("demo/", include("meldingen.showroom.urls")))

handler400 = "meldingen.web.errors.bad_request"
handler403 = "meldingen.web.errors.forbidden"
handler404 = "meldingen.web.errors.not_found"
handler500 = "meldingen.web.errors.our_fault"
