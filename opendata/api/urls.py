"""The addresses under /data/api/v1/."""

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from meldingen.api.schema import Interface, describing
from opendata.api.front import root
from opendata.api.views import ComparisonView, DatasetsView, FiguresView
from opendata.taken import count

ROOT = "/data/api/v1/"
_ANSWERING: list[URLPattern] = [
    path("datasets", DatasetsView.as_view(), name="data_api_datasets"),
    path("cijfers", count(FiguresView.as_view()), name="data_api_figures"),
    path("vergelijking", count(ComparisonView.as_view()), name="data_api_comparison"),
]
_OURS = Interface(
    ROOT,
    _("Reports: figures"),
    _(
        "Numbers of reports as they were published: filter, group, add up, compare. Each number carries noise that "
        "protects reporters, and the bounds between which the true number lies 9 times out of 10. Add up here, not by "
        "hand: then the bounds are right."
    ),
)
urlpatterns: list[URLPattern] = [
    path("", root, name="data_api"),
    *_ANSWERING,
    path("openapi.json", describing(_OURS, _ANSWERING), name="data_api_openapi"),
]
