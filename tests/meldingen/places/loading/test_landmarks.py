import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meldingen.places.loading.map_features import load_map
from meldingen.places.models import Landmark
from tests.factories import Town
from tests.places import RD, square

Draw = Callable[..., None]


@pytest.fixture
def draw(town: Town, tmp_path: Path) -> Draw:
    def run(*features: dict[str, Any]) -> None:
        path = tmp_path / "kaart.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "crs": RD, "features": features}))
        load_map(town.municipality, path)

    return run


def kinds(town: Town) -> list[tuple[str, str]]:
    return list(Landmark.objects.of(town.municipality).order_by("kind").values_list("kind", "key"))


def test_what_is_drawn_in_parts_is_one_place_and_far_away_another(town: Town, draw: Draw) -> None:
    parts = [square(town, "water", "Oude Vaart", east=each * 100) for each in range(3)]
    draw(*parts, square(town, "water", "Oude vaart", north=900), square(town, "groen", "Oude Vaart"))
    assert kinds(town) == [("groen", "oude vaart"), ("water", "oude vaart"), ("water", "oude vaart")]


def test_what_has_no_name_is_no_place_and_a_street_has_addresses(town: Town, draw: Draw) -> None:
    street = square(town, "straat", "Dorpsstraat")
    street["geometry"] = {"type": "LineString", "coordinates": street["geometry"]["coordinates"][0]}
    draw(square(town, "groen", ""), square(town, "gebouw", "---"), street)
    assert kinds(town) == []


def test_a_map_that_is_loaded_again_brings_its_own_names(town: Town, draw: Draw) -> None:
    draw(square(town, "groen", "Stadspark"))
    draw(square(town, "groen", "Julianapark"))
    assert kinds(town) == [("groen", "julianapark")]
