"""The areas of a year of borders, as a map program reads them."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.gdal import DataSource
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client

from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality
from opendata import maps
from opendata.models import Release
from tests.factories import Town
from tests.opendata.conftest import SOURCE, fix_next_year

ADDRESS = "/data/gebieden-2025"


@pytest.fixture
def drawn(city: Town, may: list[Release], visitor: Client) -> Client:
    return visitor


def test_gdal_reads_a_layer_of_each_level(drawn: Client, city: Town, tmp_path: Path) -> None:
    path = tmp_path / "gebieden.gpkg"
    path.write_bytes(drawn.get(f"{ADDRESS}.gpkg").content)
    source: Any = DataSource(str(path))  # its stubs do not know that it is iterable
    layers = {layer.name: layer for layer in source}
    assert {name: len(layer) for name, layer in layers.items()} == {"gemeente": 1, "wijken": 1, "buurten": 2}
    west = next(found for found in layers["buurten"] if found.get("code") == city.west.code)
    assert (west.get("inwoners"), west.get("bron"), west.get("grensjaar")) == (1000, SOURCE, 2025)
    assert west.geom.centroid.x == pytest.approx(4.5, abs=0.3)
    assert layers["buurten"].srs["AUTHORITY", 1] == "4326"


def test_geojson_has_areas_with_inhabitants_and_says_whose_they_are(drawn: Client, city: Town) -> None:
    found = json.loads(drawn.get(f"{ADDRESS}.geojson").content)
    assert (found["bron_grenzen"], found["grensjaar"]) == (SOURCE, 2025)
    buurten = {f["id"]: f["properties"] for f in found["features"] if f["properties"]["niveau"] == "buurt"}
    assert {code: row["inwoners"] for code, row in buurten.items()} == {city.west.code: 1000, city.east.code: 1000}


def test_unknown_inhabitants_stay_unknown_and_known_ones_come_in(drawn: Client, publisher: Municipality) -> None:
    Area.objects.of(publisher).filter(level="buurt").update(inhabitants=None)
    assert maps.write_all(publisher) == 1
    found = json.loads(drawn.get(f"{ADDRESS}.geojson").content)
    assert {f["properties"]["inwoners"] for f in found["features"] if f["properties"]["niveau"] == "buurt"} == {None}


def test_the_same_areas_are_written_once(drawn: Client, publisher: Municipality) -> None:
    assert maps.write_all(publisher) == 0


def test_a_lost_file_is_written_again(drawn: Client, publisher: Municipality) -> None:
    pointer = maps.read(publisher, 2025)
    assert pointer is not None
    storages["releases"].delete(pointer.files["gpkg"].name)
    assert drawn.get(f"{ADDRESS}.gpkg").status_code == 503
    assert maps.write_all(publisher) == 1
    assert drawn.get(f"{ADDRESS}.gpkg").status_code == 200


def test_a_pointer_that_cannot_be_read_is_mended(drawn: Client, publisher: Municipality) -> None:
    storages["releases"].save(f"{publisher.code}/gebieden/gebieden-2025.json", ContentFile(b"{"))
    assert drawn.get(f"{ADDRESS}.gpkg").status_code == 503
    assert maps.write_all(publisher) == 1
    assert drawn.get(f"{ADDRESS}.gpkg").status_code == 200


def test_a_year_that_fails_keeps_no_other_back(drawn: Client, city: Town) -> None:
    year = fix_next_year(city)
    name = f"{city.municipality.code}/gebieden/gebieden-2025.json"
    storages["releases"].delete(name)
    Path(storages["releases"].path(name)).mkdir()  # it cannot be written
    assert maps.write_all(city.municipality) == 1
    assert drawn.get(f"/data/gebieden-{year}.gpkg").status_code == 200


def test_borders_of_another_year_are_not_there(drawn: Client) -> None:
    assert drawn.get("/data/gebieden-1999.geojson").status_code == 404


def test_figures_have_borders_where_one_row_is_one_area(drawn: Client) -> None:
    with_borders = {release.dataset for release in Release.objects.filter(files__format="geojson")}
    assert with_borders == {"buurt-per-maand"}
