"""What became of an area when borders changed: which one lies there now."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection

from meldingen.places.models import Area

# An area follows another one without a person's word where nearly all of each lies in the other.
NEARLY_ALL = 0.9
MOST = 0.5
# Parts smaller than this share are what two drawings of one border differ by.
NOTHING = 0.01

_OVERLAPS = """
SELECT a.id, b.id, b.code, b.name, shared.size / ST_Area(a.geometry), shared.size / ST_Area(b.geometry)
FROM meldingen_area a JOIN meldingen_area b
    ON b.municipality_id = a.municipality_id AND b.level = a.level AND ST_Intersects(a.geometry, b.geometry),
LATERAL (SELECT ST_Area(ST_Intersection(a.geometry, b.geometry)) AS size OFFSET 0) AS shared
WHERE a.id = ANY(%s) AND b.id = ANY(%s) AND shared.size > %s * LEAST(ST_Area(a.geometry), ST_Area(b.geometry))
ORDER BY shared.size DESC, b.code"""


@dataclass(frozen=True)
class Overlap:
    """Another area that lies on one, and which share of each (0 to 1) the two have in common."""

    area_id: int
    code: str
    name: str
    share: float
    share_of_other: float

    @property
    def is_the_same(self) -> bool:
        """Whether it is the same place under another code."""
        return min(self.share, self.share_of_other) >= NEARLY_ALL


def code_and_name(area: Area) -> str:
    """Code and name, as people look them up."""
    return area.code if area.name == area.code else f"{area.code} {area.name}"


def overlaps(areas: Iterable[int], others: Iterable[int]) -> dict[int, list[Overlap]]:
    """For each of `areas` (ids) those of `others` (ids, of the same level) that lie on it, largest part first."""
    of_area: dict[int, list[Overlap]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_OVERLAPS, [list(areas), list(others), NOTHING])
        for area, *other in cursor.fetchall():
            of_area.setdefault(area, []).append(Overlap(*other))
    return of_area
