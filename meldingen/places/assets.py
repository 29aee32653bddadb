"""What pages ask of the objects of the town: those near a place, and one by its number."""

from collections.abc import Iterable, Sequence

from django.contrib.gis.db.models.functions import GeometryDistance
from django.contrib.gis.geos import Point

from meldingen.places.models import Asset, AssetKind
from meldingen.tenancy.models import Municipality

MOST = 8
NEAR = 75  # metres: what somebody sees from where they stand


def kinds_for(municipality: Municipality, categories: Iterable[str]) -> list[AssetKind]:
    """The kinds that one of these categories, or its main category, asks for."""
    return list(AssetKind.objects.of(municipality).filter(asked_by__overlap=list(categories)))


def kinds_by_id(municipality: Municipality, ids: Iterable[str]) -> list[AssetKind]:
    """The kinds with these numbers, as a page sends them; other words are nobody's."""
    numbers = [int(each) for each in ids if each.isascii() and each.isdigit() and len(each) < 10]
    return list(AssetKind.objects.of(municipality).filter(pk__in=numbers)) if numbers else []


def nearest(municipality: Municipality, point: Point, kinds: Sequence[AssetKind]) -> list[Asset]:
    """At most MOST of these kinds within NEAR metres of a stored point, the nearest first."""
    near = Asset.objects.of(municipality).filter(is_active=True, kind__in=kinds, point__dwithin=(point, NEAR))
    return list(near.select_related("kind").order_by(GeometryDistance("point", point), "number")[:MOST])


def by_number(municipality: Municipality, kinds: Iterable[AssetKind], number: str) -> Asset | None:
    """The object in use with this number, in any case of its letters, among these kinds."""
    own = Asset.objects.of(municipality).filter(is_active=True, kind__in=kinds, number__iexact=number.strip())
    return own.select_related("kind", "buurt").defer("buurt__geometry").first()
