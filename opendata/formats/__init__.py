"""The formats of a release and of a whole history. A module renders a Document, a History or a map to bytes."""

import hashlib
import json as plain_json
from collections.abc import Callable
from dataclasses import dataclass

from opendata.datasets import Caveats, Dataset, Document
from opendata.datasets.history import History
from opendata.formats import csv, geojson, json, jsonl, parquet, xlsx

Borders = dict[str, object]
# One more whenever the same release would be written otherwise than before: its files then are a new version.
LAYOUT = 5


@dataclass(frozen=True)
class Kind:
    """What HTTP and DCAT-AP call a kind of file, and whether it gets smaller by being packed."""

    name: str
    label: str
    media_type: str
    charset: str
    eu_file_type: str
    packs: bool

    @property
    def content_type(self) -> str:
        return f"{self.media_type}; charset={self.charset}" if self.charset else self.media_type


@dataclass(frozen=True)
class Format(Kind):
    """A way to write a release.

    needs_borders: it is rendered with the borders of its areas; others get none. for_areas: it is made where one row is
    one area, and of no other table. is_reproducible: the same Document always gives the same bytes. What is not (an
    archive that holds the moment it was made) is made once, and when it is lost another file takes its place, with a
    checksum of its own.
    """

    render: Callable[[Document, Borders], bytes]
    needs_borders: bool = False
    for_areas: bool = False
    is_reproducible: bool = True


@dataclass(frozen=True)
class HistoryFormat(Kind):
    """A way to write all periods of a dataset. Such a file is never promised the same bytes: a new one is a version."""

    render: Callable[[History], bytes]


CSV = Kind("csv", "CSV", "text/csv", "utf-8", "CSV", packs=True)
JSON = Kind("json", "JSON", "application/json", "", "JSON", packs=True)
GEOJSON = Kind("geojson", "GeoJSON", "application/geo+json", "", "GEOJSON", packs=True)
JSONL = Kind("jsonl", "JSON Lines", "application/jsonl", "utf-8", "JSON", packs=True)
PARQUET = Kind("parquet", "Parquet", "application/vnd.apache.parquet", "", "PARQUET", packs=False)
XLSX = Kind(
    "xlsx",
    "Excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "",
    "XLSX",
    packs=False,
)
GEOPACKAGE = Kind("gpkg", "GeoPackage", "application/geopackage+sqlite3", "", "GPKG", packs=True)

FORMATS: dict[str, Format] = {
    kind.name: kind
    for kind in (
        Format(**vars(CSV), render=csv.render),
        Format(**vars(JSON), render=json.render),
        Format(**vars(GEOJSON), render=geojson.render, needs_borders=True, for_areas=True),
    )
}
# The order in which people are offered them.
HISTORY_FORMATS: dict[str, HistoryFormat] = {
    kind.name: kind
    for kind in (
        HistoryFormat(**vars(CSV), render=csv.render_history),
        HistoryFormat(**vars(XLSX), render=xlsx.render_history),
        HistoryFormat(**vars(PARQUET), render=parquet.render_history),
        HistoryFormat(**vars(JSONL), render=jsonl.render_history),
    )
}
MAP_FORMATS: dict[str, Kind] = {kind.name: kind for kind in (GEOJSON, GEOPACKAGE)}


def formats_of(dataset: Dataset) -> dict[str, Format]:
    """Those in which a release of it is written."""
    return {name: kind for name, kind in FORMATS.items() if dataset.is_of_areas or not kind.for_areas}


def version_of(caveats: Caveats) -> str:
    """The name of a version of the files of a release. It changes when reproducible ones would have other bytes."""
    return hashlib.sha256(plain_json.dumps([LAYOUT, caveats.spans]).encode()).hexdigest()


__all__ = [
    "FORMATS",
    "HISTORY_FORMATS",
    "LAYOUT",
    "MAP_FORMATS",
    "Borders",
    "Format",
    "HistoryFormat",
    "Kind",
    "formats_of",
    "version_of",
]
