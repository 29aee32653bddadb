"""What is shown to somebody who is about to report what was reported already; from `public_meldingen` alone, and asked
as the public, although the form around it is the application.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.contrib.gis.db.models.functions import GeometryDistance
from django.contrib.gis.geos import Point

from meldingen.categories.models import Category
from meldingen.nearby.models import PublicMelding
from meldingen.places.models import Asset
from meldingen.tenancy.as_public import reading_as_public
from meldingen.tenancy.models import Municipality

GRID = 50  # metres
MOST = 3
_STEP = 10  # of a distance that is said
_LOOKED_AT = 20


@dataclass(frozen=True)
class Match:
    """One that is known already. `metres` from the grid point of the pin, in steps; `object` where it is about one."""

    melding_id: int
    category: Category
    metres: int
    object: Asset | None
    received_on: date
    solved_on: date | None


def near(municipality: Municipality, category: Category, point: Point, asset: Asset | None = None) -> list[Match]:
    """At most MOST of this kind near a stored point, about the same object first, open ones before solved ones.

    Who names an object is not shown what is about another one.
    """
    pin = grid_point(point)
    rows = PublicMelding.objects.of(municipality).filter(category=category, in_prompt=True)
    close = rows.filter(place__dwithin=(pin, category.nearby_metres)).select_related("asset__kind")
    with reading_as_public():
        nearest = list(close.order_by(GeometryDistance("place", pin), "-received_on", "-pk")[:_LOOKED_AT])
    same = [row for row in nearest if asset is None or row.asset_id in (None, asset.pk)]
    same.sort(key=lambda row: (asset is None or row.asset_id != asset.pk, row.is_solved))
    return [_match(row, category, pin) for row in same[:MOST]]


def grid_point(point: Point) -> Point:
    """The corner of the grid that is nearest: by moving a pin nobody finds out more than that."""
    x, y = (round(each / GRID) * GRID for each in (point.x, point.y))
    return Point(x, y, srid=settings.SRID_STORED)


def _match(row: PublicMelding, category: Category, pin: Point) -> Match:
    metres = round(row.place.distance(pin) / _STEP) * _STEP
    return Match(row.pk, category, metres, row.asset, row.received_on, row.solved_on)
