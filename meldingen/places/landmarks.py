"""Places by their name: what people type who know no street, “Stadspark”, “het station”. By an index."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils.functional import Promise

from meldingen.places import areas
from meldingen.places.addresses.spelling import key_of, readings
from meldingen.places.models import Area, Landmark, MapFeature
from meldingen.tenancy.models import Municipality

MOST = 4  # beside the addresses, in a list on a telephone
SHORTEST = 3  # letters from which a name is looked for
WORTH = 0.65  # of the best score, as with streets
LEAST = 0.5  # “Parkstraat” is no “Park”; the function below looks for no others
MOST_BUURTEN = 8  # of a place that lies in several: a river is asked for by its buurt
_CHOICE = re.compile("(BU[0-9]{8}) (.+)")
_ARTICLES = ("het ", "de ", "een ", "the ", "a ")

# The function knows those that share letters enough, as a whole or in a part of the name: “station” in “Centraal
# Station”. The borders are asked about those few alone.
_ALIKE = """
SELECT l.id, l.kind, l.name, l.score, ST_XMin(box), ST_YMin(box), ST_XMax(box), ST_YMax(box), b.code, b.name
FROM (SELECT id, kind, name, key, geometry,
          (key = %(key)s)::int * 2 + (key LIKE %(begins)s)::int + word_similarity(%(key)s, key) AS score
      FROM meldingen_landmarks_alike(%(municipality)s, %(key)s, %(begins)s)
      ORDER BY score DESC, length(key), name, kind, id LIMIT %(most)s) AS l
CROSS JOIN LATERAL ST_Transform(ST_Envelope(l.geometry), %(door)s) AS box
LEFT JOIN LATERAL (
    SELECT code, name FROM meldingen_area
    WHERE municipality_id = %(municipality)s AND vintage = %(vintage)s AND NOT is_retired AND level = 'buurt'
        AND ST_Covers(geometry, l.geometry)
    ORDER BY code LIMIT 1) AS b ON true
ORDER BY l.score DESC, length(l.key), l.name, l.kind, l.id"""


@dataclass(frozen=True)
class Place:
    """A place of some size: its box in degrees, west, south, east and north; its buurt where all of it lies in one."""

    pk: int
    name: str
    kind: str
    box: tuple[float, float, float, float]
    buurt_code: str = ""
    buurt_name: str = ""

    @property
    def label(self) -> str | Promise:
        """What it is: water, green, a building."""
        return MapFeature.Kind(self.kind).label


def by_name(municipality: Municipality, text: str) -> Sequence[Place]:
    """Those that may be meant, the likeliest first. One query, and none for what is half a word or a postcode."""
    key = _key(text)
    if len(key) < SHORTEST or any(reading.postcode for reading in readings(text)):
        return []
    values: dict[str, Any] = {
        "municipality": municipality.pk, "vintage": municipality.area_vintage or 0, "key": key, "begins": f"{key}%",
        "most": MOST, "door": settings.SRID_DOOR,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_ALIKE, values)
        rows = cursor.fetchall()
    least = max(LEAST, min(1.0, rows[0][3] * WORTH)) if rows else LEAST
    return [
        Place(pk, name, kind, tuple(box), code or "", buurt or "")
        for pk, kind, name, score, *box, code, buurt in rows
        if score >= least
    ]


def buurten_of(municipality: Municipality, place: Place) -> list[Area]:
    """The buurten in which a place lies, by name; what touches it along a border has nothing of it."""
    shape = Landmark.objects.of(municipality).filter(pk=place.pk).values_list("geometry", flat=True).first()
    if shape is None:
        return []
    inside = areas.buurten(municipality).filter(geometry__intersects=shape).exclude(geometry__touches=shape)
    return list(inside[:MOST_BUURTEN])


@dataclass(frozen=True)
class Choice:
    """A place as one of several to choose of: in a buurt, for a place says no more than where it lies."""

    place: Place
    buurt_code: str
    buurt_name: str

    @property
    def value(self) -> str:
        """What the form sends of it, as `read_choice` reads it: the name alone says too little where two have it."""
        return f"{self.buurt_code} {self.place.name}"


def choices_of(municipality: Municipality, text: str) -> list[Choice]:
    """Those that may be meant, each in its buurt; one that lies in several stands in each of them."""
    choices = []
    for place in by_name(municipality, text):
        if place.buurt_code:
            choices.append(Choice(place, place.buurt_code, place.buurt_name))
        else:
            choices += [Choice(place, each.code, each.name) for each in buurten_of(municipality, place)]
    return choices


def read_choice(value: str) -> tuple[str, str]:
    """The name and the code of the buurt of what was chosen; both empty where it is something else: an address."""
    match = _CHOICE.fullmatch(value)
    return (match[2], match[1]) if match else ("", "")


def _key(text: str) -> str:
    """As the names are compared: without the article that people say, and without signs, so no sign of LIKE either."""
    key = key_of(text)
    for article in _ARTICLES:
        key = key.removeprefix(article)
    return key
