import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from meldingen.files.reading import BrokenFile
from meldingen.places.loading.layers import level_of, read_layers
from meldingen.places.models import Area
from tests.meldingen.places.loading.writing import (
    BU,
    Row,
    own,
    square,
    town,
    write_folder,
    write_geojson,
    write_geopackage,
    write_shapefile,
)  # fmt: skip

ROWS: list[Row] = [(own(BU), square())]
LAYERS = {"gemeenten": town()["gemeente"], "wijken": town()["wijken"], "buurten": town()["buurten"]}


def levels(path: Path, prefix: str = "") -> list[Area.Level | None]:
    return [layer.level for layer in read_layers(path, prefix)]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("buurten", "buurt"), ("buurt_2023_v1", "buurt"), ("cbs_wijken_2015", "wijk"), ("gem_2015", "gemeente"),
        ("wijkenbuurten_2024_v1", None), ("wijken en buurten", None), ("straten", None), ("Gemeenten", "gemeente"),
    ],
)  # fmt: skip
def test_a_file_or_layer_is_named_after_its_level(name: str, level: str | None) -> None:
    assert level_of(name) == level


def test_a_folder_has_a_file_for_each_level(tmp_path: Path) -> None:
    assert levels(write_folder(tmp_path, town())) == ["gemeente", "wijk", "buurt"]


def test_of_several_towns_in_a_folder_a_prefix_chooses(tmp_path: Path) -> None:
    for town_name in ("assen", "schiedam"):
        for name, rows in town().items():
            write_geojson(tmp_path / f"{town_name}_{name}.geojson", rows)
    assert next(layer.file for layer in read_layers(tmp_path, "assen_")) == "assen_gemeente.geojson"
    with pytest.raises(BrokenFile, match=r"assen_gemeente\.geojson, schiedam_gemeente\.geojson.*--prefix"):
        read_layers(tmp_path)


def test_a_folder_without_a_level_says_what_it_would_be_called(tmp_path: Path) -> None:
    write_geojson(tmp_path / "gemeente.geojson", town()["gemeente"])
    write_geojson(tmp_path / "buurten.geojson", ROWS)
    with pytest.raises(BrokenFile, match=r"wijken\.geojson"):
        read_layers(tmp_path)


@pytest.mark.parametrize("name", ["weg.geojson", "weg.gpkg", "weg"])
def test_a_file_that_is_not_there_is_said(tmp_path: Path, name: str) -> None:
    with pytest.raises(BrokenFile, match="weg"):
        read_layers(tmp_path / name)


@pytest.mark.parametrize("name", ["kaart.gpkg", "kaart.shp"])
def test_what_only_has_the_name_of_a_format_is_never_opened(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("<OGRVRTDataSource><OGRVRTLayer name='x'><SrcDataSource>/etc/passwd</SrcDataSource></OGRVRTLayer>")
    with pytest.raises(BrokenFile, match=name):
        read_layers(path)


def test_a_damaged_package_is_said_in_words(tmp_path: Path) -> None:
    path = write_geopackage(tmp_path / "kaart.gpkg", LAYERS)
    path.write_bytes(path.read_bytes()[:100])
    with pytest.raises(BrokenFile, match=r"kaart\.gpkg"):
        read_layers(path)


def test_a_package_has_a_layer_for_each_level(tmp_path: Path) -> None:
    path = write_geopackage(tmp_path / "wijkenbuurten.gpkg", LAYERS | {"straten": ROWS})
    found = read_layers(path)
    assert [(layer.file, layer.level, layer.srid) for layer in found] == [
        ("wijkenbuurten.gpkg (gemeenten)", "gemeente", 28992),
        ("wijkenbuurten.gpkg (wijken)", "wijk", 28992),
        ("wijkenbuurten.gpkg (buurten)", "buurt", 28992),
    ]


def test_a_package_that_lacks_a_level_lists_what_it_has(tmp_path: Path) -> None:
    path = write_geopackage(tmp_path / "kaart.gpkg", {"wijken": ROWS, "straten": ROWS})
    with pytest.raises(BrokenFile, match=r"kaart\.gpkg.*gemeenten.*wijken, straten"):
        read_layers(path)


def test_a_shapefile_without_a_reference_does_not_know_its_numbers(tmp_path: Path) -> None:
    assert [layer.srid for layer in read_layers(write_shapefile(tmp_path / "buurten.shp", ROWS))] == [28992]
    (tmp_path / "buurten.prj").unlink()
    assert [layer.srid for layer in read_layers(tmp_path / "buurten.shp")] == [None]


@pytest.mark.parametrize("part", [".shx", ".dbf"])
def test_a_shapefile_that_lost_a_part_is_said(tmp_path: Path, part: str) -> None:
    write_shapefile(tmp_path / "buurten.shp", ROWS)
    (tmp_path / "buurten.shp").with_suffix(part).unlink()
    with pytest.raises(BrokenFile, match=r"\.shx"):
        read_layers(tmp_path / "buurten.shp")


@pytest.mark.parametrize(
    ("crs", "srid"),
    [
        (None, 4326),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84"}}, 4326),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}, 28992),
        ({"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG:9.1:28992"}}, 28992),
        ({"type": "name", "properties": {"name": "EPSG:4258"}}, 4258),
        ({"type": "name", "properties": {"name": "http://www.opengis.net/def/crs/EPSG/0/28992"}}, 28992),
        ({"type": "EPSG", "properties": {"code": 28992}}, 28992),
    ],
)
def test_the_crs_member_says_what_the_numbers_are(tmp_path: Path, crs: dict[str, Any] | None, srid: int) -> None:
    write_geojson(tmp_path / "buurten.geojson", ROWS, crs=crs)
    assert [layer.srid for layer in read_layers(tmp_path / "buurten.geojson")] == [srid]


