"""Places: between what is stored and what comes and goes at the doors, and from a point to its buurt."""

from math import isfinite
from threading import local

from django.conf import settings
from django.contrib.gis.gdal import CoordTransform, SpatialReference
from django.contrib.gis.gdal.error import GDALException
from django.contrib.gis.geos import GEOSGeometry, Point

from meldingen.models import Area, Municipality


class _Kept(local):
    """The transformations of this thread: two threads may not use one of GDAL's at the same time."""

    def __init__(self) -> None:
        self.by_srids: dict[tuple[int, int], CoordTransform] = {}


_kept = _Kept()


def _transform(source: int, target: int) -> CoordTransform:
    # geom.transform(srid) builds a transformation at each call, 13 ms on Debian 12's GDAL; these serve every call.
    if (source, target) not in _kept.by_srids:
        _kept.by_srids[source, target] = CoordTransform(SpatialReference(source), SpatialReference(target))
    return _kept.by_srids[source, target]


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


def into_storage(geometry: GEOSGeometry) -> None:
    """Bring a geometry in degrees, in place, into the stored system. GDALException where it has no place there."""
    geometry.transform(_transform(settings.SRID_DOOR, settings.SRID_STORED))


def to_door(point: Point) -> tuple[float, float]:
    """Longitude and latitude in degrees of a stored point."""
    out = point.clone()
    out.transform(_transform(settings.SRID_STORED, settings.SRID_DOOR))
    return out.x, out.y


def buurt_at(municipality: Municipality, point: Point) -> Area | None:
    """The buurt of this municipality, in current borders, that covers the point; on a shared edge the lowest code."""
    buurten = Area.objects.filter(municipality=municipality, level=Area.Level.BUURT)
    current = buurten.filter(vintage=municipality.area_vintage or 0)
    return current.filter(geometry__covers=point).defer("geometry").order_by("code").first()
