import json
import math
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from meldingen.importing.areas import load_areas
from meldingen.importing.files import BrokenFile
from meldingen.models import Area
from tests.factories import MunicipalityFactory

GEO = Path(__file__).resolve().parents[4] / "shared" / "geo"
DEMO = Path(__file__).resolve().parents[3] / "meldingen" / "demo" / "lindewaard"
RING = [[[4.3, 51.9], [4.4, 51.9], [4.4, 52.0], [4.3, 52.0], [4.3, 51.9]]]


def feature(code, **properties):
    properties = {"code": code, "naam": code, "peiljaar": 2025, "inwoners": 100} | properties
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Polygon", "coordinates": RING}}


@pytest.fixture
def assen(db):
    return MunicipalityFactory(code="GM0106", area_vintage=None)


@pytest.fixture
def write(tmp_path):
    def write(**changed):
        files = {
            "gemeente": [feature("GM0106")],
            "wijken": [feature("WK010600", gemeentecode="GM0106")],
            "buurten": [feature("BU01060000", gemeentecode="GM0106", wijkcode="WK010600")],
        } | changed
        for name, features in files.items():
            (tmp_path / f"{name}.geojson").write_text(json.dumps({"type": "FeatureCollection", "features": features}))
        return tmp_path

    return write


def test_areas_nest_and_their_year_is_in_use(assen, write):
    assert load_areas(assen, write()) == {"gemeente": 1, "wijk": 1, "buurt": 1}
    buurt = Area.objects.get(level="buurt")
    assert (buurt.parent.code, buurt.parent.parent.code, assen.area_vintage) == ("WK010600", "GM0106", 2025)


def test_a_second_run_changes_nothing(assen, write):
    load_areas(assen, write())
    before = list(Area.objects.values())
    load_areas(assen, write())
    assert list(Area.objects.values()) == before


def test_a_second_run_holds_up_no_melding(assen, write):
    load_areas(assen, write())
    with CaptureQueriesContext(connection) as queries:
        load_areas(assen, write())
    assert not [query["sql"] for query in queries if " FOR " in query["sql"]]


def test_a_second_run_puts_back_what_the_file_says(assen, write):
    load_areas(assen, write())
    load_areas(assen, write(gemeente=[feature("GM0106", naam="Assen", inwoners=7)]))
    gemeente = Area.objects.get(level="gemeente")
    assert (gemeente.name, gemeente.inhabitants, Area.objects.count()) == ("Assen", 7, 3)


def test_what_cbs_does_not_know_stays_unknown(assen, write):
    load_areas(assen, write(gemeente=[feature("GM0106", inwoners=-99997)]))
    assert Area.objects.get(level="gemeente").inhabitants is None


@pytest.mark.parametrize("property", ["inwoners", "p_00_14"])
@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused_by_feature_and_property(assen, write, property, value):
    with pytest.raises(BrokenFile, match=rf"gemeente\.geojson.* 1: .*{property}"):
        load_areas(assen, write(gemeente=[feature("GM0106", **{property: value})]))


@pytest.mark.parametrize("value", [100.4, 1e300, 10**400])
def test_more_than_all_inhabitants_are_of_no_age(assen, write, value):
    with pytest.raises(BrokenFile, match=r"gemeente\.geojson.* 1: .*p_00_14"):
        load_areas(assen, write(gemeente=[feature("GM0106", p_00_14=value)]))


def test_a_percentage_is_kept_up_to_all_and_left_out_where_it_is_unknown(assen, write):
    load_areas(assen, write(gemeente=[feature("GM0106", p_00_14=0, p_45_64=100, p_65_plus=-99997)]))
    assert Area.objects.get(level="gemeente").ages == {"p_00_14": 0, "p_45_64": 100}


def test_another_year_comes_beside_the_old_one(assen, write):
    load_areas(assen, write())
    load_areas(assen, write(), vintage=2026)
    assert (Area.objects.count(), assen.area_vintage) == (6, 2026)


@pytest.mark.parametrize(
    "buurt",
    [
        feature("BU01060000", gemeentecode="GM0599", wijkcode="WK010600"),
        feature("BU01060000", gemeentecode="GM0106", wijkcode="WK999999"),
        feature("BU01060000", gemeentecode="GM0106", wijkcode="WK010600", peiljaar=None),
        feature("BU01060000", gemeentecode="GM0106", wijkcode="WK010600") | {"geometry": None},
        feature("BU01060000", gemeentecode="GM0106", wijkcode="WK010600")
        | {"geometry": {"type": "Point", "coordinates": [4, 52]}},
        "BU01060000",
        {"type": "Feature", "properties": ["BU01060000"]},
    ],
)
def test_a_broken_feature_is_named_and_nothing_is_loaded(assen, write, buurt):
    with pytest.raises(BrokenFile, match=r"buurten\.geojson.*1"):
        load_areas(assen, write(buurten=[buurt]))
    assert not Area.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"code": "B" * 11}, {"inwoners": 1e300}, {"naam": "a\0b"}, {"naam": "a\ud800b"}, {"peiljaar": 10**6}]
)
def test_a_figure_that_no_column_holds_is_refused(assen, write, wrong):
    buurt = feature("BU01060000", gemeentecode="GM0106", wijkcode="WK010600")
    buurt["properties"] |= wrong
    with pytest.raises(BrokenFile, match=rf"buurten\.geojson, B\w+, {next(iter(wrong))}: "):
        load_areas(assen, write(buurten=[buurt]))
    assert not Area.objects.exists()


def test_the_invented_town_loads(db):
    lindewaard = MunicipalityFactory(code="GM9901", area_vintage=None)
    assert load_areas(lindewaard, DEMO)["buurt"] >= 30


@pytest.mark.skipif(not GEO.is_dir(), reason="the real areas are not here")
@pytest.mark.parametrize(("code", "name", "buurten"), [("GM0606", "schiedam", 52), ("GM0599", "rotterdam", 92)])
def test_real_areas_load(db, code, name, buurten):
    municipality = MunicipalityFactory(code=code, area_vintage=None)
    assert load_areas(municipality, GEO, prefix=f"{name}_")["buurt"] == buurten
