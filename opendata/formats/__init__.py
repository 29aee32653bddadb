"""The formats of a release. A module renders a Document to bytes."""

import hashlib
import json as plain_json
from collections.abc import Callable
from dataclasses import dataclass

from opendata.datasets import Caveats, Document
from opendata.formats import csv, geojson, json

Borders = dict[str, object]
# One more whenever the same release would be written otherwise than before: its files then are a new version.
LAYOUT = 4


@dataclass(frozen=True)
class Format:
    """A way to write a release, with the names that HTTP and DCAT-AP know it by.

    needs_borders: it is rendered with the borders of its areas; others get none. is_reproducible: the same Document
    always gives the same bytes. What is not (an archive that holds the moment it was made) is made once, and when it is
    lost another file takes its place, with a checksum of its own.
    """

    name: str
    label: str
    media_type: str
    charset: str
    eu_file_type: str
    render: Callable[[Document, Borders], bytes]
    needs_borders: bool
    is_reproducible: bool

    @property
    def content_type(self) -> str:
        return f"{self.media_type}; charset={self.charset}" if self.charset else self.media_type


FORMATS: dict[str, Format] = {
    found.name: found
    for found in (
        Format("csv", "CSV", "text/csv", "utf-8", "CSV", csv.render, needs_borders=False, is_reproducible=True),
        Format("json", "JSON", "application/json", "", "JSON", json.render, needs_borders=False, is_reproducible=True),
        Format(
            "geojson",
            "GeoJSON",
            "application/geo+json",
            "",
            "GEOJSON",
            geojson.render,
            needs_borders=True,
            is_reproducible=True,
        ),
    )
}


def version_of(caveats: Caveats) -> str:
    """The name of a version of the files of a release. It changes when reproducible ones would have other bytes."""
    return hashlib.sha256(plain_json.dumps([LAYOUT, caveats.spans]).encode()).hexdigest()


__all__ = ["FORMATS", "Borders", "Format", "version_of"]
