import json
from collections.abc import Callable
from math import floor, log, pi, radians, tan
from typing import Any

import pytest
from django.contrib.gis.geos import GEOSGeometry
from django.test import Client

from meldingen.places import tiles
from meldingen.places.geo import to_door
from meldingen.places.models import MapFeature
from tests.factories import Town


def square_at(town: Town, z: int) -> tuple[int, int, int]:
    longitude, latitude = to_door(town.point())
    x = floor((longitude + 180) / 360 * 2**z)
    high = (1 - log(tan(pi / 4 + radians(latitude) / 2)) / pi) / 2
    return z, x, floor(high * 2**z)


@pytest.fixture
def drawn(town: Town) -> Town:
    own = {"municipality": town.municipality}
    line = GEOSGeometry("SRID=28992;LINESTRING(85300 436500, 85700 436500)")
    pond = GEOSGeometry("SRID=28992;POLYGON((85400 436400, 85600 436400, 85600 436450, 85400 436400))")
    MapFeature.objects.create(**own, kind="straat", name="'s-Gravenweg", rank=2, geometry=line)
    MapFeature.objects.create(**own, kind="straat", rank=3, geometry=line)
    MapFeature.objects.create(**own, kind="water", geometry=pond)
    MapFeature.objects.create(**own, kind="gebouw", geometry=pond)
    return town


def test_a_square_has_what_lies_in_it(drawn: Town) -> None:
    found = json.loads(tiles.square(drawn.municipality, *square_at(drawn, 15)))
    assert sorted(street[1] for street in found["straat"]) == ["", "'s-Gravenweg"]
    assert (len(found["water"]), len(found["gebouw"]), found["groen"]) == (1, 1, [])
    numbers = [number for line in found["straat"][0][2] for number in line]
    assert all(-tiles.BESIDE <= number <= tiles.UNITS + tiles.BESIDE for number in numbers)


def test_from_far_only_what_matters_is_there(drawn: Town) -> None:
    found = json.loads(tiles.square(drawn.municipality, *square_at(drawn, 12)))
    assert [street[1] for street in found["straat"]] == ["'s-Gravenweg"]
    assert "gebouw" not in found
    assert json.loads(tiles.square(drawn.municipality, *square_at(drawn, 9)))["straat"] == []


def test_it_is_asked_again_for_nothing_and_comes_compressed(resident: Client, drawn: Town) -> None:
    address = "/kaart/vlak/{}/{}/{}.json".format(*square_at(drawn, 15))
    first = resident.get(address, headers={"accept-encoding": "gzip"})
    again = resident.get(address, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, "public" in first["Cache-Control"]) == (200, 304, True)
    assert "Set-Cookie" not in first


@pytest.mark.parametrize("place", ["3/1/1", "25/1/1", "10/5000/1", "10/1/99999999999999"])
def test_a_square_that_there_is_not_is_refused(resident: Client, place: str) -> None:
    assert resident.get(f"/kaart/vlak/{place}.json").status_code == 404


def test_the_neighbour_has_other_streets(drawn: Town, neighbour: Town) -> None:
    assert json.loads(tiles.square(neighbour.municipality, *square_at(drawn, 15)))["straat"] == []


def test_a_square_is_one_query(drawn: Town, django_assert_num_queries: Callable[..., Any]) -> None:
    with django_assert_num_queries(1):
        tiles.square(drawn.municipality, *square_at(drawn, 15))
