"""Our own map in squares: what lies in one, in whole units of that square, so that a browser only has to draw it."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection

from meldingen.places.models import MapFeature
from meldingen.tenancy.models import Municipality

# A square is drawn 512 pixels wide, half a pixel a unit; what lies BESIDE it is there too, or edges would show.
UNITS, BESIDE = 1024, 24
ZOOMS = range(7, 19)
# From which zoom of the squares a kind is there, and which ranks of street.
STREETS_FROM, PATHS_FROM, BUILDINGS_FROM = 11, 13, 14

_INSIDE = """
WITH square AS MATERIALIZED (SELECT shape, ST_XMax(shape) - ST_XMin(shape) AS side,
    ST_Transform(ST_Expand(shape, (ST_XMax(shape) - ST_XMin(shape)) * %(beside)s / %(units)s), %(stored)s) AS reach
    FROM ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS shape)
SELECT kind, rank, name, ST_AsGeoJSON(drawn, 0), label_turn, label_room,
    (ST_X(label) - ST_XMin(shape)) / side * %(units)s, (ST_YMax(shape) - ST_Y(label)) / side * %(units)s
FROM square, LATERAL (
    SELECT kind, rank, name, label_turn, label_room, ST_Transform(label_point, 3857) AS label,
        ST_AsMVTGeom(ST_Transform(geometry, 3857), shape, %(units)s, %(beside)s, true) AS drawn
    FROM meldingen_mapfeature
    WHERE municipality_id = %(municipality)s AND geometry && reach AND kind = ANY(%(kinds)s)
        AND (kind <> 'straat' OR rank <= %(rank)s)
    ORDER BY rank, label_room DESC, id) AS own
WHERE drawn IS NOT NULL"""


def exists(z: int, x: int, y: int) -> bool:
    """Whether a square with these numbers can be asked for."""
    return z in ZOOMS and 0 <= x < 2**z and 0 <= y < 2**z


def square(municipality: Municipality, z: int, x: int, y: int) -> bytes:
    """JSON: lists of lines or rings by kind; of streets with their rank and name, and where the name may stand."""
    kinds = [MapFeature.Kind.WATER, MapFeature.Kind.GREEN, MapFeature.Kind.STREET]
    kinds += [MapFeature.Kind.BUILDING] if z >= BUILDINGS_FROM else []
    rank = MapFeature.Rank.PATH if z >= PATHS_FROM else MapFeature.Rank.STREET
    values: dict[str, Any] = {
        "municipality": municipality.pk, "z": z, "x": x, "y": y, "units": UNITS, "beside": BESIDE,
        "stored": settings.SRID_STORED, "kinds": kinds, "rank": rank if z >= STREETS_FROM else MapFeature.Rank.MAIN,
    }  # fmt: skip
    of_kind: dict[str, list[Any]] = {kind: [] for kind in kinds}
    with connection.cursor() as cursor:
        cursor.execute(_INSIDE, values)
        for kind, of_rank, name, geojson, *label in cursor.fetchall():
            lines = list(_lines(json.loads(geojson)))
            if kind == MapFeature.Kind.STREET:
                at = [None if number is None else round(number) for number in label]
                of_kind[kind].append([of_rank, name, lines, at])
            elif lines:
                of_kind[kind].append(lines)
    return json.dumps(of_kind, separators=(",", ":"), ensure_ascii=False).encode()


def _lines(shape: dict[str, Any]) -> Iterator[list[Any]]:
    """The lines and rings of any geometry, each as one list of numbers: x, y, x, y."""
    if shape["type"] == "GeometryCollection":
        for part in shape["geometries"]:
            yield from _lines(part)
        return
    lines = {"LineString": [shape], "Point": [], "MultiPoint": []}.get(shape["type"])
    if lines is not None:
        yield from ([number for place in line["coordinates"] for number in place] for line in lines)
        return
    rings = shape["coordinates"]
    if shape["type"] == "MultiPolygon":
        rings = [ring for polygon in rings for ring in polygon]
    yield from ([number for place in ring for number in place] for ring in rings)
