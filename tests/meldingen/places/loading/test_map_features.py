import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meldingen.files.reading import BrokenFile
from meldingen.places.loading.map_features import Outcome, load_map
from meldingen.places.models import MapFeature
from tests.factories import Town
from tests.sure import sure

RD = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::28992"}}
STREET = {"type": "LineString", "coordinates": [[85100, 436500], [85400, 436500], [85400, 436600]]}
POND = {"type": "Polygon", "coordinates": [[[85100, 436100], [85200, 436100], [85200, 436200], [85100, 436100]]]}
Load = Callable[..., Outcome]


def feature(geometry: Any, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@pytest.fixture
def load(town: Town, tmp_path: Path) -> Load:
    def run(*features: dict[str, Any]) -> Outcome:
        path = tmp_path / "kaart.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "crs": RD, "features": features}))
        return load_map(town.municipality, path)

    return run


def test_streets_and_surfaces_are_loaded(load: Load, town: Town) -> None:
    outcome = load(feature(STREET, soort="straat", naam="'s-Gravenweg", klasse="hoofd"), feature(POND, soort="water"))
    assert outcome.number == {"straat": 1, "water": 1}
    street = MapFeature.objects.of(town.municipality).get(kind="straat")
    assert (street.name, street.rank, street.geometry.srid) == ("'s-Gravenweg", MapFeature.Rank.MAIN, 28992)


def test_a_name_stands_on_the_longest_straight_part_the_right_way_up(load: Load, town: Town) -> None:
    back = {"type": "LineString", "coordinates": [[85400, 436600], [85400, 436500], [85100, 436500]]}
    load(feature(back, soort="straat", naam="Dorpsstraat"))
    street = MapFeature.objects.of(town.municipality).get()
    assert (sure(street.label_point).coords, street.label_turn, street.label_room) == ((85250, 436500), 0, 300)


def test_loading_again_replaces_and_is_told_to_the_map(load: Load, town: Town) -> None:
    load(feature(POND, soort="water"), feature(POND, soort="groen"))
    before = sure(town.municipality.map_loaded_at)
    load(feature(POND, soort="groen"))
    assert [each.kind for each in MapFeature.objects.of(town.municipality)] == ["groen"]
    assert sure(town.municipality.map_loaded_at) > before


@pytest.mark.parametrize(
    "wrong",
    [
        feature(STREET, soort="spoor"),
        feature(STREET, soort="water", klasse="breed"),
        feature(STREET, soort="groen"),
        feature(POND, soort="straat"),
        feature(None, soort="straat"),
        feature({"type": "LineString", "coordinates": [[1, 1], [2, 2]]}, soort="straat"),
        feature({"type": "LineString", "coordinates": "hier"}, soort="straat"),
        feature(STREET, soort="straat", naam="x" * 81),
    ],
)
def test_a_file_with_a_wrong_feature_loads_nothing(load: Load, town: Town, wrong: dict[str, Any]) -> None:
    with pytest.raises(BrokenFile, match=r"2"):
        load(feature(POND, soort="water"), wrong)
    assert not MapFeature.objects.of(town.municipality).exists()
