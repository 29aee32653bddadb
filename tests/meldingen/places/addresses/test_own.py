from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import connection

from meldingen.places.addresses import own
from meldingen.places.addresses.own import OwnAddresses
from meldingen.places.loading.addresses import load_addresses
from tests.factories import Town
from tests.owner import as_owner

ROWS = """openbareruimte,huisnummer,huisletter,huisnummertoevoeging,postcode,woonplaats,x,y
Dorpsstraat,12,,,3111AB,Stad,85500,436500
Dorpsstraat,12,A,,3111AB,Stad,85505,436500
Dorpsstraat,14,,2,3111AB,Stad,85520,436500
Dorpsstraat,12,,,3222CD,Veen,86500,436500
Kerkweg,1,,,3111AC,Stad,85600,436600
'sGravenweg,3,,,3111AD,Stad,85700,436700
Ĳsselkade,5,,,3111AE,Stad,85700,436800
Plein 1940,7,,,3111AF,Stad,85710,436800
Vincent van Goghlaan,8,,,3111AG,Stad,85720,436800
"""


@pytest.fixture
def addresses(town: Town, tmp_path: Path) -> OwnAddresses:
    path = tmp_path / "bag.csv"
    path.write_text(ROWS)
    load_addresses(town.municipality, path)
    return OwnAddresses(town.municipality)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Dorpsstraat 12", "Dorpsstraat 12, 3111 AB Stad"),
        ("dorpsstraat 12, veen", "Dorpsstraat 12, 3222 CD Veen"),
        ("Dorpsstaat 12a", "Dorpsstraat 12A, 3111 AB Stad"),
        ("dorpstr 14", "Dorpsstraat 14-2, 3111 AB Stad"),
        ("krekweg 1", "Kerkweg 1, 3111 AC Stad"),
        ("s gravenweg 3", "'sGravenweg 3, 3111 AD Stad"),
        ("ijsselkade 5", "IJsselkade 5, 3111 AE Stad"),
        ("Plein 1940", "Plein 1940, Stad"),
        ("plein 1940 7", "Plein 1940 7, 3111 AF Stad"),
        ("goghlaan 8", "Vincent van Goghlaan 8, 3111 AG Stad"),
        ("3111ac", "Kerkweg 1, 3111 AC Stad"),
        ("3111 AB 14", "Dorpsstraat 14-2, 3111 AB Stad"),
        ("dorps", "Dorpsstraat, Stad"),
        ("Veen", "Dorpsstraat, Veen"),
    ],
)
def test_what_is_typed_suggests_what_was_meant(addresses: OwnAddresses, text: str, first: str) -> None:
    assert addresses.suggest(text)[0].text == first


@pytest.mark.parametrize("text", ["", "   ", "achter de school bij de schommels", "%", "'; DROP TABLE", "12", "\0"])
def test_what_is_no_address_finds_none(addresses: OwnAddresses, text: str) -> None:
    assert list(addresses.find(text)) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Dorpsstraat 12", ["Dorpsstraat 12, 3111 AB Stad", "Dorpsstraat 12, 3222 CD Veen"]),
        ("Dorpsstraat 12 Veen", ["Dorpsstraat 12, 3222 CD Veen"]),
        ("dorpsstraat 12 a", ["Dorpsstraat 12A, 3111 AB Stad"]),
        ("3111 AB 14-2", ["Dorpsstraat 14-2, 3111 AB Stad"]),
        ("Plein 1940 7", ["Plein 1940 7, 3111 AF Stad"]),
        ("Dorpsstaat 12", []),
        ("Dorpsstraat", []),
    ],
)
def test_only_what_is_said_exactly_is_found(addresses: OwnAddresses, text: str, found: list[str]) -> None:
    assert [each.text for each in addresses.find(text)] == found


def test_every_text_that_is_given_finds_itself(addresses: OwnAddresses) -> None:
    for text in ("Dorpsstraat 12", "Dorpsstraat 14", "Plein 1940 7", "Kerkweg 1"):
        given = addresses.suggest(text)[0]
        assert [each.text for each in addresses.find(given.text)] == [given.text]


def test_a_point_has_the_nearest_address_within_some_metres(addresses: OwnAddresses) -> None:
    near = addresses.reverse(Point(85504, 436505, srid=28992))
    assert near is not None
    assert near.line == "Dorpsstraat 12A"
    assert addresses.reverse(Point(85900, 436100, srid=28992)) is None


def test_the_neighbour_knows_none_of_them(addresses: OwnAddresses, neighbour: Town) -> None:
    theirs = OwnAddresses(neighbour.municipality)
    assert list(theirs.suggest("Dorpsstraat 12")) == []
    assert theirs.reverse(Point(85500, 436500, srid=28992)) is None


@pytest.mark.parametrize(("typed", "most"), [("Dorpsstraat 12", 2), ("Dorpsstaat 12", 3), ("Dorpsstr", 1)])
def test_one_question_is_at_most_three_queries(
    addresses: OwnAddresses, typed: str, most: int, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    with django_assert_max_num_queries(most):
        assert addresses.suggest(typed)
    with django_assert_max_num_queries(1):
        addresses.reverse(Point(85500, 436500, srid=28992))


def plan(sql: str, **values: Any) -> str:
    as_owner("ANALYZE meldingen_street, meldingen_address")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}", {"most": 8, **values})
        return "\n".join(line for (line,) in cursor.fetchall())


@pytest.fixture
def many(addresses: OwnAddresses) -> int:
    """Streets and addresses enough that reading them all costs more than an index."""
    here = addresses.municipality.pk
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO meldingen_street (municipality_id, name, place, key, place_key) "
            "SELECT %s, md5(n::text), 'Stad', md5(n::text), 'stad' FROM generate_series(1, 20000) n", [here],
        )  # fmt: skip
        cursor.execute(
            "INSERT INTO meldingen_address (municipality_id, street_id, number, letter, addition, postcode, buurt_id, "
            "point) SELECT a.municipality_id, street_id, n, '', '', (1000 + n / 10)::text || 'XY', buurt_id, "
            "ST_Translate(point, n / 100, n %% 100) FROM (SELECT * FROM meldingen_address WHERE municipality_id = %s "
            "LIMIT 1) a, generate_series(1, 20000) n", [here],
        )  # fmt: skip
    return here


def test_each_question_is_answered_by_an_index(many: int) -> None:
    here = {"municipality": many}
    alike = "SELECT * FROM meldingen_street WHERE municipality_id = %(municipality)s AND key %% %(key)s"
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        assert "street_typos" in plan(alike, key="dorpsstaat", **here)
        cursor.execute("SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on")
        cursor.execute("SELECT proconfig FROM pg_proc WHERE proname = 'meldingen_streets_alike'")
        assert cursor.fetchone() == (["enable_seqscan=off", "enable_indexscan=off"],)
    assert "address_in_street" in plan(own._IN_STREETS, streets=[1, 2], number=12, letter="", addition="", **here)
    assert "address_by_postcode" in plan(own._OF_POSTCODE, postcode="3111AB", number=None, letter="", **here)
    assert "meldingen_address_point" in plan(own._NEAREST, x=85500.0, y=436500.0, srid=28992, near=60, **here)
