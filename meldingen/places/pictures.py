"""A small map round a point as shapes of an SVG: for pages without JavaScript, for summaries and for paper."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection

from meldingen.places.models import MapFeature
from meldingen.tenancy.models import Municipality

WIDE, HIGH = 480, 280  # units of the drawing
METRES = 220.0  # what its width shows
MOST_NAMES = 3
# Up to which width a picture has names, buildings, paths and streets.
NAMES_WITHIN, BUILDINGS_WITHIN, PATHS_WITHIN, STREETS_WITHIN = 600.0, 1_500.0, 3_000.0, 12_000.0
LETTER = 9.0  # units that a letter of a name takes
# Pixels of a street by its rank, at this scale.
WIDTHS = {MapFeature.Rank.MAIN: 26, MapFeature.Rank.STREET: 20, MapFeature.Rank.PATH: 5}

_SHAPES = """
WITH here AS (SELECT ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, %(srid)s) AS box)
SELECT kind, rank, ST_Dimension(geometry), string_agg(
    ST_AsSVG(ST_TransScale(ST_Simplify(ST_ClipByBox2D(geometry, box), %(off)s),
        -%(west)s, -%(north)s, %(scale)s, %(scale)s), 1, 0), ' ')
FROM here, meldingen_mapfeature
WHERE municipality_id = %(municipality)s AND geometry && box
    AND kind = ANY(%(kinds)s) AND (kind <> 'straat' OR rank <= %(rank)s)
GROUP BY kind, rank, ST_Dimension(geometry) ORDER BY kind, rank DESC"""
_NAMES = """
WITH here AS (SELECT ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, %(srid)s) AS box),
parts AS (
    SELECT DISTINCT ON (name) name, rank, part.geom AS line
    FROM here, meldingen_mapfeature, LATERAL ST_Dump(ST_LineMerge(ST_ClipByBox2D(geometry, box))) AS part
    WHERE municipality_id = %(municipality)s AND kind = 'straat' AND name <> '' AND geometry && box
        AND ST_GeometryType(part.geom) = 'ST_LineString'
    ORDER BY name, ST_Length(part.geom) DESC)
SELECT name, ST_X(middle), ST_Y(middle), degrees(ST_Azimuth(
    ST_LineInterpolatePoint(line, 0.4), ST_LineInterpolatePoint(line, 0.6)))
FROM parts, LATERAL ST_LineInterpolatePoint(line, 0.5) AS middle
WHERE ST_Length(line) * %(scale)s > length(name) * %(letter)s
ORDER BY rank, ST_Length(line) DESC LIMIT %(most)s"""


@dataclass(frozen=True)
class Shape:
    """A path in the drawing; `width` of a line, with the casing round a street."""

    path: str
    width: int = 0

    @property
    def casing(self) -> int:
        """How wide the line is with its edges."""
        return self.width + 3


@dataclass(frozen=True)
class Name:
    """The name of a street, where its middle is and how far it is turned."""

    text: str
    x: int
    y: int
    turn: int


@dataclass(frozen=True)
class MapPicture:
    """What lies round a point, which is its middle."""

    green: Sequence[Shape] = ()
    water: Sequence[Shape] = ()
    canals: Sequence[Shape] = ()
    buildings: Sequence[Shape] = ()
    streets: Sequence[Shape] = ()
    names: Sequence[Name] = ()
    width: int = field(default=WIDE, init=False)
    height: int = field(default=HIGH, init=False)

    @property
    def middle(self) -> tuple[int, int]:
        """Where the pin stands."""
        return WIDE // 2, HIGH // 2


def around(municipality: Municipality, point: Point | None, metres: float = METRES) -> MapPicture | None:
    """The picture of a stored point; None without one, or where the town has no map of its own. Two queries.

    `metres`: what its width shows. From afar small streets, buildings and names are left out.
    """
    if point is None or not municipality.map_loaded_at:
        return None
    values = _box(point, metres) | {"municipality": municipality.pk, "srid": settings.SRID_STORED}
    with connection.cursor() as cursor:
        cursor.execute(_SHAPES, values | _detail(metres))
        shapes = cursor.fetchall()
        cursor.execute(_NAMES, values | {"most": MOST_NAMES if metres <= NAMES_WITHIN else 0, "letter": LETTER})
        names = cursor.fetchall()
    return MapPicture(
        green=_paths(shapes, MapFeature.Kind.GREEN, 2),
        water=_paths(shapes, MapFeature.Kind.WATER, 2),
        canals=_paths(shapes, MapFeature.Kind.WATER, 1, width=8),
        buildings=_paths(shapes, MapFeature.Kind.BUILDING, 2),
        streets=_paths(shapes, MapFeature.Kind.STREET, 1, shrinks=metres / METRES),
        names=[_name(row, values) for row in names],
    )


def _box(point: Point, metres: float) -> dict[str, Any]:
    high = metres * HIGH / WIDE
    return {
        "west": point.x - metres / 2, "east": point.x + metres / 2, "south": point.y - high / 2,
        "north": point.y + high / 2, "scale": WIDE / metres,
    }  # fmt: skip


def _detail(metres: float) -> dict[str, Any]:
    """What is drawn of a piece so wide, and by how many metres a corner may be off."""
    kinds = [MapFeature.Kind.WATER, MapFeature.Kind.GREEN, MapFeature.Kind.STREET]
    kinds += [MapFeature.Kind.BUILDING] if metres <= BUILDINGS_WITHIN else []
    ranks = (MapFeature.Rank.PATH, PATHS_WITHIN), (MapFeature.Rank.STREET, STREETS_WITHIN)
    rank = next((rank for rank, within in ranks if metres <= within), MapFeature.Rank.MAIN)
    return {"kinds": kinds, "rank": rank, "off": metres / WIDE / 2 if metres > METRES else 0}


def _paths(shapes: Sequence[Any], kind: str, dimension: int, width: int = 0, shrinks: float = 1) -> list[Shape]:
    return [
        Shape(path, width or (max(1, round(WIDTHS[rank] / shrinks)) if kind == MapFeature.Kind.STREET else 0))
        for of_kind, rank, of_dimension, path in shapes
        if (of_kind, of_dimension) == (kind, dimension) and path
    ]


def _name(row: Any, values: dict[str, Any]) -> Name:
    text, x, y, azimuth = row
    turn = round(azimuth or 90) - 90  # along the street, and never upside down
    turn = turn - 180 if turn > 90 else turn + 180 if turn < -90 else turn
    across, down = (x - values["west"]) * values["scale"], (values["north"] - y) * values["scale"]
    return Name(text, round(across), round(down), turn)
