from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos.polygon import Polygon
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from meldingen.files.reading import BrokenFile
from meldingen.places.loading.areas import Options, Outcome, load_areas
from meldingen.places.models import Area
from meldingen.tenancy.models.municipality import Municipality
from tests.factories import MunicipalityFactory
from tests.meldingen.places.loading.writing import (
    BU,
    GM,
    WK,
    own,
    square,
    town,
    write_folder,
    write_geojson,
    write_geopackage,
    write_shapefile,
)  # fmt: skip
from tests.sure import sure

GEO = Path(__file__).resolve().parents[5] / "shared" / "geo"
DEMO = Path(__file__).resolve().parents[4] / "meldingen" / "demo" / "lindewaard"


@pytest.fixture
def assen(db: None) -> Municipality:
    return MunicipalityFactory.create(code=GM, area_vintage=None)


@pytest.fixture
def load(assen: Municipality, tmp_path: Path) -> Callable[..., Any]:
    """Load the square town with some of its files changed."""

    def load(options: Options | None = None, **changed: list[tuple[Any, ...]]) -> Outcome | None:
        return load_areas(assen, write_folder(tmp_path, town(**changed)), options)

    return load


def test_areas_nest_and_their_year_is_in_use(assen: Municipality, load: Callable[..., Any]) -> None:
    outcome = load()
    buurt = Area.objects.get(level="buurt")
    assert (outcome.number, outcome.vintage, outcome.notes) == ({"gemeente": 1, "wijk": 1, "buurt": 1}, 2025, [])
    wijk = sure(buurt.parent)
    assert (wijk.code, sure(wijk.parent).code, assen.area_vintage) == (WK, GM, 2025)


def test_a_second_run_changes_nothing(load: Callable[..., Any]) -> None:
    load()
    before = list(Area.objects.values())
    load()
    assert list(Area.objects.values()) == before


def test_a_second_run_holds_up_no_melding(load: Callable[..., Any]) -> None:
    load()
    with CaptureQueriesContext(connection) as queries:
        load()
    assert not [query["sql"] for query in queries if " FOR " in query["sql"]]


def test_a_second_run_puts_back_what_the_file_says(load: Callable[..., Any]) -> None:
    load()
    load(gemeente=[(own(GM, naam="Assen", inwoners=7), square())])
    gemeente = Area.objects.get(level="gemeente")
    assert (gemeente.name, gemeente.inhabitants, Area.objects.count()) == ("Assen", 7, 3)


def test_another_year_comes_beside_the_old_one(assen: Municipality, load: Callable[..., Any]) -> None:
    load()
    assert load(Options(vintage=2026)).vintage_before == 2025
    assert (Area.objects.count(), assen.area_vintage) == (6, 2026)
    assert not Area.objects.filter(is_retired=True).exists()


def test_a_corrected_file_of_the_same_year_takes_an_area_out_of_use_and_another_puts_it_back(
    assen: Municipality, load: Callable[..., Any]
) -> None:
    load()
    corrected = [(own("BU01060009", naam="Nieuw"), square())]
    assert load(buurten=corrected).retired == [BU]
    assert list(Area.objects.in_use(assen).filter(level="buurt").values_list("code", flat=True)) == ["BU01060009"]
    assert load().retired == ["BU01060009 Nieuw"]
    assert list(Area.objects.in_use(assen).filter(level="buurt").values_list("code", flat=True)) == [BU]


def test_borders_carry_the_line_of_the_cbs_with_their_year(assen: Municipality, load: Callable[..., Any]) -> None:
    load()
    assert set(Area.objects.values_list("attribution", flat=True)) == {
        "Kadaster / Centraal Bureau voor de Statistiek, 2025"
    }


@pytest.mark.parametrize(
    ("asked", "is_invented", "line"), [("Gemeente Assen", False, "Gemeente Assen"), (None, True, "")]
)
def test_whose_borders_they_are_can_be_said_and_invented_ones_are_nobodys(
    assen: Municipality, load: Callable[..., Any], asked: str | None, is_invented: bool, line: str
) -> None:
    assen.is_invented = is_invented
    assert load(Options(attribution=asked)).attribution == line
    assert set(Area.objects.values_list("attribution", flat=True)) == {line}


def test_a_source_that_is_too_long_is_refused(load: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match="--attribution"):
        load(Options(attribution="x" * 201))
    assert not Area.objects.exists()


