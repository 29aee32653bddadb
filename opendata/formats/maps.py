"""The areas of one year of borders: what figures are joined with on a map, by their codes."""

import json
import logging
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyogrio
from django.contrib.gis.geos import GEOSGeometry

from analytics.grid import AreaMap, MappedArea

# A GeoPackage has a layer of each level, so that no polygon lies over another.
LAYERS = {"gemeente": "gemeente", "wijk": "wijken", "buurt": "buurten"}
CRS = "EPSG:4326"
# GDAL writes this moment into the file, where the present one would make each file another.
MOMENT = "2026-01-01T00:00:00Z"


logging.getLogger("pyogrio").setLevel(logging.WARNING)  # it tells of each layer


def geojson(area_map: AreaMap) -> bytes:
    """RFC 7946, one feature a line; the head says whose the borders are."""
    features = ",\n".join(
        json.dumps(
            {
                "type": "Feature",
                "id": one.area.code,
                "properties": properties(area_map, one),
                "geometry": one.border,
            },
            ensure_ascii=False,
        )
        for one in area_map.areas
    )
    head = {"type": "FeatureCollection", "grensjaar": area_map.vintage, "bron_grenzen": area_map.attribution}
    return f'{json.dumps(head, ensure_ascii=False)[:-1]}, "features": [\n{features}\n]}}\n'.encode()


def geopackage(area_map: AreaMap) -> bytes:
    """A GeoPackage (OGC) with a layer of each level."""
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": MOMENT})
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "gebieden.gpkg"
        for level, layer in LAYERS.items():
            _layer(
                path,
                layer,
                area_map,
                [one for one in area_map.areas if one.area.level == level],
            )
        return path.read_bytes()


def properties(area_map: AreaMap, one: MappedArea) -> dict[str, str | int | None]:
    """What both formats say of an area. Unknown stays unknown."""
    return {
        "code": one.area.code,
        "naam": one.area.name,
        "niveau": one.area.level,
        "ligt_in": one.area.parent,
        "inwoners": one.inhabitants,
        "huishoudens": one.households,
        "grensjaar": area_map.vintage,
        "bron": area_map.attribution,
    }


def _layer(path: Path, layer: str, area_map: AreaMap, areas: list[MappedArea]) -> None:
    rows = [properties(area_map, one) for one in areas]
    names = list(properties(area_map, areas[0])) if areas else []
    if not areas:
        return
    columns = [_column(row[name] for row in rows) for name in names]
    pyogrio.raw.write(
        path,
        geometry=np.array([_wkb(one.border) for one in areas], dtype=object),
        field_data=[values for values, _unknown in columns],
        field_mask=[unknown for _values, unknown in columns],
        fields=names,
        geometry_type="MultiPolygon",
        crs=CRS,
        driver="GPKG",
        layer=layer,
        promote_to_multi=True,
        layer_metadata={"IDENTIFIER": layer},
    )


def _column(values: Iterable[str | int | None]) -> tuple[np.ndarray, np.ndarray]:
    """A column, and where it is unknown."""
    cells = list(values)
    unknown = np.array([value is None for value in cells])
    if any(isinstance(value, str) for value in cells):
        return np.array([value or "" for value in cells], dtype=object), unknown
    return np.array([value or 0 for value in cells], dtype=np.int64), unknown


def _wkb(border: object) -> bytes:
    return bytes(GEOSGeometry(json.dumps(border)).wkb)
