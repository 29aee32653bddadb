"""Streets, water, green and buildings for our own map: all of a file in the place of what was loaded before."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from math import atan2, degrees, hypot, isfinite
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.gis.gdal import CoordTransform, GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry, LineString, Point
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from meldingen.files.reading import BrokenFile
from meldingen.places.loading.columns import plain
from meldingen.places.loading.landmarks import gather_landmarks
from meldingen.places.loading.layers import Feature, quiet, read_shapes
from meldingen.places.loading.shapes import METRES, way_of
from meldingen.places.models import MapFeature
from meldingen.tenancy.models import Municipality

BATCH = 2000
KIND, NAME, RANK = ("soort", "kind", "type"), ("naam", "name", "straatnaam", "openbareruimte"), ("klasse", "rank")
RANKS = {"hoofd": MapFeature.Rank.MAIN, "": MapFeature.Rank.STREET, "straat": MapFeature.Rank.STREET}
RANKS |= {"pad": MapFeature.Rank.PATH}
LINES, SURFACES = {"LineString", "MultiLineString"}, {"Polygon", "MultiPolygon"}
SHAPES = {
    MapFeature.Kind.STREET: LINES,
    MapFeature.Kind.WATER: LINES | SURFACES,
    MapFeature.Kind.GREEN: SURFACES,
    MapFeature.Kind.BUILDING: SURFACES,
}


@dataclass
class Outcome:
    """How many of each kind."""

    number: dict[str, int] = field(default_factory=dict)


def load_map(
    municipality: Municipality, path: Path, srid: int | None = None, on_feature: Callable[[], object] = int
) -> Outcome:
    """All or nothing; BrokenFile says which feature is wrong and how."""
    outcome = Outcome()
    with quiet(), transaction.atomic():
        MapFeature.objects.of(municipality)._raw_delete(using="default")
        features = _read(municipality, path, srid, on_feature)
        while batch := list(islice(features, BATCH)):
            for feature in MapFeature.objects.bulk_create(batch):
                outcome.number[feature.kind] = outcome.number.get(feature.kind, 0) + 1
        if not outcome.number:
            raise BrokenFile(_("%(file)s: has no features.") % {"file": path.name})
        gather_landmarks(municipality)
        municipality.map_loaded_at = timezone.now()
        municipality.save(update_fields=["map_loaded_at"])
    return outcome


def _read(
    municipality: Municipality, path: Path, srid: int | None, on_feature: Callable[[], object]
) -> Iterator[MapFeature]:
    names = {*KIND, *NAME, *RANK}
    for layer in read_shapes(path, lambda name: plain(name) in names):
        way = way_of(layer.file, layer.srid if srid is None else srid)
        for feature in layer.features:
            on_feature()
            yield _feature(municipality, feature, way.transform)


def _feature(municipality: Municipality, feature: Feature, transform: CoordTransform) -> MapFeature:
    values = {plain(name): str(value or "").strip() for name, value in feature.properties.items()}
    kind, name, rank = (next((values[each] for each in names if values.get(each)), "") for names in (KIND, NAME, RANK))
    if kind.lower() not in MapFeature.Kind.values:
        words = _("property soort is “%(kind)s”; there are: %(known)s")
        raise feature.broken(words % {"kind": kind[:20], "known": ", ".join(MapFeature.Kind.values)})
    if rank.lower() not in RANKS:
        words = _("property klasse is “%(rank)s”; there are: %(known)s")
        raise feature.broken(words % {"rank": rank[:20], "known": ", ".join(filter(None, RANKS))})
    if len(name) > 80:
        raise feature.broken(_("its name is longer than 80 characters"))
    map_feature = MapFeature(municipality=municipality, kind=kind.lower(), name=name, rank=RANKS[rank.lower()])
    map_feature.geometry = _shape(feature, transform, SHAPES[MapFeature.Kind(map_feature.kind)])
    if map_feature.kind == MapFeature.Kind.STREET and name:
        map_feature.label_point, map_feature.label_turn, map_feature.label_room = _label(map_feature.geometry)
    return map_feature


def _shape(feature: Feature, transform: CoordTransform, types: set[str]) -> GEOSGeometry:
    try:
        shape = feature.shape()
        if shape is None:
            raise feature.broken(_("it has no geometry"))
        shape.set_measured(False)
        shape.set_3d(False)
        geometry = shape.geos
        if geometry.geom_type not in types or geometry.empty:
            words = _("geometry is a %(type)s; it must be one of %(allowed)s")
            raise feature.broken(words % {"type": geometry.geom_type, "allowed": ", ".join(sorted(types))})
        geometry.transform(transform)
    except (GDALException, GEOSException, ValueError, TypeError, SuspiciousOperation) as error:
        raise feature.broken(_("geometry cannot be read")) from error
    west, south, east, north = geometry.extent
    if not all(map(isfinite, geometry.extent)) or not (
        METRES[0] <= west and METRES[1] <= south and east <= METRES[2] and north <= METRES[3]
    ):
        raise feature.broken(_("it lies outside the Netherlands"))
    geometry.srid = settings.SRID_STORED
    return geometry


def _label(street: GEOSGeometry) -> tuple[Point, int, float]:
    """Where the name stands: the middle of the longest stretch without a bend; its turn, and its length in metres."""
    lines: list[Any] = [street] if isinstance(street, LineString) else list(street)  # type: ignore[call-overload]
    stretches = (stretch for line in lines for stretch in pairwise(line.simplify(2).coords))
    (x1, y1), (x2, y2) = max(stretches, key=lambda ends: hypot(ends[1][0] - ends[0][0], ends[1][1] - ends[0][1]))
    turn = degrees(atan2(y2 - y1, x2 - x1))
    upright = turn - 180 if turn > 90 else turn + 180 if turn <= -90 else turn
    middle = Point((x1 + x2) / 2, (y1 + y2) / 2, srid=settings.SRID_STORED)
    return middle, round(upright), hypot(x2 - x1, y2 - y1)
