"""Places: between what is stored and what comes and goes at the doors, and from a point to its buurt."""

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite
from threading import local
from typing import Any

from django.conf import settings
from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.db.models.functions import AsGeoJSON, GeoFunc, Transform
from django.contrib.gis.gdal import CoordTransform, OGRGeometry, SpatialReference
from django.contrib.gis.gdal.error import GDALException
from django.contrib.gis.geos import GEOSGeometry, Point
from django.db import connection
from django.db.models import F, Value

from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality

# A pin this far from the nearest buurt, in metres, still lies in it: borders are drawn coarsely, along a quay or
# halfway a canal, and a telephone is some metres wrong.
NEAR = 50
# A map that shows so little that a pin may be off by more metres than this asks to zoom in first.
PRECISE = 25
_LINE = 2  # what WKB calls it

_PLACES = """
WITH own AS NOT MATERIALIZED (
    SELECT id, code, level, geometry FROM meldingen_area
    WHERE municipality_id = %(municipality)s AND vintage = %(vintage)s AND NOT is_retired)
SELECT buurt, buurt IS NOT NULL OR EXISTS (
    SELECT FROM own WHERE level = 'gemeente' AND ST_Covers(geometry, place))
FROM (SELECT n, ST_SetSRID(ST_MakePoint(x, y), %(srid)s) AS place
      FROM unnest(%(xs)s::float8[], %(ys)s::float8[]) WITH ORDINALITY AS points (x, y, n)) AS places,
LATERAL (SELECT COALESCE(
    (SELECT id FROM own WHERE level = 'buurt' AND ST_Covers(geometry, place) ORDER BY code LIMIT 1),
    (SELECT id FROM own WHERE level = 'buurt' AND ST_DWithin(geometry, place, %(near)s)
        AND EXISTS (SELECT FROM own WHERE level = 'gemeente' AND ST_Covers(geometry, place))
     ORDER BY ST_Distance(geometry, place), code LIMIT 1)) AS buurt OFFSET 0) AS nearest
ORDER BY n"""


@dataclass(frozen=True)
class Located:
    """Where a point lies: the id of its buurt, or None; and whether the gemeente has it."""

    buurt_id: int | None
    in_gemeente: bool


class _Simplify(GeoFunc):
    """A border with fewer corners that stays a border."""

    function = "ST_SimplifyPreserveTopology"
    output_field = GeometryField(srid=settings.SRID_STORED)


class _Round(GeoFunc):
    """A border on a grid, still a border: what is smaller than a cell of the grid, a sliver or a pinhole, is gone."""

    function = "ST_ReducePrecision"
    output_field = GeometryField(srid=settings.SRID_DOOR)


class _Turning(GeoFunc):
    """Always several polygons, that turn as RFC 7946 wants it: outside counterclockwise, holes clockwise."""

    function = "ST_ForcePolygonCCW"
    template = "ST_Multi(%(function)s(%(expressions)s))"
    output_field = GeometryField(srid=settings.SRID_DOOR)


class _Memory(local):
    """The transformations of this thread: two threads may not use one of GDAL's at the same time."""

    def __init__(self) -> None:
        self.by_srids: dict[tuple[int, int], CoordTransform] = {}


_memory = _Memory()


def transformation(source: int, target: int) -> CoordTransform:
    """The one of this thread between two systems by their EPSG numbers. SRSException for a number that is none."""
    # geom.transform(srid) builds a transformation at each call, 13 ms on Debian 12's GDAL; these serve every call.
    if (source, target) not in _memory.by_srids:
        _memory.by_srids[source, target] = CoordTransform(SpatialReference(source), SpatialReference(target))
    return _memory.by_srids[source, target]


def from_door(longitude: float, latitude: float) -> Point | None:
    """A stored point from degrees; None where these degrees have no place in the stored system."""
    if not (abs(longitude) <= 180 and abs(latitude) <= 90):
        return None
    point = Point(longitude, latitude, srid=settings.SRID_DOOR)
    try:
        into_storage(point)
    except GDALException:
        return None
    return point if isfinite(point.x) and isfinite(point.y) else None


def from_doors(places: Sequence[tuple[float, float]]) -> list[Point | None]:
    """The same of very many longitudes and latitudes: all of them are transformed at once, as the corners of a line."""
    on_earth = [abs(longitude) <= 180 and abs(latitude) <= 90 for longitude, latitude in places]
    numbers = [number for place, is_place in zip(places, on_earth, strict=True) if is_place for number in place]
    size = len(numbers) // 2
    line = OGRGeometry(memoryview(struct.pack(f"<BII{2 * size}d", 1, _LINE, size, *numbers)))
    try:
        line.transform(transformation(settings.SRID_DOOR, settings.SRID_STORED))
    except GDALException:  # one of them has no place there
        return [from_door(*place) for place in places]
    metres = iter(struct.unpack(f"<{2 * size}d", bytes(line.wkb)[9:]))
    points = [Point(next(metres), next(metres), srid=settings.SRID_STORED) if each else None for each in on_earth]
    return [point if point and isfinite(point.x) and isfinite(point.y) else None for point in points]


def into_storage(geometry: GEOSGeometry) -> None:
    """Bring a geometry in degrees, in place, into the stored system. GDALException where it has no place there."""
    geometry.transform(transformation(settings.SRID_DOOR, settings.SRID_STORED))


def point_of(x: float, y: float) -> Point:
    """A point as it is stored, from its metres."""
    return Point(x, y, srid=settings.SRID_STORED)


def to_door(point: Point) -> tuple[float, float]:
    """Longitude and latitude in degrees of a stored point."""
    out = point.clone()
    out.transform(transformation(settings.SRID_STORED, settings.SRID_DOOR))
    return out.x, out.y


def border(name: str, *, decimals: int, tolerance: float = 0) -> AsGeoJSON:
    """The border in a column as valid GeoJSON in degrees, for annotate(); it may move `tolerance` metres.

    Without coordinates where the whole area is smaller than a unit of the last decimal.
    """
    shape = _Simplify(F(name), Value(float(tolerance))) if tolerance else F(name)
    degrees = _Round(Transform(shape, settings.SRID_DOOR), Value(10.0**-decimals))
    return AsGeoJSON(_Turning(degrees), precision=decimals)


def is_near(area: Area, point: Point) -> bool:
    """Whether the stored point lies in the area, or at most NEAR metres beside it."""
    return Area.objects.filter(pk=area.pk, geometry__dwithin=(point, NEAR)).exists()


def locate(municipality: Municipality, points: Sequence[Point | None]) -> list[Located]:
    """For each stored point its place in the borders in use of this municipality, in one query.

    The buurt is the one that covers the point, on a shared edge that with the lowest code. A point in the gemeente that
    no buurt covers lies in the nearest one within NEAR metres. None, for a point that there is not, lies nowhere.
    """
    return locate_all(municipality, [(point.x, point.y) if point else (None, None) for point in points])


def locate_all(municipality: Municipality, places: Sequence[tuple[float | None, float | None]]) -> list[Located]:
    """The same for stored metres: a file has a million of them, and a point costs more than its numbers."""
    xs, ys = ([place[axis] for place in places] for axis in (0, 1))
    values: dict[str, Any] = {
        "municipality": municipality.pk, "vintage": municipality.area_vintage or 0, "srid": settings.SRID_STORED,
        "xs": xs, "ys": ys, "near": NEAR,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, values)
        return [Located(*row) for row in cursor.fetchall()]
