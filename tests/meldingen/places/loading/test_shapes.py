import json
import logging
from collections.abc import Sequence

import pytest
from django.contrib.gis.gdal import OGRGeometry
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Polygon

from meldingen.files.reading import BrokenFile
from meldingen.places.loading.layers import Feature, quiet
from meldingen.places.loading.shapes import Notes, borders_of
from tests.meldingen.places.loading.writing import in_degrees, moved, square


def feature(geometry: MultiPolygon | Polygon | str, number: int = 1) -> Feature:
    text = geometry if isinstance(geometry, str) else geometry.json
    return Feature("buurten.geojson", number, {}, lambda: OGRGeometry.from_json(text) if text else None)


def border(geometry: MultiPolygon | Polygon | str, srid: int | None = 4326, notes: Notes | None = None) -> MultiPolygon:
    (found,) = borders_of("buurten.geojson", srid, [feature(geometry)], notes or Notes())
    return found


def polygon(*rings: Sequence[Sequence[float | str]]) -> str:
    return json.dumps({"type": "Polygon", "coordinates": rings})


def turned(shape: Polygon) -> Polygon:
    return Polygon(*([(y, x) for x, y in ring] for ring in shape.coords))


@pytest.mark.parametrize("srid", [4326, 4258, 28992, 7415, 3857, 25831])
def test_each_system_ends_in_the_same_place(srid: int) -> None:
    there = square() if srid in (28992, 7415) else moved(square(), srid)
    found = border(there, srid)
    assert found.srid == 28992
    assert found.sym_difference(square()).area < 1000  # a metre along each side


@pytest.mark.parametrize("srid", [4326, 28992])
def test_numbers_in_the_other_order_are_turned_and_that_is_said(srid: int) -> None:
    notes = Notes()
    there = moved(square(), srid)
    found = border(turned(there), srid, notes)
    assert found.sym_difference(square()).area < 5
    assert len(notes.sentences) == 1


def test_only_a_whole_file_is_turned() -> None:
    right = in_degrees(square())
    with pytest.raises(BrokenFile, match="feature 2"):
        borders_of("buurten.geojson", 4326, [feature(right), feature(turned(right), 2)], Notes())


@pytest.mark.parametrize(
    ("shape", "srid", "remedy"),
    [
        (square(), 4326, "--srid 28992"),
        (in_degrees(square()), 28992, "--srid 4326"),
        (square(), 999999, "999999"),
        (square(), 0, "EPSG:0"),
        (square(), 5709, "5709"),
        (square(), 10**11, "EPSG:1"),
    ],
)
def test_numbers_of_another_system_than_the_file_says_are_refused_with_the_remedy(
    shape: Polygon, srid: int, remedy: str
) -> None:
    with pytest.raises(BrokenFile, match=rf"buurten\.geojson.*{remedy}"):
        border(shape, srid)


def test_a_file_that_does_not_say_its_system_is_refused_with_the_remedy() -> None:
    with pytest.raises(BrokenFile, match="--srid 28992"):
        border(square(), None)


@pytest.mark.parametrize("place", [(0.0, 0.0), (13.4, 52.5), (-6.5, 52.9), (179.9, -89.0), (500.0, 52.0)])
def test_what_lies_in_another_country_is_refused(place: tuple[float, float]) -> None:
    x, y = place
    with pytest.raises(BrokenFile, match=r"buurten\.geojson, feature 1: .*--srid"):
        border(polygon([[x, y], [x + 0.01, y], [x, y + 0.01], [x, y]]))


def test_heights_are_left_out() -> None:
    high = [[*corner, 3.0] for corner in in_degrees(square()).coords[0]]
    assert not border(polygon(high)).hasz


def test_slivers_and_pinholes_are_left_out_and_that_is_said() -> None:
    notes = Notes()
    hole, sliver = square(100, 100, 0.5), square(3000, 0, 0.5)
    shape = MultiPolygon(Polygon(square().coords[0], hole.coords[0]), sliver, srid=28992)
    found = border(shape, 28992, notes)
    assert (len(found), len(found[0])) == (1, 1)
    assert found.area == pytest.approx(1_000_000)
    assert "2" in notes.sentences[0]


def test_a_hole_that_is_meant_stays() -> None:
    shape = Polygon(square().coords[0], square(100, 100, 50).coords[0], srid=28992)
    assert border(shape, 28992).area == pytest.approx(1_000_000 - 2500)


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        polygon([[6.5, 52.95], [6.6, 53.05], [6.6, 52.95], [6.5, 53.05], [6.5, 52.95]]),  # crosses itself
        polygon([[6.5, 52.95], [6.5, 52.95], [6.5, 52.95], [6.5, 52.95]]),
        polygon([[6.5, 52.95], [6.6, 52.95]]),
        polygon([["a", "b"]]),
        polygon(),
        json.dumps({"type": "Polygon", "coordinates": "x"}),
        json.dumps({"type": "Vlak", "coordinates": []}),
        json.dumps({"type": "Point", "coordinates": [6.5, 52.9]}),
        json.dumps({"type": "LineString", "coordinates": [[6.5, 52.9], [6.6, 52.9]]}),
        '{"type": "Polygon", "coordinates": [[[NaN, 52], [6, 52], [6, 53], [NaN, 52]]]}',
        '{"type": "Polygon", "coordinates": [[[1e400, 52], [6, 52], [6, 53], [1e400, 52]]]}',
    ],
)
def test_what_is_no_polygon_is_refused_by_feature_and_nothing_of_gdal_is_heard(
    wrong: str, caplog: pytest.LogCaptureFixture
) -> None:
    with quiet(), caplog.at_level(logging.DEBUG), pytest.raises(BrokenFile, match=r"buurten\.geojson, feature 1: "):
        border(wrong)
    assert caplog.text == ""


def test_curves_become_lines() -> None:
    x, y = 234000, 556000
    curved = f"CURVEPOLYGON(CIRCULARSTRING({x} {y}, {x + 100} {y + 100}, {x} {y}))"
    found = borders_of("a.gpkg", 28992, [Feature("a.gpkg", 1, {}, lambda: OGRGeometry(curved))], Notes())
    assert isinstance(found[0], GEOSGeometry)
    assert found[0].area > 10_000
