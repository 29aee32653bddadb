from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos import Point

from meldingen.languages import Texts
from meldingen.places import geo
from meldingen.places.loading.addresses import load_addresses
from meldingen.places.models import Asset, AssetKind
from meldingen.record.models import Melding
from tests.factories import Town

HEADER = "id,gemeld_op,categorie_slug,longitude,latitude,adres,objectsoort,objectnummer\n"
STREET = """openbareruimte,huisnummer,huisletter,huisnummertoevoeging,postcode,woonplaats,x,y
Dorpsstraat,12,,,3111AB,Stad,85500,436500
Dorpsstraat,14,,,3111AB,Stad,85520,436500
Dorpsstraat,14,A,,3111AB,Stad,85522,436500
"""


@pytest.fixture
def street(town: Town, tmp_path: Path) -> None:
    path = tmp_path / "bag.csv"
    path.write_text(STREET)
    load_addresses(town.municipality, path)


@pytest.fixture
def objects(town: Town) -> None:
    plant(town)


def plant(town: Town) -> None:
    own = {"municipality": town.municipality}
    for slug, numbers in (("lichtmast", ("L7", "9")), ("container", ("C1", "9"))):
        kind = AssetKind.objects.create(**own, slug=slug, name_texts=Texts(nl=slug), plural_texts=Texts(nl=slug))
        for number in numbers:
            point = Point(85500, 436500, srid=28992)
            Asset.objects.create(**own, kind=kind, number=number, point=point, buurt=town.west)


def row(x: float, address: str = "", kind: str = "", number: str = "") -> str:
    longitude, latitude = geo.to_door(Point(x, 436500, srid=28992))
    return f"1,2026-05-01,container-vol,{longitude},{latitude},{address},{kind},{number}\n"


@pytest.mark.parametrize(
    ("x", "words", "address"),
    [
        (85503, "", "Dorpsstraat 12, 3111 AB Stad"),
        (85503, "dorpsstr 14", "Dorpsstraat 14, 3111 AB Stad"),
        (85503, "Dorpsstraat 14a", "Dorpsstraat 14A, 3111 AB Stad"),
        (85521.5, "bij het bankje", "Dorpsstraat 14A, 3111 AB Stad"),
        (85900, "Dorpsstraat 12", ""),
    ],
)
def test_it_has_the_address_near_its_point_that_its_words_name_else_the_nearest(
    street: None, run: Callable[..., Any], x: float, words: str, address: str
) -> None:
    run(row(x, words), HEADER)
    assert Melding.objects.get().address == address


@pytest.mark.parametrize(("kind", "number"), [("lichtmast", "9"), ("Lichtmast", "l7"), ("", "C1")])
def test_it_is_about_the_object_of_that_number(objects: None, run: Callable[..., Any], kind: str, number: str) -> None:
    run(row(85500, "", kind, number), HEADER)
    melding = Melding.objects.get()
    assert melding.asset is not None
    assert (melding.asset.number, melding.place_source) == (number.upper(), "object")


@pytest.mark.parametrize(("kind", "number"), [("", "9"), ("container", "L7"), ("", "X")])
def test_a_number_of_none_or_of_several_objects_is_refused_in_its_column(
    objects: None, run: Callable[..., Any], kind: str, number: str
) -> None:
    outcome, (reject,) = run(row(85500, "", kind, number), HEADER)
    assert (outcome.accepted, reject.column) == (0, "objectnummer")


def test_the_object_of_a_neighbour_is_none_of_ours(neighbour: Town, run: Callable[..., Any]) -> None:
    plant(neighbour)
    _outcome, (reject,) = run(row(85500, "", "", "C1"), HEADER)
    assert reject.column == "objectnummer"