@pytest.mark.parametrize(
    ("about", "shape", "what"),
    [
        (own(BU, wijkcode="WK010699"), square(), "WK010699"),
        (own(BU, peiljaar=None), square(), "peiljaar"),
        (own(BU), None, "geometrie"),
        (own(BU, inwoners=1e300), square(), "inwoners"),
        (own(BU, naam="a\0b"), square(), "regel 1, kolom [0-9]+: .*NUL"),
        (own(BU, naam="a\ud800b"), square(), "naam"),
        (own(BU, naam="a" * 101), square(), "naam"),
        (own(BU, peiljaar=10**6), square(), "peiljaar"),
        (own(BU, peiljaar=2024), square(), "2024, 2025"),
        (own(BU, gemeentecode="GM0599"), square(), "GM0599"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_loaded(
    load: Callable[..., Any], settings: Settings, about: dict[str, Any], shape: Polygon | None, what: str
) -> None:
    settings.LANGUAGE_CODE = "nl"
    with pytest.raises(BrokenFile, match=what):
        load(buurten=[(about, shape)])
    assert not Area.objects.exists()


@pytest.mark.parametrize("year", [0, -1, 1815, 20255])
def test_a_year_that_is_none_is_refused(load: Callable[..., Any], year: int) -> None:
    with pytest.raises(BrokenFile, match="--vintage"):
        load(Options(vintage=year))


def test_a_code_that_stands_in_the_files_twice_is_refused_with_both_places(load: Callable[..., Any]) -> None:
    with pytest.raises(BrokenFile, match=rf"buurten\.geojson, feature 2: {BU} .* 1 .*buurten\.geojson"):
        load(buurten=[(own(BU), square()), (own(BU), square(size=10))])


def test_land_and_water_of_one_code_are_one_area_with_the_figures_of_the_land(load: Callable[..., Any]) -> None:
    water = own(BU, WATER="JA", naam=None, inwoners=-99997)
    load(buurten=[(water, square(500, 0, 500)), (own(BU, WATER="NEE", naam="Kade"), square(0, 0, 500))])
    buurt = Area.objects.get(level="buurt")
    assert (buurt.name, buurt.inhabitants, round(buurt.geometry.area, -2)) == ("Kade", 100, 500_000)


def test_a_file_of_the_whole_country_gives_the_own_gemeente(load: Callable[..., Any]) -> None:
    other = {"code": "BU05990101", "naam": "Elders", "peiljaar": 2025, "gemeentecode": "GM0599", "wijkcode": "WK059901"}
    assert load(buurten=[(other, square()), (own(BU), square())]).of_others == 1
    assert Area.objects.filter(level="buurt").count() == 1


def test_files_without_codes_of_what_is_around_go_by_the_code_of_the_cbs(load: Callable[..., Any]) -> None:
    bare = [({"statcode": BU, "statnaam": "Kade", "jrstatcode": f"2025{BU}"}, square())]
    load(buurten=bare)
    assert sure(Area.objects.get(level="buurt").parent).code == WK


def test_one_file_may_hold_all_three_levels(assen: Municipality, tmp_path: Path) -> None:
    every = [row for rows in town().values() for row in rows]
    write_geojson(tmp_path / "alles.geojson", every)
    assert load_areas(assen, tmp_path / "alles.geojson").number == {"gemeente": 1, "wijk": 1, "buurt": 1}
    assert load_areas(assen, tmp_path).vintage == 2025


def test_a_level_that_is_nowhere_is_named(assen: Municipality, tmp_path: Path) -> None:
    write_geojson(tmp_path / "alles.geojson", town()["gemeente"] + town()["buurten"])
    with pytest.raises(BrokenFile, match=r"alles\.geojson.*[Ww]ijk.*GM0106"):
        load_areas(assen, tmp_path / "alles.geojson")


def test_a_geopackage_and_shapefiles_give_the_same_areas_as_geojson(
    assen: Municipality, tmp_path: Path, load: Callable[..., Any]
) -> None:
    layers = {"gemeenten": town()["gemeente"], "wijken": town()["wijken"], "buurten": town()["buurten"]}
    load_areas(assen, write_geopackage(tmp_path / "wijkenbuurten_2025_v1.gpkg", layers))
    from_package = list(Area.objects.order_by("code").values("code", "name", "inhabitants", "parent__code"))
    corner = Area.objects.get(level="buurt").geometry.extent
    (tmp_path / "shp").mkdir()
    for name, rows in layers.items():
        write_shapefile(tmp_path / "shp" / f"{name}_2025_v1.shp", rows)
    load_areas(assen, tmp_path / "shp")
    from_shapes = list(Area.objects.order_by("code").values("code", "name", "inhabitants", "parent__code"))
    assert Area.objects.get(level="buurt").geometry.extent == pytest.approx(corner, abs=0.001)
    load()
    from_geojson = list(Area.objects.order_by("code").values("code", "name", "inhabitants", "parent__code"))
    assert from_package == from_shapes == from_geojson
    assert Area.objects.get(level="buurt").geometry.extent == pytest.approx(corner, abs=0.001)


def test_the_invented_town_loads(db: None) -> None:
    lindewaard = MunicipalityFactory.create(code="GM9901", area_vintage=None)
    assert load_areas(lindewaard, DEMO).number["buurt"] >= 30


@pytest.mark.skipif(not GEO.is_dir(), reason="the real areas are not here")
@pytest.mark.parametrize(("code", "name", "buurten"), [("GM0606", "schiedam", 52), ("GM0599", "rotterdam", 92)])
def test_real_areas_load(db: None, code: str, name: str, buurten: int) -> None:
    municipality = MunicipalityFactory.create(code=code, area_vintage=None)
    assert load_areas(municipality, GEO, Options(prefix=f"{name}_")).number["buurt"] == buurten