@pytest.mark.parametrize("crs", ["x", {}, {"type": "link", "properties": {"href": "http://x.example/crs"}}])
def test_a_crs_that_cannot_be_read_asks_for_the_number(
    tmp_path: Path, crs: dict[str, dict[str, str] | str] | str
) -> None:
    write_geojson(tmp_path / "buurten.geojson", ROWS, crs=crs)
    with pytest.raises(BrokenFile, match=r"buurten\.geojson.*--srid"):
        read_layers(tmp_path / "buurten.geojson")


@pytest.mark.parametrize("features", [[], None, "x", [1], [{"type": "Feature", "properties": ["BU"]}]])
def test_a_collection_without_features_is_no_layer(
    tmp_path: Path, features: list[dict[str, list[Any] | str] | int] | str | None
) -> None:
    (tmp_path / "buurten.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    with pytest.raises(BrokenFile, match=r"buurten\.geojson"):
        [list(layer.features) for layer in read_layers(tmp_path / "buurten.geojson")]


def test_only_the_properties_that_are_asked_for_are_read(tmp_path: Path) -> None:
    path = write_geopackage(tmp_path / "buurten.gpkg", {"buurten": ROWS})
    (layer,) = read_layers(path, is_known=lambda name: name == "code")
    assert [feature.properties for feature in layer.features] == [{"code": BU}]


def test_text_in_another_encoding_is_said(tmp_path: Path) -> None:
    write_shapefile(tmp_path / "buurten.shp", [(own(BU, naam="Café"), square())])
    dbf = tmp_path / "buurten.dbf"
    dbf.write_bytes(dbf.read_bytes().replace("Café ".encode(), "Café  ".encode("cp1252")))
    with pytest.raises(BrokenFile, match=r"buurten\.shp, feature 1: .*UTF-8"):
        [list(layer.features) for layer in read_layers(tmp_path / "buurten.shp")]


def test_a_row_without_a_geometry_has_none(tmp_path: Path) -> None:
    path = write_geopackage(tmp_path / "buurten.gpkg", {"buurten": [(own(BU), None)]})
    assert [[feature.shape() for feature in layer.features] for layer in read_layers(path)] == [[None]]


def test_a_package_is_left_as_it_was(tmp_path: Path) -> None:
    path = write_geopackage(tmp_path / "buurten.gpkg", {"buurten": ROWS})
    before = path.read_bytes()
    assert [feature.properties["code"] for layer in read_layers(path) for feature in layer.features] == [BU]
    assert path.read_bytes() == before
    assert sqlite3.connect(path).execute("SELECT count(*) FROM buurten").fetchone() == (1,)
