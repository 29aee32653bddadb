"""The box around a municipality, as portals ask for it to place it on a map."""

from collections.abc import Iterator
from typing import Any

from analytics.grid import AreaMap


def box(area_map: AreaMap) -> str:
    """A polygon in WKT, longitude before latitude; empty when nothing was drawn."""
    points = [point for mapped_area in area_map.areas for point in _points(mapped_area.border)]
    if not points:
        return ""
    west, east = min(x for x, _y in points), max(x for x, _y in points)
    south, north = min(y for _x, y in points), max(y for _x, y in points)
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    return f"POLYGON(({','.join(f'{x} {y}' for x, y in corners)}))"


def _points(border: Any) -> Iterator[tuple[float, float]]:
    """The points of a border, however deep its rings lie."""
    nodes = border["coordinates"] if isinstance(border, dict) else border
    if nodes and isinstance(nodes[0], int | float):
        yield float(nodes[0]), float(nodes[1])
        return
    for node in nodes:
        yield from _points(node)
