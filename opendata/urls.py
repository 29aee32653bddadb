"""Addresses of the portal. Those of files never change: /data/<dataset>/<period>.<format>."""

from django.urls import URLPattern, path, register_converter
from django.urls.converters import IntConverter, SlugConverter
from django.views.generic import RedirectView

from opendata.dcat import SYNTAXES
from opendata.formats import FORMATS, HISTORY_FORMATS, MAP_FORMATS
from opendata.histories import NAME
from opendata.portal import buurt, catalogue, downloads, figures, home, news, pages, registry, view_files


class PeriodConverter:
    """A month (2026-07), a quarter (2026-Q3) or a year (2026)."""

    regex = r"[0-9]{4}(?:-(?:[0-9]{2}|Q[1-4]))?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class DatasetConverter(SlugConverter):
    """As long as the name of one may be: a longer one asks no storage. None is called as the interface is."""

    regex = "(?!api(?:/|$))[-a-z0-9]{1,80}"


class VintageConverter(IntConverter):
    regex = "[0-9]{4}"


class FormatConverter(PeriodConverter):
    regex = "|".join(FORMATS)


class HistoryFormatConverter(PeriodConverter):
    regex = "|".join(HISTORY_FORMATS)


class MapFormatConverter(PeriodConverter):
    regex = "|".join(MAP_FORMATS)


class ViewFormatConverter(PeriodConverter):
    regex = "|".join(view_files.MEDIA_TYPES)


class SyntaxConverter(PeriodConverter):
    regex = "|".join(SYNTAXES)


class FeedConverter(PeriodConverter):
    regex = "|".join(news.FEEDS)


class WhichConverter(PeriodConverter):
    """A period, or the whole history."""

    regex = f"{PeriodConverter.regex}|{NAME}"


register_converter(DatasetConverter, "dataset")
register_converter(VintageConverter, "vintage")
register_converter(PeriodConverter, "period")
register_converter(WhichConverter, "which")
register_converter(HistoryFormatConverter, "history_format")
register_converter(MapFormatConverter, "map_format")
register_converter(FormatConverter, "format")
register_converter(ViewFormatConverter, "view_format")
register_converter(SyntaxConverter, "syntax")
register_converter(FeedConverter, "feed")

urlpatterns: list[URLPattern] = [
    path("", home.index, name="data"),
    path("privacy", pages.privacy, name="data_privacy"),
    # Else the address of a dataset takes it.
    path("privacy/", RedirectView.as_view(pattern_name="data_privacy", permanent=True, query_string=True)),
    path("api/", RedirectView.as_view(pattern_name="data_api", permanent=True)),
    path("api/v1", RedirectView.as_view(pattern_name="data_api", permanent=True)),
    path("catalog", catalogue.by_accept, name="data_catalogue_by_accept"),
    path("catalog.<syntax:extension>", catalogue.catalogue, name="data_catalogue"),
    path("<feed:name>.atom", news.feed, name="data_feed"),
    path("dp-registratie.json", registry.registry_entry, name="data_registry"),
    path("sitemap.xml", news.sitemap, name="data_sitemap"),
    path("gebieden-<vintage:vintage>.<map_format:extension>", downloads.areas, name="data_areas"),
    path("mijn-buurt/<slug:code>", buurt.buurt, name="data_buurt"),
    path("<dataset:dataset>/", figures.dataset, name="data_dataset"),
    path("<dataset:dataset>/bestanden", downloads.files, name="data_files"),
    path("<dataset:dataset>.<view_format:extension>", figures.view, name="data_view"),
    path("<dataset:dataset>/laatste.<format:extension>", downloads.latest, name="data_latest"),
    path(f"<dataset:dataset>/{NAME}.<history_format:extension>", downloads.history, name="data_history"),
    path("<dataset:dataset>/<which:which>.csv-metadata.json", downloads.metadata, name="data_metadata"),
    path("<dataset:dataset>/<period:period>.<format:extension>", downloads.download, name="data_file"),
]
