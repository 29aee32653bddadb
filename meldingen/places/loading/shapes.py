"""From the geometry of a file to what is stored: two dimensions, Dutch metres, no slivers, in the Netherlands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import isfinite
from typing import Any

from django.conf import settings
from django.contrib.gis.gdal import CoordTransform, GDALException, SpatialReference, SRSException
from django.contrib.gis.geos import GEOSException, GEOSGeometry, LinearRing, MultiPoint, MultiPolygon, Point, Polygon
from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext as _

from meldingen.files.reading import BrokenFile
from meldingen.places import geo
from meldingen.places.loading.layers import Feature

# What a part, or a hole, must measure to be one, in square metres. Smaller ones are left by drawing or rounding.
SMALLEST = 1.0
# West, south, east, north of the country: in stored metres, where x and y have no value in common, and in degrees.
METRES = (-10_000.0, 300_000.0, 290_000.0, 640_000.0)
DEGREES = (3.0, 50.6, 7.4, 53.8)

Box = tuple[float, float, float, float]


@dataclass
class Notes:
    """What was done to the geometries of a file, for whoever delivered it: each sentence once."""

    sentences: list[str] = field(default_factory=list)

    def add(self, sentence: str) -> None:
        """A sentence that is there already is not added again."""
        if sentence not in self.sentences:
            self.sentences.append(sentence)


@dataclass(frozen=True)
class Way:
    """How the numbers of a file become stored metres."""

    srid: int
    is_geographic: bool
    transform: CoordTransform


def borders_of(file: str, srid: int | None, features: Sequence[Feature], notes: Notes) -> list[MultiPolygon]:
    """The borders of features of one file with coordinates of `srid`. BrokenFile names what cannot be one.

    Where the file has latitude before longitude, or y before x, all its features are turned round: in the Netherlands
    the two cannot be taken for each other.
    """
    way = way_of(file, srid)
    flats = [_flat(feature) for feature in features]
    turned = not all(_is_dutch(_box(flat), way) for flat in flats)
    if turned and not all(_is_dutch(_turned_box(_box(flat)), way) for flat in flats):
        number = next(n for n, flat in enumerate(flats) if not _is_dutch(_box(flat), way))
        raise features[number].broken(_why_elsewhere(_box(flats[number]), way))
    if turned and flats:
        notes.add(
            _("%(file)s: the two numbers of each place stood the other way round; they were turned.") % {"file": file}
        )
    return [_border(feature, flat, way, turned, notes) for feature, flat in zip(features, flats, strict=True)]


def way_of(file: str, srid: int | None) -> Way:
    """How the numbers of a file with this EPSG number are stored. BrokenFile for one that is missing or unknown."""
    if srid is None:
        raise BrokenFile(
            _("%(file)s does not say which coordinates it holds. Say it with --srid, such as --srid %(srid)d.")
            % {"file": file, "srid": settings.SRID_STORED}
        )
    try:
        reference = SpatialReference(srid)
        if not (reference.geographic or reference.projected):
            raise SRSException
        return Way(srid, bool(reference.geographic), geo.transformation(srid, settings.SRID_STORED))
    except (GDALException, SRSException) as error:
        raise BrokenFile(
            _("%(file)s: the coordinate system EPSG:%(srid)d is not known. Say with --srid which it is.")
            % {"file": file, "srid": srid}
        ) from error


def _flat(feature: Feature) -> GEOSGeometry:
    """The polygons of a feature in two dimensions, as they stand in the file. BrokenFile for anything else."""
    try:
        shape = feature.shape()
        if shape is None:
            raise feature.broken(_("it has no geometry"))
        if shape.has_curve:
            shape = shape.get_linear_geometry()
        shape.set_measured(False)
        shape.set_3d(False)
        geometry = shape.geos
    except (GDALException, GEOSException, ValueError, TypeError, SuspiciousOperation) as error:
        raise feature.broken(_("geometry cannot be read")) from error
    if geometry.geom_type not in ("Polygon", "MultiPolygon") or geometry.empty:
        raise feature.broken(_("geometry is a %(type)s, not a polygon") % {"type": geometry.geom_type})
    if not all(isfinite(side) for side in geometry.extent):
        raise feature.broken(_("geometry has a number that is none"))
    return geometry


def _box(shape: GEOSGeometry) -> Box:
    west, south, east, north = shape.extent
    return west, south, east, north


def _turned_box(box: Box) -> Box:
    return box[1], box[0], box[3], box[2]


def _inside(box: Box, country: Box) -> bool:
    return country[0] <= box[0] and country[1] <= box[1] and box[2] <= country[2] and box[3] <= country[3]


def _is_dutch(box: Box, way: Way) -> bool:
    if way.is_geographic and not _inside(box, (-180.0, -90.0, 180.0, 90.0)):
        return False
    corners = MultiPoint([Point(x, y) for x in (box[0], box[2]) for y in (box[1], box[3])])
    try:
        corners.transform(way.transform)
    except (GDALException, GEOSException):
        return False
    return _inside(_box(corners), METRES)


def _why_elsewhere(box: Box, way: Way) -> str:
    """Where the numbers lie instead, and what helps."""
    either_way = (box, _turned_box(box))
    if way.is_geographic and any(_inside(each, METRES) for each in either_way):
        words = _("its numbers are metres (Rijksdriehoek), not degrees; load the file with --srid %(srid)d")
        return words % {"srid": settings.SRID_STORED}
    if not way.is_geographic and any(_inside(each, DEGREES) for each in either_way):
        words = _("its numbers are degrees, not the metres of EPSG:%(file)d; load the file with --srid %(srid)d")
        return words % {"file": way.srid, "srid": settings.SRID_DOOR}
    words = _("it lies outside the Netherlands, at %(x)g, %(y)g in EPSG:%(srid)d; say with --srid if that is another")
    return words % {"x": box[0], "y": box[1], "srid": way.srid}


def _border(feature: Feature, flat: GEOSGeometry, way: Way, turned: bool, notes: Notes) -> MultiPolygon:
    try:
        whole = _polygons(flat, turned)
        whole.transform(way.transform)
        border, left_out = _without_slivers(whole)
    except (GDALException, GEOSException, ValueError) as error:
        raise feature.broken(_("geometry cannot be read")) from error
    if border.empty:
        raise feature.broken(_("its area is less than a square metre"))
    if not border.valid:
        raise feature.broken(
            _("geometry is not a valid polygon (%(why)s); mend it, in QGIS with “Fix geometries”")
            % {"why": border.valid_reason}
        )
    if left_out:
        notes.add(
            _("%(file)s, feature %(number)d: %(left_out)d parts or holes of less than a square metre were left out.")
            % {"file": feature.file, "number": feature.number, "left_out": left_out}
        )
    return border


def _polygons(flat: GEOSGeometry, turned: bool) -> MultiPolygon:
    polygons: list[Any] = list(flat) if isinstance(flat, MultiPolygon) else [flat]
    if turned:
        polygons = [Polygon(*([(y, x) for x, y in ring] for ring in polygon.coords)) for polygon in polygons]
    return MultiPolygon(polygons)


def _without_slivers(whole: MultiPolygon) -> tuple[MultiPolygon, int]:
    """The parts and holes that are large enough to be meant, and how many are not."""
    polygons: list[Any] = list(whole)
    parts: list[list[LinearRing]] = [list(polygon) for polygon in polygons]
    polygons_meant = [[outside, *filter(_is_meant, holes)] for outside, *holes in parts if _is_meant(outside)]
    left_out = sum(map(len, parts)) - sum(map(len, polygons_meant))
    return MultiPolygon([Polygon(*rings) for rings in polygons_meant], srid=settings.SRID_STORED), left_out


def _is_meant(ring: LinearRing) -> bool:
    # By what goes round it: a ring that crosses itself may have no area, and is not small but wrong.
    return bool(ring.convex_hull.area >= SMALLEST)
