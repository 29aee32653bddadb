"""The public map and its list, as anybody sees them."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from meldingen.categories.models import Category
from meldingen.languages import Texts
from meldingen.places.models import Asset, AssetKind
from meldingen.record.models import Melding
from tests.factories import Town
from tests.meldingen.nearby.conftest import at

DAYS_AGO = timezone.now() - timedelta(days=2)


@pytest.fixture
def old(town: Town, lamp: Category) -> Melding:
    cache.clear()
    values = {"category": lamp, "category_by": "staff", "point": at(10)}
    return town.melding(received_at=DAYS_AGO, text="Geheime woorden", **values)


def test_the_list_says_kind_day_and_buurt_and_nothing_else(resident: Client, town: Town, old: Melding) -> None:
    page = resident.get("/kaart/").content.decode()
    assert "Lamp brandt niet" in page
    assert town.west.name in page
    for secret in ("Geheime", old.reference):
        assert secret not in page


def test_the_dots_are_those_of_the_list(resident: Client, old: Melding) -> None:
    (feature,) = json.loads(resident.get("/kaart/meldingen.geojson").content)["features"]
    day = timezone.localdate(DAYS_AGO).isoformat()
    assert feature["properties"] == {"soort": "Lamp brandt niet", "object": "", "gemeld": day, "opgelost": ""}
    assert list(feature) == ["type", "properties", "geometry"]


def test_a_row_is_a_link_that_names_its_dot(resident: Client, town: Town, old: Melding) -> None:
    own, name = {"municipality": town.municipality}, Texts(nl="Lichtmast")
    kind = AssetKind.objects.create(**own, slug="lichtmast", name_texts=name, plural_texts=name)
    lamp = Asset.objects.create(**own, kind=kind, number="L-0028", point=at(10), buurt=town.west)
    Melding.objects.filter(pk=old.pk).update(asset=lamp)
    row = BeautifulSoup(resident.get("/kaart/").content, "html.parser").select_one("a[data-spot]")
    (feature,) = json.loads(resident.get("/kaart/meldingen.geojson").content)["features"]
    said = feature["properties"]
    parts = [*feature["geometry"]["coordinates"], *(said[each] for each in ("gemeld", "opgelost", "object", "soort"))]
    assert row is not None
    assert row["data-spot"] == " ".join(map(str, parts))
    assert row.find_parent(id=str(row["href"]).removeprefix("#")) is not None
    assert [each.text for each in row.select(".town-map__number")] == ["L-0028"]


@pytest.mark.parametrize("address", ["/?onderwerp=lamp", "/?blad=1", "/meldingen.geojson?onderwerp=lamp"])
def test_what_is_asked_for_is_shown(resident: Client, old: Melding, address: str) -> None:
    assert b"Lamp brandt niet" in resident.get(f"/kaart{address}").content


@pytest.mark.parametrize("query", ["onderwerp=dumping", "onderwerp=x", "blad=0", "blad=x", "blad=999", "blad=-1"])
def test_what_is_not_there_is_a_404(resident: Client, old: Melding, query: str) -> None:
    assert resident.get(f"/kaart/?{query}").status_code == 404


def test_a_town_that_shows_nothing_says_so(resident: Client, town: Town) -> None:
    page = resident.get("/kaart/").content.decode()
    assert "geen losse meldingen" in page
    assert "stadskaart" not in page


def test_the_neighbours_see_nothing_of_it(client: Client, neighbour: Town, old: Melding) -> None:
    assert b"Lamp brandt niet" not in client.get("/kaart/", headers={"host": neighbour.host}).content
