import json
from dataclasses import replace

from opendata.formats.geojson import render
from tests.opendata.formats.making import document, row

BORDER = {"type": "Polygon", "coordinates": [[[4.0, 52.0], [4.1, 52.0], [4.1, 52.1], [4.0, 52.0]]]}


def test_each_row_is_a_feature_with_the_border_of_its_own_place() -> None:
    whole = replace(document("2026-05", row(), row(), row()), places=("BU1", "BU2", None))
    features = json.loads(render(whole, {"BU2": BORDER}))["features"]
    assert [feature["geometry"] for feature in features] == [None, BORDER, None]
    assert features[0]["properties"]["categorie"] == "Gat"


def test_the_head_is_that_of_the_json_beside_the_type() -> None:
    about = json.loads(render(document(), {}))
    assert (about["type"], about["periode"], about["te_onzeker"]) == ("FeatureCollection", "2026-05", False)
