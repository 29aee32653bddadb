"""The addresses under /api/v1/."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from meldingen.api.schema import Interface, describing
from meldingen.intake.api.views import BuurtenView, CategorieenView, FotosView, MeldingenView, VragenView

app_name = "api"
_ANSWERING: list[URLPattern] = [
    path("meldingen", MeldingenView.as_view(), name="meldingen"),
    path("fotos", FotosView.as_view(), name="fotos"),
    path("categorieen", CategorieenView.as_view(), name="categorieen"),
    path("categorieen/<slug:slug>/vragen", VragenView.as_view(), name="vragen"),
    path("buurten", BuurtenView.as_view(), name="buurten"),
]
_OURS = Interface(
    "/api/v1/",
    _("Meldingen: take in"),
    _("For programs that send in what residents report. No key is needed; nothing about meldingen is given out."),
)
urlpatterns: list[URLPattern] = [
    *_ANSWERING,
    path("openapi.json", describing(_OURS, _ANSWERING), name="openapi"),
]
