"""Addresses in our own table: the street by its letters, then the number in that street."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, Point
from django.db import connection

from meldingen.places.addresses.finding import MOST, NEAR, Found, found_address, found_street
from meldingen.places.addresses.spelling import Typed, key_of, readings
from meldingen.places.models.address import house_number
from meldingen.tenancy.models import Municipality

# Streets that share letters enough (the index knows), or begin so: those that are it, begin so, or look most like it.
# What stands behind a comma, or behind the number, chooses between places.
_STREETS = """
SELECT id, name, place, point::bytea, (key = %(key)s)::int * 2 + (key LIKE %(begins)s)::int
    + similarity(key, %(key)s) + similarity(place_key, %(place)s) AS score
FROM meldingen_streets_alike(%(municipality)s, %(key)s, %(begins)s)
ORDER BY score DESC, length(key), name, place LIMIT %(most)s"""
# Who spelt it rightly and says a number means these and no others: that is asked of a plain index.
_EXACTLY = """
SELECT id, name, place, point::bytea, 2 + similarity(place_key, %(place)s) AS score
FROM meldingen_street WHERE municipality_id = %(municipality)s AND key = %(key)s
ORDER BY score DESC, name, place LIMIT %(most)s"""
_OF_PLACE = """
SELECT id, name, place, point::bytea, 0 FROM meldingen_street
WHERE municipality_id = %(municipality)s AND place_key = %(key)s ORDER BY place_key, key LIMIT %(most)s"""
_IN_STREETS = """
SELECT s.n, a.number, a.letter, a.addition, a.postcode, a.point::bytea
FROM unnest(%(streets)s) WITH ORDINALITY AS s (id, n), LATERAL (
    SELECT * FROM meldingen_address WHERE street_id = s.id AND number = %(number)s
    ORDER BY letter <> %(letter)s, upper(addition) <> %(addition)s, letter, addition LIMIT %(most)s) AS a
ORDER BY s.n, a.letter <> %(letter)s, upper(a.addition) <> %(addition)s, a.letter, a.addition"""
_OF_POSTCODE = """
SELECT s.name, s.place, a.number, a.letter, a.addition, a.postcode, a.point::bytea
FROM meldingen_address a JOIN meldingen_street s ON s.id = a.street_id
WHERE a.municipality_id = %(municipality)s AND a.postcode = %(postcode)s
    AND (%(number)s IS NULL OR a.number = %(number)s)
ORDER BY a.number, a.letter <> %(letter)s, a.letter, a.addition LIMIT %(most)s"""
_ALONG = """
SELECT a.point::bytea FROM meldingen_address a JOIN meldingen_street s ON s.id = a.street_id
WHERE s.municipality_id = %(municipality)s AND s.key = ANY(%(keys)s) LIMIT %(most)s"""
_NEAREST = """
SELECT s.name, s.place, a.number, a.letter, a.addition, a.postcode, a.point::bytea
FROM (SELECT * FROM meldingen_address
      WHERE ST_DWithin(point, ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), %(srid)s), %(near)s)
          AND municipality_id = %(municipality)s
      ORDER BY point <-> ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), %(srid)s), number, letter, addition LIMIT 1) AS a
