"""Files with areas: GeoJSON, a GeoPackage or shapefiles; one file for each level, or one file with all of them.

GeoJSON is read by us, for what is broken in it is named by line; the other two by GDAL, whose words stay inside.
"""

import json
import logging
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.gis.gdal import DataSource, GDALException, OGRGeometry, SRSException
from django.contrib.gis.gdal.feature import Feature as GdalFeature
from django.contrib.gis.gdal.layer import Layer as GdalLayer
from django.utils.translation import gettext as _

from meldingen.files.reading import BrokenFile, read_json, refuse_closed
from meldingen.places.models import Area

LEVEL_WORDS = {
    Area.Level.GEMEENTE: ("gemeente", "gemeenten", "gem"),
    Area.Level.WIJK: ("wijk", "wijken"),
    Area.Level.BUURT: ("buurt", "buurten"),
}
GEOJSON = (".geojson", ".json")
# What such a file begins with. GDAL itself goes by the content, and some of its formats name other files to open.
BEGINNINGS = {".gpkg": b"SQLite format 3\0", ".shp": b"\0\0\x27\x0a"}
BESIDE = {".shp": {".shx", ".dbf"}}
ENDINGS = (*GEOJSON, *BEGINNINGS)


@dataclass(frozen=True)
class Feature:
    """One area as it stands in a file; `shape` reads its geometry, None where it has none."""

    file: str
    number: int
    properties: Mapping[str, Any]
    shape: Callable[[], OGRGeometry | None]
    is_line: bool = False

    def broken(self, what: str) -> BrokenFile:
        """The refusal of this feature, in words without a full stop."""
        words = {"file": self.file, "number": self.number, "what": what}
        if self.is_line:
            return BrokenFile(_("%(file)s, line %(number)d: %(what)s.") % words)
        return BrokenFile(_("%(file)s, feature %(number)d: %(what)s.") % words)


@dataclass(frozen=True)
class Layer:
    """Features of one level, None where their codes say it; `srid` is what the file says of its coordinates."""

    file: str
    level: Area.Level | None
    srid: int | None
    features: Iterator[Feature]


@contextmanager
def quiet() -> Iterator[None]:
    """GDAL and GEOS say in English on the console what we say in words."""
    logger = logging.getLogger("django.contrib.gis")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def read_layers(path: Path, prefix: str = "", is_known: Callable[[str], bool] = lambda _name: True) -> list[Layer]:
    """The layers of a file, or of the files of a folder whose names begin with `prefix`; BrokenFile says what lacks.

    Only properties whose name `is_known` are read.
    """
    try:
        path.stat()
        files = _files(path, prefix) if path.is_dir() else {path: None}
    except OSError as error:
        raise _cannot_open(path, error) from error
    return [layer for file, level in files.items() for layer in _layers(file, level, is_known)]


def read_shapes(path: Path, is_known: Callable[[str], bool] = lambda _name: True) -> list[Layer]:
    """Every layer with geometries of one file, whatever it is about. BrokenFile for what cannot be opened."""
    refuse_closed(path)
    if path.suffix.lower() in GEOJSON:
        return [_geojson(path, None, is_known)]
    if path.suffix.lower() not in BEGINNINGS:
        words = _("%(file)s: not a file that we can read here. Use one of: %(known)s.")
        raise BrokenFile(words % {"file": path.name, "known": ", ".join(("", ".csv", *ENDINGS)).removeprefix(", ")})
    layers = _with_geometry(_open(path))
    titles = [path.name if len(layers) == 1 else f"{path.name} ({layer.name})" for layer in layers]
    return [
        Layer(title, None, _srid(layer), _of_layer(title, layer, is_known))
        for title, layer in zip(titles, layers, strict=True)
    ]


def _cannot_open(path: Path, error: OSError) -> BrokenFile:
    return BrokenFile(_("%(file)s: cannot be opened (%(why)s).") % {"file": path.name, "why": error.strerror})


