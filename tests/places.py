"""Shapes for a map of the town of the tests, and places with a name on it."""

from typing import Any

from meldingen.places.addresses.spelling import key_of
from meldingen.places.models import Landmark
from tests.factories import Town

RD = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}


def square(town: Town, kind: str, name: str, east: float = 0, north: float = 0) -> dict[str, Any]:
    """A feature of sixty metres beside the place that the town's west has its point at."""
    x, y = town.point().x + east, town.point().y + north
    ring = [[x, y], [x + 60, y], [x + 60, y + 60], [x, y + 60], [x, y]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"soort": kind, "naam": name}, "geometry": geometry}


def landmark(town: Town, kind: str, name: str, metres: float = 40, east: float = 0) -> Landmark:
    """A place around that point, or `east` of it."""
    point = town.point()
    point.x += east
    return Landmark.objects.create(
        municipality=town.municipality, kind=kind, name=name, key=key_of(name), geometry=point.buffer(metres)
    )
