"""The formats of a release. A module renders a Document to bytes; the same Document gives the same bytes."""

import hashlib
import json as plain_json
from collections.abc import Callable
from dataclasses import dataclass

from opendata.datasets import Caveats, Document
from opendata.formats import csv, geojson, json

Borders = dict[str, object]
# One more whenever the same release would be written otherwise than before: its files then are a new version.
LAYOUT = 3


@dataclass(frozen=True)
class Format:
    """A way to write a release, with the names that HTTP and DCAT-AP know it by."""

    name: str
    label: str
    media_type: str
    charset: str
    eu_file_type: str
    render: Callable[[Document, Borders], bytes]

    @property
    def content_type(self) -> str:
        """For the header."""
        return f"{self.media_type}; charset={self.charset}" if self.charset else self.media_type


FORMATS: dict[str, Format] = {
    found.name: found
    for found in (
        Format("csv", "CSV", "text/csv", "utf-8", "CSV", csv.render),
        Format("json", "JSON", "application/json", "", "JSON", json.render),
        Format("geojson", "GeoJSON", "application/geo+json", "", "GEOJSON", geojson.render),
    )
}


def version_of(caveats: Caveats) -> str:
    """What the files of a release are told apart by: another one when they would have other bytes."""
    return hashlib.sha256(plain_json.dumps([LAYOUT, caveats.spans]).encode()).hexdigest()


__all__ = ["FORMATS", "Borders", "Format", "version_of"]
