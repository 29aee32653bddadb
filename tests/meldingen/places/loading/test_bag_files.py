"""Invented addresses and objects of real towns are taken in by the loaders as those of the BAG would be."""

import json
from pathlib import Path
from typing import Any

import pytest

from meldingen.languages import Texts
from meldingen.places.addresses.own import OwnAddresses
from meldingen.places.loading.addresses import load_addresses
from meldingen.places.loading.areas import Options, load_areas
from meldingen.places.loading.assets import load_assets
from meldingen.places.loading.map_features import load_map
from meldingen.places.models import Asset, AssetKind, MapFeature
from tests.bag_files import write
from tests.factories import MunicipalityFactory

SHARED = Path(__file__).resolve().parents[5] / "shared"
TOWNS = [("GM0606", "Schiedam", "geo", "schiedam_"), ("GM0106", "Assen", "assen", "")]
BORDER = [[4.0, 52.0], [4.01, 52.0], [4.01, 52.01], [4.0, 52.01], [4.0, 52.0]]
COLLECTION: dict[str, Any] = {
    "features": [{"properties": {"naam": "Proef"}, "geometry": {"type": "Polygon", "coordinates": [BORDER]}}]
}


def test_its_streets_lie_inside_their_buurt_and_are_called_after_it(tmp_path: Path) -> None:
    assert write(COLLECTION, "Stad", tmp_path).startswith("invented: 2 streets")
    rows = [line.split(",") for line in (tmp_path / "addresses.csv").read_text().splitlines()[1:]]
    assert {row[0] for row in rows} == {"Proef-weg", "Proef-pad"}
    assert all(4 < float(row[6]) < 4.01 and 52 < float(row[7]) < 52.01 for row in rows)


@pytest.mark.parametrize(("code", "name", "folder", "prefix"), TOWNS)
def test_a_real_town_gets_addresses_streets_and_lamps(
    db: None, tmp_path: Path, code: str, name: str, folder: str, prefix: str
) -> None:
    source = SHARED / folder
    if not source.exists():
        pytest.skip("the areas of the town are not here")
    town = MunicipalityFactory.create(code=code, name=name, area_vintage=None)
    load_areas(town, source, Options(prefix=prefix))
    write(json.loads((source / f"{prefix}buurten.geojson").read_text()), name, tmp_path)
    outcome = load_addresses(town, tmp_path / "addresses.csv")
    assert (outcome.rejected, outcome.addresses > 8000) == (0, True)
    load_map(town, tmp_path / "map.geojson")
    texts = {"name_texts": Texts(nl="Lichtmast"), "plural_texts": Texts(nl="Lichtmasten")}
    AssetKind.objects.create(municipality=town, slug="lichtmast", **texts)
    load_assets(town, tmp_path / "objects.csv")
    assert MapFeature.objects.of(town).count() == outcome.streets
    assert Asset.objects.of(town).filter(is_active=True).count() > 1000
    street = MapFeature.objects.of(town).order_by("name").first()
    assert street is not None
    assert OwnAddresses(town).find(f"{street.name} 1, {name}")
