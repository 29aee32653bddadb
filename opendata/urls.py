"""Addresses of the portal. Those of files never change: /data/<dataset>/<period>.<format>."""

from django.urls import URLPattern, path, register_converter
from django.views.generic import RedirectView

from opendata.formats import FORMATS
from opendata.portal import catalogue, downloads, pages


class PeriodConverter:
    """A month (2026-07), a quarter (2026-Q3) or a year (2026)."""

    regex = r"[0-9]{4}(?:-(?:[0-9]{2}|Q[1-4]))?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class FormatConverter(PeriodConverter):
    regex = "|".join(FORMATS)


register_converter(PeriodConverter, "period")
register_converter(FormatConverter, "format")

urlpatterns: list[URLPattern] = [
    path("", pages.index, name="data"),
    path("privacy", pages.privacy, name="data_privacy"),
    # Else the address of a dataset takes it.
    path("privacy/", RedirectView.as_view(pattern_name="data_privacy", permanent=True, query_string=True)),
    path("catalog.ttl", catalogue.turtle, name="data_catalogue"),
    path("<slug:dataset>/", pages.dataset, name="data_dataset"),
    path("<slug:dataset>/laatste.<format:extension>", downloads.latest, name="data_latest"),
    path("<slug:dataset>/<period:period>.<format:extension>", downloads.download, name="data_file"),
]
