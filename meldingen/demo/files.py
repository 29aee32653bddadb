"""The files of a whole invented town, in the forms that the loaders of the product read."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from meldingen.demo import history
from meldingen.demo.spots import NAMES, WITH_STREETS
from meldingen.demo.streets import Town, build

ADDRESS_COLUMNS = (
    "openbareruimte", "huisnummer", "huisletter", "huisnummertoevoeging", "postcode", "woonplaats", "lon", "lat"
)  # fmt: skip
KINDS = (
    ("lichtmast", "Lantaarnpaal", "Lantaarnpalen", "straatverlichting"),
    ("container", "Container", "Containers", "afval/container-vol-of-kapot"),
    ("afvalbak", "Afvalbak", "Afvalbakken", "afval/prullenbak-vol"),
)


def write_town(folder: Path, until: date, out: Path) -> None:
    """municipality.json with the days that it declares, beside copies of what stands in the folder."""
    about = json.loads((folder / "municipality.json").read_text(encoding="utf-8"))
    if "registered_from" in about:
        about["registered_from"] = history.first_day(folder, until).isoformat()
    if days := history.outage(folder, until):
        about["gaps"] = [{"first_day": days[0].isoformat(), "last_day": days[-1].isoformat()}]
    (out / "municipality.json").write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    if "logo" in about:
        (out / about["logo"]).write_bytes((folder / about["logo"]).read_bytes())


def write_streets(folder: Path, out: Path) -> bool:
    """addresses.csv, map.geojson, kinds.csv and objects.geojson; False for a town without streets."""
    if folder.name not in WITH_STREETS:
        return False
    town = build(folder)
    name = json.loads((folder / "municipality.json").read_text(encoding="utf-8"))["name"]
    _write_rows(out / "addresses.csv", ADDRESS_COLUMNS, _addresses(town, name))
    _write_rows(out / "kinds.csv", ("soort", "naam", "meervoud", "categorieen"), KINDS)
    _write_features(out / "map.geojson", _map(town))
    _write_features(out / "objects.geojson", _objects(town))
    return True


def _addresses(town: Town, place: str) -> Iterable[Sequence[object]]:
    for house in town.addresses:
        longitude, latitude = town.ground.projection.degrees(house.point)
        yield house.street, house.number, "", "", house.postcode, place, longitude, latitude


def _map(town: Town) -> Iterable[Mapping[str, Any]]:
    degrees = town.ground.projection.degrees
    for street in town.streets:
        geometry = {"type": "LineString", "coordinates": [degrees(point) for point in street.line]}
        kind = "hoofd" if len(street.line) > MAIN else "straat"
        yield _feature({"soort": "straat", "naam": street.name, "klasse": kind}, geometry)
    for sort, shapes in (("water", town.ground.waters), ("groen", town.ground.parks)):
        for shape in shapes:
            geometry = {"type": "Polygon", "coordinates": [[degrees(point) for point in shape.ring]]}
            yield _feature({"soort": sort, "naam": shape.name}, geometry)


def _objects(town: Town) -> Iterable[Mapping[str, Any]]:
    for thing in town.things:
        properties = {"soort": thing.kind, "nummer": thing.number, "naam": f"{NAMES[thing.kind]} {thing.street}"}
        point = {"type": "Point", "coordinates": town.ground.projection.degrees(thing.point)}
        yield _feature(properties, point)


def _feature(properties: Mapping[str, str], geometry: Mapping[str, Any]) -> Mapping[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def _write_features(path: Path, features: Iterable[Mapping[str, Any]]) -> None:
    path.write_text(json.dumps({"type": "FeatureCollection", "features": list(features)}), encoding="utf-8")


def _write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)


MAIN = 6  # corners from which a street is one of the main ones
