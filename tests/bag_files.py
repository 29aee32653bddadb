"""Invented addresses, streets and objects for a real town, in the columns of the BAG: to try out, and for nothing else.

`python -m tests.bag_files BUURTEN.geojson PLACE FOLDER` reads borders of buurten (degrees) and writes addresses.csv,
map.geojson and objects.csv. Nothing of it stands in Schiedam or Assen: streets are called after their buurt.
"""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians
from pathlib import Path
from typing import Any

from meldingen.demo.ground import contains

Point = tuple[float, float]
HIGH = 111_320.0  # metres of a degree of latitude
STEP, HOUSE, LAMP = 12.0, 9.0, 36.0  # metres along a street and beside it, and between lamps
LONGEST = 60  # steps in a direction


@dataclass(frozen=True)
class Street:
    """A straight street inside one buurt: its places, one step apart."""

    name: str
    postcode: str
    line: tuple[Point, ...]


def streets(collection: dict[str, object]) -> Iterator[Street]:
    """Two for each buurt, across one another, as far as its border lets them."""
    features = collection["features"]
    assert isinstance(features, list)
    for number, feature in enumerate(features):
        ring = _ring(feature["geometry"])
        middle = _inside(ring)
        if middle is None:
            continue
        name = str(feature["properties"]["naam"])[:60]
        for ending, way in (("weg", (1.0, 0.0)), ("pad", (0.0, 1.0))):
            line = _line(ring, middle, way)
            if len(line) > 1:
                yield Street(f"{name}-{ending}", f"{1000 + number}{'AB' if ending == 'weg' else 'CD'}", line)


def _ring(geometry: dict[str, Any]) -> list[Point]:
    """The outer ring of its largest part."""
    parts = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    outer = [[(float(x), float(y)) for x, y in part[0]] for part in parts]
    return max(outer, key=len)


def _inside(ring: Sequence[Point]) -> Point | None:
    """A point well inside: the middle of its longest crossing of some lines from west to east."""
    lows, highs = min(y for _x, y in ring), max(y for _x, y in ring)
    best: tuple[float, Point | None] = (0.0, None)
    for part in range(1, 8):
        y = lows + (highs - lows) * part / 8
        crossings = sorted(
            x1 + (y - y1) * (x2 - x1) / (y2 - y1)
            for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True)
            if (y1 > y) != (y2 > y)
        )
        for west, east in zip(crossings[::2], crossings[1::2], strict=False):
            best = max(best, (east - west, ((west + east) / 2, y)), key=lambda each: each[0])
    return best[1]


def _line(ring: Sequence[Point], middle: Point, way: Point) -> tuple[Point, ...]:
    forth = list(_steps(ring, middle, way))
    back = list(_steps(ring, middle, (-way[0], -way[1])))
    return (*reversed(back), middle, *forth)


def _steps(ring: Sequence[Point], start: Point, way: Point) -> Iterator[Point]:
    """One step after the other while it and the house beside it are inside."""
    for number in range(1, LONGEST):
        point = _moved(start, (way[0] * STEP * number, way[1] * STEP * number))
        if not all(contains(ring, _moved(point, (way[1] * side, way[0] * side))) for side in (-2 * HOUSE, 2 * HOUSE)):
            return
        yield point


def _moved(point: Point, metres: Point) -> Point:
    return point[0] + metres[0] / (HIGH * cos(radians(point[1]))), point[1] + metres[1] / HIGH


def write(collection: dict[str, object], place: str, folder: Path) -> str:
    """The three files; what was written, in words."""
    folder.mkdir(parents=True, exist_ok=True)
    every = list(streets(collection))
    addresses = [row for street in every for row in _addresses(street, place)]
    lamps = list(_lamps(every))
    columns = [
        "openbareruimte",
        "huisnummer",
        "huisletter",
        "huisnummertoevoeging",
        "postcode",
        "woonplaats",
        "lon",
        "lat",
    ]
    _write(folder / "addresses.csv", columns, addresses)
    _write(folder / "objects.csv", ["soort", "nummer", "naam", "lon", "lat"], lamps)
    features = [
        {
            "type": "Feature",
            "properties": {"soort": "straat", "naam": street.name},
            "geometry": {"type": "LineString", "coordinates": street.line},
        }
        for street in every
    ]
    (folder / "map.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    return f"invented: {len(every)} streets, {len(addresses)} addresses, {len(lamps)} lamps\n"


def _addresses(street: Street, place: str) -> Iterator[list[object]]:
    across = _across(street.line)
    for number, point in enumerate(street.line):
        for side in (0, 1):
            x, y = _moved(point, (across[0] * HOUSE * (2 * side - 1), across[1] * HOUSE * (2 * side - 1)))
            yield [street.name, 2 * number + 1 + side, "", "", street.postcode, place, f"{x:.6f}", f"{y:.6f}"]


def _lamps(every: Sequence[Street]) -> Iterator[list[object]]:
    number = 0
    for street in every:
        for point in street.line[:: round(LAMP / STEP)]:
            number += 1
            yield ["lichtmast", f"{number:04d}", f"Lichtmast {street.name}", f"{point[0]:.6f}", f"{point[1]:.6f}"]


def _across(line: Sequence[Point]) -> Point:
    (x1, y1), (x2, y2) = line[0], line[-1]
    wide, high = x2 - x1, y2 - y1
    long = hypot(wide, high)
    return -high / long, wide / long


def _write(path: Path, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


if __name__ == "__main__":
    source, town, out = sys.argv[1:]
    sys.stdout.write(write(json.loads(Path(source).read_text("utf-8")), town, Path(out)))
