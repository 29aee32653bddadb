"""Areas from GeoJSON in WGS84, with the Dutch property names of the CBS key figures."""

import json
from functools import partial
from math import inf
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.gis.gdal.error import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry, MultiPolygon
from django.db import transaction
from django.utils.translation import gettext as _

from meldingen import geo
from meldingen.importing.files import BrokenFile, read_json, refuse_unfit
from meldingen.models import Area, Municipality

LEVELS = (("gemeente", ""), ("wijken", "gemeentecode"), ("buurten", "wijkcode"))
LEVEL_OF = {"gemeente": Area.Level.GEMEENTE, "wijken": Area.Level.WIJK, "buurten": Area.Level.BUURT}
AGES = ("p_00_14", "p_15_24", "p_25_44", "p_45_64", "p_65_plus")
# CBS writes what it does not know, or may not tell, as a large negative number.
UNKNOWN_BELOW = 0
CALLED = {
    "name": "naam",
    "vintage": "peiljaar",
    "inhabitants": "inwoners",
    "households": "huishoudens",
    "density": "bevolkingsdichtheid_km2",
}


@transaction.atomic
def load_areas(
    municipality: Municipality, folder: Path, prefix: str = "", vintage: int | None = None
) -> dict[str, int]:
    """Load `<prefix>gemeente|wijken|buurten.geojson` of this municipality and put that year in use.

    Returns how many areas of each level there are now. All or nothing; BrokenFile says what is wrong where.
    Areas of earlier years stay. `vintage` defaults to the property `peiljaar`.
    """
    loaded: dict[str, Area] = {}
    for name, parent_property in LEVELS:
        path = folder / f"{prefix}{name}.geojson"
        for number, feature in enumerate(_features(path), start=1):
            area = _area(municipality, path, number, feature, vintage)
            area.level = LEVEL_OF[name]
            area.parent = _parent(path, number, feature, parent_property, loaded)
            refuse_unfit(path, area.code, area, CALLED)
            _store(area)
            loaded[area.code] = area
    years = {area.vintage for area in loaded.values()}
    if len(years) != 1:
        raise BrokenFile(_("The areas are of more than one year: %(years)s.") % {"years": sorted(years)})
    municipality.area_vintage = years.pop()
    municipality.save(update_fields=["area_vintage"])
    return {level: sum(area.level == level for area in loaded.values()) for level in Area.Level.values}


def _features(path: Path) -> list[Any]:
    collection = read_json(path)
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list) or not features:
        raise BrokenFile(_("%(file)s: not a GeoJSON FeatureCollection with features.") % {"file": path.name})
    return features


def _area(municipality: Municipality, path: Path, number: int, feature: Any, vintage: int | None) -> Area:
    properties = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(properties, dict):
        raise _broken(path, number, _("it has no properties"))
    code = str(properties.get("code") or "")
    expected = properties.get("gemeentecode", code)
    if not code or expected != municipality.code:
        raise _broken(path, number, _("not of %(code)s") % {"code": municipality.code})
    year = vintage or properties.get("peiljaar")
    if not isinstance(year, int):
        raise _broken(path, number, _("property peiljaar is missing; give the year with --vintage"))
    figure = partial(_figure, path, number, properties)
    return Area(
        municipality=municipality,
        code=code,
        name=str(properties.get("naam") or code)[:100],
        vintage=year,
        geometry=_geometry(path, number, feature),
        inhabitants=figure("inwoners"),
        households=figure("huishoudens"),
        density=figure("bevolkingsdichtheid_km2"),
        ages={name: share for name in AGES if (share := figure(name, most=100)) is not None},
    )


def _figure(path: Path, number: int, properties: dict[str, Any], name: str, most: float = inf) -> int | None:
    """The figure of this name, None where it is unknown. JSON as Python reads it has NaN and Infinity: no figures."""
    value = properties.get(name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not -inf < value < inf or value > most:
        raise _broken(path, number, _("property %(name)s is too large or no number") % {"name": name})
    return None if value < UNKNOWN_BELOW else round(value)


def _geometry(path: Path, number: int, feature: dict[str, Any]) -> MultiPolygon:
    try:
        geometry = GEOSGeometry(json.dumps(feature.get("geometry")), srid=settings.SRID_DOOR)
        geo.into_storage(geometry)
    except (ValueError, GEOSException, GDALException) as error:
        raise _broken(path, number, _("geometry cannot be read")) from error
    if geometry.geom_type == "Polygon":
        geometry = MultiPolygon(geometry, srid=settings.SRID_STORED)
    if not isinstance(geometry, MultiPolygon) or not geometry.valid or geometry.empty:
        raise _broken(path, number, _("geometry is not a valid polygon"))
    return geometry


def _parent(
    path: Path, number: int, feature: dict[str, Any], parent_property: str, loaded: dict[str, Area]
) -> Area | None:
    if not parent_property:
        return None
    parent = loaded.get(str(feature["properties"].get(parent_property)))
    if parent is None:
        raise _broken(path, number, _("%(name)s is not among the areas above it") % {"name": parent_property})
    return parent


def _store(area: Area) -> None:
    there = Area.objects.filter(municipality=area.municipality, vintage=area.vintage, code=area.code)
    # Not update_or_create, which locks the key too: meldingen may come in meanwhile.
    area.pk = there.values_list("pk", flat=True).first()
    area.save()


def _broken(path: Path, number: int, what: str) -> BrokenFile:
    return BrokenFile(
        _("%(file)s, feature %(number)d: %(what)s.") % {"file": path.name, "number": number, "what": what}
    )
