"""GeoJSON (RFC 7946): a feature per row, with the border of its buurt or wijk; no geometry where a row has no place."""

import json

from opendata.datasets import Document
from opendata.formats.json import head


def render(document: Document, borders: dict[str, object]) -> bytes:
    """Longitude and latitude, six decimals; one feature a line. `borders`: area code -> geometry. The head says whose
    the borders are."""
    features = ",\n".join(
        json.dumps(
            {"type": "Feature", "geometry": borders.get(place) if place else None, "properties": row},
            ensure_ascii=False,
        )
        for row, place in zip(document.rows, document.places, strict=True)
    )
    source = {"bron_grenzen": document.attribution} if document.attribution else {}
    before = json.dumps({"type": "FeatureCollection"} | head(document) | source, ensure_ascii=False)[:-1]
    return f'{before}, "features": [\n{features}\n]}}\n'.encode()
