"""Addresses by PDOK's Locatieserver (v3_1): what it answers, read with distrust and kept within the municipality."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.cache import cache
from django.utils import timezone

from meldingen.limits.counting import key_of as hashed
from meldingen.places import geo
from meldingen.places.addresses.asking import Values, ask
from meldingen.places.addresses.breaker import Breaker, Failed
from meldingen.places.addresses.finding import MOST, NEAR, Found, found_address, found_street
from meldingen.places.addresses.spelling import LONGEST, Typed, key_of, readings
from meldingen.places.models.address import house_number
from meldingen.tenancy.models import Municipality

# A form asks the same on several of its pages.
SECONDS_KEPT = 300
_FIELDS = (
    "type", "straatnaam", "huisnummer", "huisletter", "huisnummertoevoeging", "postcode", "woonplaatsnaam",
    "centroide_rd",
)  # fmt: skip
_POINT = re.compile(r"POINT\((-?[0-9]{1,7}(?:\.[0-9]{1,9})?) (-?[0-9]{1,7}(?:\.[0-9]{1,9})?)\)")
_POSTCODE = re.compile(r"(?:[1-9][0-9]{3}[A-Z]{2})?")
# Signs that mean something to the search engine behind it, and stand in no address.
_SIGNS = re.compile(r"[^\w\s'’,.-]|(?<!\w)-")


@dataclass(frozen=True)
class _Row:
    """One thing that it found; a street has the number 0."""

    street: str
    number: int
    letter: str
    addition: str
    postcode: str
    place: str
    x: float
    y: float

    @property
    def point(self) -> Point:
        return Point(self.x, self.y, srid=settings.SRID_STORED)


class PdokAddresses:
    """Those of one municipality. Each town has a breaker of its own, for one may have wrong borders."""

    def __init__(self, municipality: Municipality) -> None:
        self.municipality = municipality
        self.breaker = Breaker("pdok", settings.LOCATIESERVER_URL, str(municipality.pk))

    def is_away(self) -> bool:
        """Whether it did not answer a moment ago."""
        return self.breaker.is_failing()

    def last_away(self) -> datetime | None:
        """When its breaker opened last, within a day."""
        seconds = self.breaker.seconds_since()
        return None if seconds is None else timezone.now() - timedelta(seconds=seconds)

    def suggest(self, text: str) -> Sequence[Found]:
        """In its own order."""
        return [_address(row) for row in self._search("suggest", text, "type:(adres OR weg)", MOST)][:MOST]

    def find(self, text: str) -> Sequence[Found]:
        """Those of its answers that the text spells. A text without a number is not sent."""
        with_number = [reading for reading in readings(text) if reading.number is not None]
        rows = self._search("free", text, "type:adres", 4 * MOST) if with_number else []
        for reading in with_number:
            if matches := [row for row in rows if _says(reading, row)]:
                here = [row for row in matches if key_of(row.place) == reading.place]
                return [_address(row) for row in (here or matches)]
        return []

    def along(self, text: str) -> Sequence[Point]:
        """The middle of each: more it does not say."""
        rows = self._search("suggest", text, "type:weg", MOST)
        return [row.point for row in rows if any(one.street == key_of(row.street) for one in readings(text))]

    def reverse(self, point: Point) -> Found | None:
        """By the point in whole metres. Across the border there may be a nearer one: that is none of ours."""
        x, y = round(point.x), round(point.y)
        values: Values = [("X", x), ("Y", y), ("type", "adres"), ("distance", NEAR), ("rows", MOST)]
        rows = [row for row in self._answer("reverse", values, Point(x, y)) if row.point.distance(point) <= NEAR]
        return _address(min(rows, key=lambda row: row.point.distance(point))) if rows else None

    def _search(self, question: str, text: str, kinds: str, most: int) -> list[_Row]:
        words = " ".join(_SIGNS.sub(" ", text[:LONGEST]).split())
        if not words:
            return []
        ours = f"gemeentecode:{self.municipality.code.removeprefix('GM')}"
        return self._answer(question, [("q", words), ("fq", "bron:BAG"), ("fq", kinds), ("fq", ours), ("rows", most)])

    def _answer(self, question: str, values: Values, around: Point | None = None) -> list[_Row]:
        """What lies in the municipality. Failed where nothing of it does, or it is far from what was asked."""
        here = self.municipality
        key = hashed("addresses", settings.LOCATIESERVER_URL, str(here.pk), question, json.dumps(values))
        before: list[_Row] | None = cache.get(key)
        if before is not None:
            return before
        with self.breaker.guard():
            rows = _read(ask(question, [*values, ("fl", ",".join(_FIELDS))]))
            if around and any(row.point.distance(around) > 2 * NEAR for row in rows):
                raise Failed("far away")
            places = geo.locate(here, [row.point for row in rows]) if rows else []
            inside = [row for row, place in zip(rows, places, strict=True) if place.in_gemeente]
            if rows and not inside and not around:
                raise Failed("outside")
        cache.set(key, inside, SECONDS_KEPT)
        return inside


def _read(content: bytes) -> list[_Row]:
    try:
        docs = json.loads(content)["response"]["docs"]
        if isinstance(docs, list):
            return [_row(doc) for doc in docs[: 4 * MOST]]
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError):
        pass
    raise Failed("shape")


def _row(doc: Any) -> _Row:
    """One of its documents. ValueError, TypeError or LookupError for what is none."""
    spot = _POINT.fullmatch(doc["centroide_rd"])
    number = doc["huisnummer"] if doc["type"] == "adres" else 0
    street, place, postcode = (_word(doc, name) for name in ("straatnaam", "woonplaatsnaam", "postcode"))
    is_known = doc["type"] in ("adres", "weg") and type(number) is int and 0 <= number < 100_000
    if not (spot and is_known and street and place and _POSTCODE.fullmatch(postcode)):
        raise ValueError
    letter, addition = _word(doc, "huisletter"), _word(doc, "huisnummertoevoeging")
    return _Row(street, number, letter, addition, postcode, place, float(spot[1]), float(spot[2]))


def _word(doc: Any, name: str) -> str:
    word = doc.get(name) or ""
    if not isinstance(word, str) or len(word) > 80 or not word.isprintable():
        raise ValueError
    return word


def _says(reading: Typed, row: _Row) -> bool:
    """Whether the text spells this address: its number to the last letter, and its street or its postcode."""
    number = (row.number, row.letter.upper(), row.addition.upper())
    fits = (reading.street in ("", key_of(row.street)), reading.postcode in ("", row.postcode))
    return (
        number == (reading.number, reading.letter, reading.addition)
        and all(fits)
        and bool(reading.street or reading.postcode)
    )


def _address(row: _Row) -> Found:
    if not row.number:
        return found_street(row.street, row.place, row.point)
    number = house_number(row.number, row.letter, row.addition)
    return found_address(row.street, number, row.postcode, row.place, row.point)
