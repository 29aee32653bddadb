"""The ground under an invented town, in metres from its middle: its buurten, its water and its parks."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

METRES_PER_DEGREE = 111_250.0
SHORE = 14.0  # no street comes nearer to water

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Projection:
    """Between degrees and metres around one place: flat enough for a town."""

    longitude: float
    latitude: float

    def metres(self, degrees: Point) -> Point:
        """From longitude and latitude."""
        east = (degrees[0] - self.longitude) * METRES_PER_DEGREE * math.cos(math.radians(self.latitude))
        return east, (degrees[1] - self.latitude) * METRES_PER_DEGREE

    def degrees(self, metres: Point) -> Point:
        """To longitude and latitude, as they are written."""
        east = metres[0] / METRES_PER_DEGREE / math.cos(math.radians(self.latitude))
        return round(self.longitude + east, 6), round(self.latitude + metres[1] / METRES_PER_DEGREE, 6)


@dataclass(frozen=True)
class Box:
    """The smallest rectangle around a ring: most points lie outside it, which is seen without its corners."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, ring: Ring) -> "Box":
        """Of these corners."""
        xs, ys = zip(*ring, strict=True)
        return cls(min(xs), min(ys), max(xs), max(ys))

    def is_near(self, point: Point, metres: float = 0.0) -> bool:
        """Whether a point lies in it, or not further out than this."""
        x, y = point
        return self.west - metres <= x <= self.east + metres and self.south - metres <= y <= self.north + metres


@dataclass(frozen=True)
class Buurt:
    """One buurt: its ring in metres, and how many people live there."""

    code: str
    name: str
    wijk: str
    ring: Ring
    inhabitants: int
    density: int

    @property
    def middle(self) -> Point:
        """The middle of its corners."""
        xs, ys = zip(*self.ring, strict=True)
        return sum(xs) / len(xs), sum(ys) / len(ys)

    @cached_property
    def box(self) -> "Box":
        """What the ring lies in."""
        return Box.around(self.ring)


@dataclass(frozen=True)
class Shape:
    """Water or a park: a name and a ring."""

    name: str
    ring: Ring

    @cached_property
    def box(self) -> "Box":
        """What the ring lies in."""
        return Box.around(self.ring)


@dataclass(frozen=True)
class Ground:
    """What a town is built on."""

    projection: Projection
    buurten: Sequence[Buurt]
    waters: Sequence[Shape]
    parks: Sequence[Shape]

    def buurt_at(self, point: Point) -> Buurt | None:
        """The buurt around a point."""
        near = (buurt for buurt in self.buurten if buurt.box.is_near(point))
        return next((buurt for buurt in near if contains(buurt.ring, point)), None)

    def is_wet(self, point: Point) -> bool:
        """Whether it lies in water, or on its shore."""
        near = (water for water in self.waters if water.box.is_near(point, SHORE))
        return any(contains(water.ring, point) or distance(water.ring, point) < SHORE for water in near)


def contains(ring: Sequence[Point], point: Point) -> bool:
    """Whether a point lies inside a closed ring, by the even-odd rule."""
    x, y = point
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) * (x2 - x1) / (y2 - y1):
            inside = not inside
    return inside


def distance(line: Sequence[Point], point: Point) -> float:
    """How far a point is from a line."""
    return min(_from_edge(a, b, point) for a, b in pairwise(line))


def _from_edge(a: Point, b: Point, point: Point) -> float:
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    along = 0.0 if not length else max(0.0, min(1.0, ((point[0] - a[0]) * dx + (point[1] - a[1]) * dy) / length))
    return math.hypot(a[0] + along * dx - point[0], a[1] + along * dy - point[1])


def read_ground(folder: Path, waters: Sequence[Shape], parks: Sequence[Shape]) -> Ground:
    """The buurten of a town's folder, with the water and the parks that are told, in metres."""
    features = json.loads((folder / "buurten.geojson").read_text(encoding="utf-8"))["features"]
    corners = [tuple(corner) for feature in features for corner in feature["geometry"]["coordinates"][0]]
    projection = Projection(sum(x for x, _y in corners) / len(corners), sum(y for _x, y in corners) / len(corners))
    buurten = [
        Buurt(
            feature["properties"]["code"],
            feature["properties"]["naam"],
            feature["properties"]["wijkcode"],
            [projection.metres((x, y)) for x, y in feature["geometry"]["coordinates"][0]],
            feature["properties"]["inwoners"],
            feature["properties"]["omgevingsadressendichtheid"],
        )
        for feature in features
    ]
    return Ground(projection, buurten, waters, parks)


def oval(name: str, middle: Point, wide: float, high: float) -> Shape:
    """A pond or a park with 24 corners."""
    turns = [2 * math.pi * n / 24 for n in range(24)]
    ring = [(middle[0] + wide / 2 * math.cos(t), middle[1] + high / 2 * math.sin(t)) for t in turns]
    return Shape(name, [*ring, ring[0]])


def band(name: str, line: Sequence[Point], width: float) -> Shape:
    """A river along a line from west to east."""
    north = [(x, y + width / 2) for x, y in line]
    south = [(x, y - width / 2) for x, y in reversed(line)]
    return Shape(name, [*north, *south, north[0]])