def _files(folder: Path, prefix: str) -> dict[Path, Area.Level | None]:
    """The file of each level: gemeente.geojson, or the only one whose name has the word, such as buurten_2025.shp."""
    there = sorted(path for path in folder.iterdir() if path.suffix.lower() in ENDINGS and path.name.startswith(prefix))
    of_level = {level: _of_level(there, prefix, level) for level in LEVEL_WORDS}
    missing = [level for level, paths in of_level.items() if not paths]
    if len(missing) == len(of_level) and len(there) == 1:
        return {there[0]: None}
    for level, paths in of_level.items():
        if len(paths) == 1:
            continue
        words = _("%(folder)s: no file with %(what)s, such as %(example)s.")
        if paths:
            words = _("%(folder)s: more than one file with %(what)s: %(names)s. Choose with --prefix.")
        word = LEVEL_WORDS[level][-1 if level != Area.Level.GEMEENTE else 0]
        example, names = f"{prefix}{word}.geojson", ", ".join(path.name for path in paths)
        raise BrokenFile(words % {"folder": folder.name, "what": word, "example": example, "names": names})
    return {paths[0]: level for level, paths in of_level.items()}


def _of_level(paths_here: list[Path], prefix: str, level: Area.Level) -> list[Path]:
    words = LEVEL_WORDS[level]
    exact = [path for path in paths_here if path.stem.lower() in {f"{prefix.lower()}{word}" for word in words}]
    return exact or [path for path in paths_here if level_of(path.stem[len(prefix) :]) == level]


def level_of(name: str) -> Area.Level | None:
    """The level that a file or layer is named after, None where it names none or several."""
    words = set(re.findall(r"[a-z]+", name.lower()))
    levels = [level for level, level_words in LEVEL_WORDS.items() if words & set(level_words)]
    return levels[0] if len(levels) == 1 else None


def _layers(path: Path, level: Area.Level | None, is_known: Callable[[str], bool]) -> Iterator[Layer]:
    ending = path.suffix.lower()
    if ending in GEOJSON:
        yield _geojson(path, level, is_known)
    elif ending in BEGINNINGS:
        yield from _gdal(path, level, is_known)
    else:
        endings = ", ".join(ENDINGS)
        raise BrokenFile(
            _("%(file)s: not a file with areas that we can read. Use one of: %(known)s; unpack a .zip first.")
            % {"file": path.name, "known": endings}
        )


def _geojson(path: Path, level: Area.Level | None, is_known: Callable[[str], bool]) -> Layer:
    collection = read_json(path)
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise BrokenFile(_("%(file)s: not a GeoJSON FeatureCollection with features.") % {"file": path.name})
    return Layer(path.name, level, _srid_of_geojson(path, collection.get("crs")), _features(path, features, is_known))


def _srid_of_geojson(path: Path, crs: Any) -> int:
    """The number at the end of urn:ogc:def:crs:EPSG::28992 and its like; without a `crs` GeoJSON is in WGS84."""
    if crs is None:
        return settings.SRID_DOOR
    about = crs.get("properties") if isinstance(crs, dict) else None
    name = str(about.get("name") or about.get("code") or "") if isinstance(about, dict) else ""
    if re.search(r"\bcrs84h?$", name, re.IGNORECASE):
        return settings.SRID_DOOR
    number = re.search(r"(?:^|[:/#.])(\d{4,6})$", name, re.ASCII)
    if number is None:
        raise BrokenFile(
            _("%(file)s: its member crs cannot be read. Say with --srid which numbers it holds.") % {"file": path.name}
        )
    return int(number[1])


def _features(path: Path, features: list[Any], is_known: Callable[[str], bool]) -> Iterator[Feature]:
    for number, feature in enumerate(features, start=1):
        properties = feature.get("properties") if isinstance(feature, dict) else None
        if not isinstance(properties, dict):
            raise Feature(path.name, number, {}, lambda: None).broken(_("it has no properties"))
        ours = {name: value for name, value in properties.items() if is_known(name)}
        yield Feature(path.name, number, ours, partial(_shape, feature.get("geometry")))


