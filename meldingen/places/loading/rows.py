"""Rows with a place: a CSV with x and y or lon and lat, or the points of a GeoJSON or GeoPackage."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.gis.gdal import CoordTransform, GDALException, OGRGeometry
from django.contrib.gis.geos import GEOSException
from django.utils.translation import gettext as _

from meldingen import texts
from meldingen.files.reading import BrokenFile, refuse_closed
from meldingen.files.sheets import Line, read_lines
from meldingen.places import geo
from meldingen.places.loading.columns import plain
from meldingen.places.loading.layers import Layer, quiet, read_shapes
from meldingen.places.loading.shapes import way_of

Columns = Mapping[str, Sequence[str]]
METRES, DEGREES = ("x", "y"), ("lon", "lat")
NOWHERE = (0.0, 0.0)


@dataclass(frozen=True)
class PlacedRow:
    """A row: its line (or the number of its feature), what it says by our names, how the file calls those, its place.

    `wrong` says why it cannot be read, and `column` where.
    """

    line: int
    values: Mapping[str, str]
    names: Mapping[str, str]
    xy: tuple[float, float] = NOWHERE
    cells: Mapping[str, str] = field(default_factory=dict)
    column: str = ""
    wrong: str = ""


def read_placed(
    path: Path, columns: Columns, obligatory: Sequence[str], srid: int | None = None
) -> Iterator[PlacedRow]:
    """Each row of a file, in stored metres. BrokenFile where a required column is missing or it is no such file."""
    refuse_closed(path)
    if path.suffix.lower() in (".csv", ".txt"):
        yield from _of_csv(path, columns, obligatory)
    else:
        with quiet():
            for layer in read_shapes(path, lambda name: plain(name) in _every(columns)):
                yield from _of_layer(layer, columns, obligatory, srid)


def _every(columns: Columns) -> set[str]:
    return {name for names in columns.values() for name in names}


def _names_in_file(header: Sequence[str], columns: Columns, file: str, obligatory: Sequence[str]) -> dict[str, str]:
    """By our names those of the file; the first that fits counts."""
    there = {plain(name): name for name in reversed(header)}
    name_of = {ours: next((there[name] for name in names if name in there), "") for ours, names in columns.items()}
    if missing := [columns[ours][0] for ours in obligatory if not name_of[ours]]:
        words = _("%(file)s: column %(missing)s is missing. The file has: %(names)s.")
        raise BrokenFile(words % {"file": file, "missing": ", ".join(missing), "names": ", ".join(header) or "-"})
    return name_of


def _of_csv(path: Path, columns: Columns, obligatory: Sequence[str]) -> Iterator[PlacedRow]:
    names: dict[str, str] = {}
    numbers: tuple[str, str] = ("", "")
    transform: CoordTransform | None = None
    for line in read_lines(path, []):
        if not names:
            header = list(line.cells)
            names = _names_in_file(header, columns, path.name, obligatory)
            numbers, transform = _numbers(header, path.name)
        yield _row(line, names, numbers, transform)


def _numbers(header: Sequence[str], file: str) -> tuple[tuple[str, str], CoordTransform | None]:
    """The two columns of the place, and how they become metres."""
    there = {plain(name): name for name in header}
    if all(name in there for name in METRES):
        return (there["x"], there["y"]), None
    for two in (DEGREES, ("longitude", "latitude")):
        if all(name in there for name in two):
            return (there[two[0]], there[two[1]]), geo.transformation(settings.SRID_DOOR, settings.SRID_STORED)
    words = _("%(file)s: columns x and y (metres, EPSG:28992) are missing, or lon and lat (degrees).")
    raise BrokenFile(words % {"file": file})


def _row(line: Line, names: Mapping[str, str], numbers: tuple[str, str], transform: CoordTransform | None) -> PlacedRow:
    cells = line.cells
    values = {ours: cells.get(name, "") if name else "" for ours, name in names.items()}
    if line.wrong:
        return PlacedRow(line.number, values, names, NOWHERE, cells, line.column, line.wrong)
    try:
        x, y = (float(cells[name].replace(",", ".")) for name in numbers)
    except ValueError:
        wrong_column = next(name for name in numbers if not _is_number(cells[name]))
        return PlacedRow(line.number, values, names, NOWHERE, cells, wrong_column, _("no number"))
    xy = (x, y) if transform is None else _in_metres(x, y)
    if xy is None or not all(map(isfinite, xy)):
        return PlacedRow(line.number, values, names, NOWHERE, cells, numbers[0], _("no place in the Netherlands"))
    return PlacedRow(line.number, values, names, xy, cells)


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


def _in_metres(longitude: float, latitude: float) -> tuple[float, float] | None:
    point = geo.from_door(longitude, latitude)
    return None if point is None else (point.x, point.y)


def _of_layer(layer: Layer, columns: Columns, obligatory: Sequence[str], srid: int | None) -> Iterator[PlacedRow]:
    way = way_of(layer.file, layer.srid if srid is None else srid)
    for feature in layer.features:
        header = list(feature.properties)
        names = _names_in_file(header, columns, layer.file, obligatory)
        cells = {name: _text(feature.properties[name]) for name in header}
        values = {ours: cells.get(name, "") for ours, name in names.items()}
        try:
            xy = _point(feature.shape(), way.transform)
        except (GDALException, GEOSException, ValueError, TypeError):
            xy = None
        wrong = "" if xy else _("geometry is not a point")
        yield PlacedRow(feature.number, values, names, xy or NOWHERE, cells, "geometry" if wrong else "", wrong)


def _text(value: object) -> str:
    if value is None:
        return ""
    return texts.clean(str(value).removesuffix(".0") if isinstance(value, float) else str(value)).strip()


def _point(shape: OGRGeometry | None, transform: CoordTransform) -> tuple[float, float] | None:
    if shape is None or shape.geom_type.name not in ("Point", "Point25D"):
        return None
    shape.transform(transform)
    point: Any = shape.geos
    x, y = point.x, point.y
    return (x, y) if isfinite(x) and isfinite(y) else None
