"""Files with areas as other programs write them: GeoJSON, a GeoPackage, a shapefile. From squares and properties."""

import json
import sqlite3
import struct
from pathlib import Path
from typing import Any

from django.contrib.gis.gdal import SpatialReference
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon
from django.contrib.gis.geos.prototypes.io import WKBWriter

Row = tuple[dict[str, Any], Polygon | None]
GM, WK, BU = "GM0106", "WK010600", "BU01060000"
WEST, SOUTH = 234000, 556000  # of the square town, in stored metres: Assen is there


def square(x: float = 0, y: float = 0, size: float = 1000) -> Polygon:
    """A square in stored metres, x and y from the corner of the town."""
    x, y = WEST + x, SOUTH + y
    return Polygon(((x, y), (x + size, y), (x + size, y + size), (x, y + size), (x, y)), srid=28992)


def moved(shape: Polygon, srid: int) -> Polygon:
    """The same in another system."""
    found = shape.transform(srid, clone=True)
    assert isinstance(found, Polygon)
    return found


def in_degrees(shape: Polygon) -> Polygon:
    """The same in longitude and latitude."""
    return moved(shape, 4326)


def own(code: str, **properties: Any) -> dict[str, Any]:
    """Properties with the names that we use ourselves."""
    above = {"GM": {}, "WK": {"gemeentecode": GM}, "BU": {"gemeentecode": GM, "wijkcode": WK}}[code[:2]]
    return {"code": code, "naam": code, "peiljaar": 2025, "inwoners": 100} | above | properties


def town(**changed: list[Row]) -> dict[str, list[Row]]:
    """A square gemeente of one wijk and one buurt, by the name of its file."""
    files: dict[str, list[Row]] = {
        "gemeente": [(own(GM), square())],
        "wijken": [(own(WK), square())],
        "buurten": [(own(BU), square())],
    }
    return files | changed


def feature(properties: Any, geometry: Any) -> dict[str, Any]:
    """A GeoJSON feature; the geometry as a shape in degrees, or as it must stand there."""
    if isinstance(geometry, GEOSGeometry):
        geometry = json.loads(geometry.json)
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def write_geojson(path: Path, rows: list[Row], degrees: bool = True, **members: Any) -> None:
    """In degrees, or in metres as they are stored; `members` beside the features, such as crs."""
    features = [feature(about, in_degrees(shape) if shape and degrees else shape) for about, shape in rows]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features} | members))


def write_folder(folder: Path, files: dict[str, list[Row]]) -> Path:
    """A GeoJSON file for each level."""
    for name, rows in files.items():
        write_geojson(folder / f"{name}.geojson", rows)
    return folder


GEOPACKAGE = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT, srs_id INTEGER PRIMARY KEY, organization TEXT,
    organization_coordsys_id INTEGER, definition TEXT, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT, identifier TEXT, description TEXT,
    last_change DATETIME DEFAULT '2026-01-01T00:00:00.000Z', min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
    srs_id INTEGER);
CREATE TABLE gpkg_geometry_columns (table_name TEXT PRIMARY KEY, column_name TEXT, geometry_type_name TEXT,
    srs_id INTEGER, z TINYINT, m TINYINT);