JOIN meldingen_street s ON s.id = a.street_id"""

LONGEST_STREET = 2000  # addresses that are looked at, to know in which buurten a street lies
WORTH = 0.65  # of the best score

Row = tuple[str, str, int, str, str, str, memoryview]


class OwnAddresses:
    """What `load_addresses` stored of a municipality."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality

    def is_away(self) -> bool:
        """Never: it is our own table."""
        return False

    def last_away(self) -> datetime | None:
        """Never."""
        return None

    def suggest(self, text: str) -> Sequence[Found]:
        """Addresses where a number was typed, else streets, else the streets of a place of that name."""
        for reading in readings(text):
            if matches := self._suggest(reading):
                return matches
        return []

    def _suggest(self, reading: Typed) -> list[Found]:
        if reading.postcode:
            return [_address(row) for row in self._of_postcode(reading)][:MOST]
        streets = self._streets(reading)
        if reading.number is None:
            return [_street(*street) for street in streets or self._of_place(reading)]
        return [_address(row) for row in self._in_streets(streets, reading)]

    def find(self, text: str) -> Sequence[Found]:
        """Those whose street is spelt so, or whose postcode it is, with this number, letter and addition."""
        for reading in readings(text):
            if reading.number is not None and (rows := self._exactly(reading)):
                here = [row for row in rows if key_of(row[1]) == reading.place]
                return [_address(row) for row in (here or rows)]
        return []

    def along(self, text: str) -> Sequence[Point]:
        """Every address in it."""
        keys = [reading.street for reading in readings(text) if reading.number is None and reading.street]
        rows = self._ask(_ALONG, {"keys": keys, "most": LONGEST_STREET})
        return [_point(row[0]) for row in rows]

    def reverse(self, point: Point) -> Found | None:
        """By the index on their points."""
        values = {"x": point.x, "y": point.y, "srid": settings.SRID_STORED, "near": NEAR}
        rows = self._ask(_NEAREST, values)
        return _address(rows[0]) if rows else None

    def _exactly(self, reading: Typed) -> list[Row]:
        if reading.postcode:
            rows = self._of_postcode(reading)
        else:
            rows = self._in_streets(
                [each for each in self._streets(reading) if key_of(each[1]) == reading.street], reading
            )
        ending = (reading.letter, reading.addition)
        return [r for r in rows if (r[3], r[4].upper()) == ending and reading.street in ("", key_of(r[0]))]

    def _streets(self, reading: Typed) -> list[tuple[int, str, str, memoryview | None]]:
        if not reading.street:
            return []
        begins = reading.street.replace("%", "").replace("_", "") + "%"
        values = {"key": reading.street, "begins": begins, "place": reading.place, "most": MOST}
        rows = self._ask(_EXACTLY, values) if reading.number is not None else []
        if rows:
            return [row[:4] for row in rows]
        rows = self._ask(_STREETS, values)
        # Where one looks much more like it than the others, those are noise; what begins so (1 and more) stays.
        least = min(1.0, rows[0][4] * WORTH) if rows else 0
        return [row[:4] for row in rows if row[4] >= least]

    def _of_place(self, reading: Typed) -> list[tuple[int, str, str, memoryview | None]]:
        return [row[:4] for row in self._ask(_OF_PLACE, {"key": reading.street or reading.place, "most": MOST})]

    def _in_streets(self, streets: Sequence[tuple[int, str, str, memoryview | None]], reading: Typed) -> list[Row]:
        if not streets:
            return []
        values = {
            "streets": [street[0] for street in streets], "number": reading.number, "letter": reading.letter,
            "addition": reading.addition, "most": MOST,
        }  # fmt: skip
        matches = self._ask(_IN_STREETS, values)
        return [(streets[n - 1][1], streets[n - 1][2], *more) for n, *more in matches][:MOST]

    def _of_postcode(self, reading: Typed) -> list[Row]:
        values = {"postcode": reading.postcode, "number": reading.number, "letter": reading.letter, "most": 4 * MOST}
        return list(self._ask(_OF_POSTCODE, values))

    def _ask(self, query: str, values: Mapping[str, Any]) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(query, {**values, "municipality": self.municipality.pk})
            return list(cursor.fetchall())


def _address(row: Row) -> Found:
    street, place, number, letter, addition, postcode, point = row
    return found_address(street, house_number(number, letter, addition), postcode, place, _point(point))


def _street(_pk: int, name: str, place: str, point: memoryview | None) -> Found:
    return found_street(name, place, _point(point))


def _point(content: memoryview | None) -> Point:
    """From the bytes that PostGIS keeps, which name the system too."""
    point: Any = GEOSGeometry(content)
    return Point(point.x, point.y, srid=point.srid)
