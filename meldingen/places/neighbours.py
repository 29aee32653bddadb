"""Which other town of this site has a place that is not ours, and where a melding for it is made."""

from dataclasses import dataclass

from django.contrib.gis.geos import Point
from django.db.models import QuerySet

from meldingen.places.addresses.own import OwnAddresses
from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.urls import absolute

FORM = "/melden/"
MOST = 8
BESIDE = 100  # metres between the borders of two towns that were drawn by different hands


@dataclass(frozen=True)
class Neighbour:
    """Another town: its name, and the address of its form."""

    name: str
    url: str


def town_at(municipality: Municipality, point: Point | None) -> Neighbour | None:
    """The other town in which a stored point lies. Only reads what the pages of the public may read."""
    if point is None:
        return None
    return _neighbour(_others(municipality).filter(geometry__covers=point).first())


def town_of_address(municipality: Municipality, text: str) -> Neighbour | None:
    """The one town beside ours that has exactly this address in a table of its own."""
    own = Area.objects.in_use(municipality).filter(level=Area.Level.GEMEENTE).first()
    if own is None or not text.strip():
        return None
    near = _others(municipality).filter(geometry__dwithin=(own.geometry, BESIDE))[:MOST]
    has = [area for area in near if OwnAddresses(Municipality(pk=area.municipality_id)).find(text)]
    return _neighbour(has[0]) if len(has) == 1 else None


def _others(municipality: Municipality) -> QuerySet[Area]:
    towns = Area.objects.of_others(municipality).filter(level=Area.Level.GEMEENTE, is_retired=False)
    return towns.defer("geometry").order_by("-vintage", "code")


def _neighbour(area: Area | None) -> Neighbour | None:
    if area is None:
        return None
    try:
        return Neighbour(area.name, absolute(Municipality(pk=area.municipality_id, code=area.code), FORM))
    except ValueError:
        return None  # a town without a host has no form