"""


def write_geopackage(path: Path, layers: dict[str, list[Row]], srid: int = 28992) -> Path:
    """One layer for each name, with heights, and a table of styles without a geometry, as QGIS keeps it."""
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA application_id = 0x47504B47")
        database.execute("PRAGMA user_version = 10300")
        database.executescript(GEOPACKAGE)
        reference = [str(srid), srid, "EPSG", srid, SpatialReference(srid).wkt, ""]
        database.execute("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", reference)
        database.execute("CREATE TABLE layer_styles (id INTEGER PRIMARY KEY, style TEXT)")
        database.execute("INSERT INTO gpkg_contents (table_name, data_type) VALUES ('layer_styles', 'attributes')")
        for name, rows in layers.items():
            _write_layer(database, name, rows, srid)
    database.close()
    return path


def _write_layer(database: sqlite3.Connection, name: str, rows: list[Row], srid: int) -> None:
    columns = list(dict.fromkeys(column for about, _shape in rows for column in about))
    listed = "".join(f', "{column}"' for column in columns)
    database.execute(f"CREATE TABLE {name} (fid INTEGER PRIMARY KEY, geom MULTIPOLYGON{listed})")
    contents = "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, 'features', ?, ?)"
    database.execute(contents, [name, name, srid])
    database.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'MULTIPOLYGON', ?, 1, 0)", [name, srid])
    for about, shape in rows:
        values = [_geopackage_geometry(shape, srid), *(about.get(column) for column in columns)]
        database.execute(f"INSERT INTO {name} (geom{listed}) VALUES ({', '.join('?' * len(values))})", values)


def _geopackage_geometry(shape: Polygon | None, srid: int) -> bytes | None:
    if shape is None:
        return None
    rings = [[(x, y, 3.5) for x, y in ring] for ring in shape.coords]
    high = MultiPolygon(Polygon(*rings, srid=srid), srid=srid)
    return b"GP\0\1" + struct.pack("<i", srid) + bytes(WKBWriter(dim=3).write(high))


# No EPSG number, and another name.
RD_OF_ESRI = (
    'PROJCS["RD_New",GEOGCS["GCS_Amersfoort",DATUM["D_Amersfoort",SPHEROID["Bessel_1841",6377397.155,299.1528128]],'
    'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]],PROJECTION["Double_Stereographic"],'
    'PARAMETER["False_Easting",155000.0],PARAMETER["False_Northing",463000.0],'
    'PARAMETER["Central_Meridian",5.38763888888889],PARAMETER["Scale_Factor",0.9999079],'
    'PARAMETER["Latitude_Of_Origin",52.15616055555555],UNIT["Meter",1.0]]'
)


def write_shapefile(path: Path, rows: list[Row]) -> Path:
    """Polygons of one ring, every property as text; its .prj as programs of ESRI write it."""
    records, index, position = b"", b"", 50
    for number, (_about, shape) in enumerate(rows, start=1):
        record = _shape_record(shape)
        records += struct.pack(">ii", number, len(record) // 2) + record
        index += struct.pack(">ii", position, len(record) // 2)
        position += 4 + len(record) // 2
    for ending, content in ((".shp", records), (".shx", index)):
        head = struct.pack(">7i", 9994, 0, 0, 0, 0, 0, 50 + len(content) // 2) + struct.pack(
            "<2i8d", 1000, 5, *[0.0] * 8
        )
        path.with_suffix(ending).write_bytes(head + content)
    _write_dbf(path.with_suffix(".dbf"), [about for about, _shape in rows])
    path.with_suffix(".prj").write_text(RD_OF_ESRI)
    return path


def _shape_record(shape: Polygon | None) -> bytes:
    if shape is None:
        return struct.pack("<i", 0)
    (ring,) = shape.coords
    points = b"".join(struct.pack("<2d", x, y) for x, y in reversed(ring))
    return struct.pack("<i4d3i", 5, *shape.extent, 1, len(ring), 0) + points


def _write_dbf(path: Path, rows: list[dict[str, Any]]) -> None:
    columns, width = list(rows[0]), 60
    head = struct.pack("<4BIHH20x", 3, 126, 1, 1, len(rows), 33 + 32 * len(columns), 1 + width * len(columns))
    fields = b"".join(name.encode().ljust(11, b"\0") + struct.pack("<cIBB14x", b"C", 0, width, 0) for name in columns)
    cells = b"".join(b" " + b"".join(str(row[name]).encode().ljust(width) for name in columns) for row in rows)
    path.write_bytes(head + fields + b"\r" + cells + b"\x1a")
    path.with_suffix(".cpg").write_text("UTF-8")
