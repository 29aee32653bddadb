"""The addresses under /api/v1/."""

from django.urls import path

from meldingen.intake.api.views import BuurtenView, CategorieenView, MeldingenView

app_name = "api"
urlpatterns = [
    path("meldingen", MeldingenView.as_view(), name="meldingen"),
    path("categorieen", CategorieenView.as_view(), name="categorieen"),
    path("buurten", BuurtenView.as_view(), name="buurten"),
]
