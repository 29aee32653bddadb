"""The addresses of very many places at once: of those near each, the one that its words name, else the nearest."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection

from meldingen.places.addresses.finding import NEAR, address_text
from meldingen.places.addresses.spelling import Typed, readings
from meldingen.places.models.address import house_number
from meldingen.tenancy.models import Municipality

_NEAR = """
SELECT p.n, s.name, s.place, a.number, a.letter, a.addition, a.postcode
FROM (SELECT n, ST_SetSRID(ST_MakePoint(x, y), %(srid)s) AS point, key, number, letter, addition
      FROM unnest(%(xs)s::float8[], %(ys)s::float8[], %(keys)s::text[], %(numbers)s::int[], %(letters)s::text[],
              %(additions)s::text[])
          WITH ORDINALITY AS places (x, y, key, number, letter, addition, n)) AS p,
LATERAL (SELECT near.* FROM meldingen_address near JOIN meldingen_street own ON own.id = near.street_id
    WHERE ST_DWithin(near.point, p.point, %(near)s) AND near.municipality_id = %(municipality)s
    ORDER BY (own.key = p.key AND near.number = p.number) DESC,
        (own.key = p.key AND (near.number, near.letter, upper(near.addition)) = (p.number, p.letter, p.addition)) DESC,
        near.point <-> p.point, near.id
    LIMIT 1) AS a
JOIN meldingen_street s ON s.id = a.street_id"""


def nearest_of_all(municipality: Municipality, places: Sequence[tuple[Point, str]]) -> list[str]:
    """The address of each stored point with its words, empty where our table has none near.

    A source outside is not asked: a file has a hundred thousand places.
    """
    said = [_typed(words) for _point, words in places]
    values: dict[str, Any] = {
        "srid": settings.SRID_STORED, "near": NEAR, "municipality": municipality.pk,
        "xs": [point.x for point, _words in places], "ys": [point.y for point, _words in places],
        "keys": [each.street for each in said], "numbers": [each.number for each in said],
        "letters": [each.letter for each in said], "additions": [each.addition for each in said],
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, values)
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    return [_text(*rows[at]) if at in rows else "" for at in range(1, len(places) + 1)]


def _typed(words: str) -> Typed:
    return next((each for each in readings(words) if each.number is not None and each.street), Typed())


def _text(street: str, place: str, number: int, letter: str, addition: str, postcode: str) -> str:
    return address_text(f"{street} {house_number(number, letter, addition)}", postcode, place)
