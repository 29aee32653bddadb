"""Borders as shapes of a small picture: neighbours keep sharing their border, and what is smaller than a dot goes."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

WIDTH = 640
TALLEST = 720
FINEST = 2  # of a unit of the picture: half of one


@dataclass(frozen=True)
class Spot:
    """The middle of an area, where its name goes, and how much room there is from left to right."""

    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Outlines:
    """Area code -> the path of its shape, in a box of this size, and the spot for its name."""

    width: int
    height: int
    paths: Mapping[str, str]
    spots: Mapping[str, Spot] = field(default_factory=dict)


def outlines(borders: Mapping[str, Any]) -> Outlines:
    """From GeoJSON geometries in degrees. North is up, and a metre is as long across as up in the middle of the box."""
    points = [point for border in borders.values() for ring in _rings(border) for point in ring]
    if not points:
        return Outlines(WIDTH, 1, {})
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    squeeze = math.cos(math.radians((south + north) / 2))
    across, up = max((east - west) * squeeze, 1e-9), max(north - south, 1e-9)
    scale = min(WIDTH / across, TALLEST / up)
    left = (WIDTH - across * scale) / 2

    def place(point: Sequence[float]) -> tuple[int, int]:
        x = left + (point[0] - west) * squeeze * scale
        return round(x * FINEST), round((north - point[1]) * scale * FINEST)

    paths = {code: _path(border, place) for code, border in borders.items()}
    spots = {code: spot for code, border in borders.items() if (spot := _spot(border, place))}
    return Outlines(WIDTH, math.ceil(up * scale), paths, spots)


def _spot(border: Any, place: Callable[[Sequence[float]], tuple[int, int]]) -> Spot | None:
    """The widest stretch of its largest part, half way between its north and its south."""
    rings = [[place(point) for point in ring] for ring in _rings(border)]
    largest = max(rings, key=_surface, default=[])
    if len(largest) < 3:
        return None
    middle = (min(y for _x, y in largest) + max(y for _x, y in largest)) / 2 + 0.25  # on no corner
    cuts = sorted(
        x1 + (middle - y1) * (x2 - x1) / (y2 - y1)
        for (x1, y1), (x2, y2) in pairwise([*largest, largest[0]])
        if (y1 < middle) != (y2 < middle)
    )
    stretches = list(zip(cuts[::2], cuts[1::2], strict=False))
    if not stretches:
        return None
    left, right = max(stretches, key=lambda one: one[1] - one[0])
    return Spot(round((left + right) / 2 / FINEST, 1), round(middle / FINEST, 1), round((right - left) / FINEST, 1))


def _surface(ring: Sequence[tuple[int, int]]) -> float:
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise([*ring, *ring[:1]]))) / 2


def _rings(border: Any) -> Iterator[Sequence[tuple[float, float]]]:
    if not border:
        return
    polygons = [border["coordinates"]] if border["type"] == "Polygon" else border["coordinates"]
    for polygon in polygons:
        for ring in polygon:
            yield [(point[0], point[1]) for point in ring]


def _path(border: Any, place: Any) -> str:
    parts = []
    for ring in _rings(border):
        corners = _without_points_on_the_way(list(dict.fromkeys(map(place, ring))))
        if len(corners) > 2:
            parts.append("M" + "L".join(f"{_short(x)} {_short(y)}" for x, y in corners) + "Z")
    return "".join(parts)


def _without_points_on_the_way(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Without the points that lie on the way between their neighbours."""
    if len(points) < 4:
        return points
    corners = points[:1]
    for here, after in pairwise(points[1:]):
        before = corners[-1]
        if (here[0] - before[0]) * (after[1] - here[1]) != (here[1] - before[1]) * (after[0] - here[0]):
            corners.append(here)
    return [*corners, points[-1]]


def _short(number: int) -> str:
    return f"{number / FINEST:g}"