def _shape(geometry: Any) -> OGRGeometry | None:
    if not isinstance(geometry, dict):
        return None
    own = {name: geometry.get(name) for name in ("type", "coordinates")}
    return OGRGeometry.from_json(json.dumps(own))


def _gdal(path: Path, level: Area.Level | None, is_known: Callable[[str], bool]) -> Iterator[Layer]:
    layers = _with_geometry(_open(path))
    for layer, own in _choose(path, layers, level):
        title = path.name if len(layers) == 1 else f"{path.name} ({layer.name})"
        yield Layer(title, own, _srid(layer), _of_layer(title, layer, is_known))


def _open(path: Path) -> DataSource:
    try:
        with path.open("rb") as file:
            begins = file.read(16).startswith(BEGINNINGS[path.suffix.lower()])
        beside = {each.suffix.lower() for each in path.parent.iterdir() if each.stem == path.stem}
        if begins and BESIDE.get(path.suffix.lower(), set()) <= beside:
            return DataSource(str(path))
    except OSError as error:
        raise _cannot_open(path, error) from error
    except GDALException:
        pass
    raise BrokenFile(
        _("%(file)s: not a GeoPackage or shapefile, or a damaged one; a shapefile needs its .shx and .dbf beside it.")
        % {"file": path.name}
    )


def _with_geometry(source: DataSource) -> list[GdalLayer]:
    """The layers with geometries; QGIS keeps its styles in another one."""
    layers = [source[index] for index in range(source.layer_count)]
    return [layer for layer in layers if layer.geom_type.name != "None"]


def _choose(path: Path, layers: list[GdalLayer], level: Area.Level | None) -> list[tuple[GdalLayer, Area.Level | None]]:
    if len(layers) == 1:
        return [(layers[0], level)]
    with_levels = [(layer, level_of(layer.name)) for layer in layers]
    levels = [level] if level else list(LEVEL_WORDS)
    choice: list[tuple[GdalLayer, Area.Level | None]] = [(layer, own) for layer, own in with_levels if own in levels]
    if sorted(own for _layer, own in choice if own) != sorted(levels):
        raise BrokenFile(
            _("%(file)s: one layer named after each of %(wanted)s is needed. It has: %(names)s.")
            % {
                "file": path.name,
                "wanted": ", ".join(LEVEL_WORDS[each][1] for each in levels),
                "names": ", ".join(layer.name for layer in layers) or "-",
            }
        )
    return choice


# How the .prj of a shapefile calls them.
BY_NAME = {
    "rdnew": settings.SRID_STORED,
    "amersfoortrdnew": settings.SRID_STORED,
    "gcswgs1984": settings.SRID_DOOR,
    "wgs84": settings.SRID_DOOR,
}


def _srid(layer: GdalLayer) -> int | None:
    """The EPSG number of a layer; None where it has none that we know. Nothing else of its reference is used."""
    reference: Any = layer.srs
    if reference is None:
        return None
    try:
        if reference.srid is None:
            reference.identify_epsg()
        return reference.srid or BY_NAME.get(re.sub(r"[^a-z0-9]", "", str(reference.name).lower()))
    except (GDALException, SRSException):
        return BY_NAME.get(re.sub(r"[^a-z0-9]", "", str(reference.name).lower()))


def _of_layer(file: str, layer: GdalLayer, is_known: Callable[[str], bool]) -> Iterator[Feature]:
    names = [name for name in layer.fields if is_known(name)]
    for number, feature in enumerate(layer, start=1):
        try:
            properties = {name: feature.get(name) for name in names}
        except (GDALException, ValueError) as error:
            raise Feature(file, number, {}, lambda: None).broken(
                _("its properties cannot be read; save the file again with UTF-8 as its encoding")
            ) from error
        yield Feature(file, number, properties, partial(_geometry, feature))


def _geometry(feature: GdalFeature) -> OGRGeometry | None:
    try:
        return feature.geom
    except GDALException:
        return None
