from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.contrib.gis.geos import Point

from meldingen.places.addresses.many import nearest_of_all
from meldingen.places.loading.addresses import load_addresses
from tests.factories import Town

STREET = """openbareruimte,huisnummer,huisletter,huisnummertoevoeging,postcode,woonplaats,x,y
Dorpsstraat,12,,,3111AB,Stad,85500,436500
Dorpsstraat,14,,,3111AB,Stad,85520,436500
"""
HERE = Point(85504, 436500, srid=28992)
AWAY = Point(85900, 436100, srid=28992)


def test_each_place_has_its_own_in_one_question_however_many(
    town: Town, tmp_path: Path, django_assert_num_queries: Callable[..., Any]
) -> None:
    path = tmp_path / "bag.csv"
    path.write_text(STREET)
    load_addresses(town.municipality, path)
    with django_assert_num_queries(1):
        found = nearest_of_all(town.municipality, [(HERE, ""), (AWAY, "Dorpsstraat 12"), (HERE, "Dorpsstraat 14")] * 50)
    assert found[:3] == ["Dorpsstraat 12, 3111 AB Stad", "", "Dorpsstraat 14, 3111 AB Stad"]
    assert found == found[:3] * 50


def test_a_town_without_addresses_has_none(town: Town) -> None:
    assert nearest_of_all(town.municipality, [(HERE, "Dorpsstraat 12")]) == [""]
    assert nearest_of_all(town.municipality, []) == []
