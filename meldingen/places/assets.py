"""What pages ask of the objects of the town: those near a place, and those with a number."""

from collections.abc import Iterable, Mapping, Sequence

from django.contrib.gis.db.models.functions import GeometryDistance
from django.contrib.gis.geos import Point
from django.db.models import Q, QuerySet

from meldingen.places.models import Asset, AssetKind
from meldingen.places.models.asset import DIGITS, KEY, number_key
from meldingen.tenancy.models import Municipality

MOST = 8
LEAST_DIGITS = 3  # a house has fewer
NEAR = 75  # metres: what somebody sees from where they stand


def kinds_for(municipality: Municipality, categories: Iterable[str]) -> list[AssetKind]:
    """The kinds that one of these categories, or its main category, asks for."""
    return list(AssetKind.objects.of(municipality).filter(asked_by__overlap=list(categories)))


def example_number(municipality: Municipality, kinds: Sequence[AssetKind]) -> str:
    """The number of an object in use of the first of these kinds that has one; empty where none has."""
    for kind in kinds:
        numbers = Asset.objects.of(municipality).filter(kind=kind, is_active=True).order_by("number")
        if number := numbers.values_list("number", flat=True).first():
            return str(number)
    return ""


def kinds_by_id(municipality: Municipality, ids: Iterable[str]) -> list[AssetKind]:
    """The kinds with these numbers, as a page sends them; other words are nobody's."""
    numbers = [int(each) for each in ids if each.isascii() and each.isdigit() and len(each) < 10]
    return list(AssetKind.objects.of(municipality).filter(pk__in=numbers)) if numbers else []


def nearest(municipality: Municipality, point: Point, kinds: Sequence[AssetKind]) -> list[Asset]:
    """At most MOST of these kinds within NEAR metres of a stored point, the nearest first."""
    near = Asset.objects.of(municipality).filter(is_active=True, kind__in=kinds, point__dwithin=(point, NEAR))
    return list(near.select_related("kind").order_by(GeometryDistance("point", point), "number")[:MOST])


def metres(asset: Asset, point: Point) -> int:
    """How far an object is from a stored point, in whole metres."""
    return round(asset.point.distance(point))


def by_number(
    municipality: Municipality, kinds: Sequence[AssetKind], typed: str, *, is_number: bool = False
) -> list[Asset]:
    """The objects in use with this number among these kinds, however its letters, signs and zeros are typed: several
    where kinds share it. Its digits alone are enough where it `is_number` and no part of an address, or where there
    are LEAST_DIGITS of them.

    Behind the name of a kind, in any language, only of that kind.
    """
    number = typed.strip()
    condition = Q(kind__in=kinds) & _has(number, 1 if is_number else LEAST_DIGITS)
    for kind in kinds:
        for name in kind.name_texts.values():
            if number.casefold().startswith(f"{name} ".casefold()):
                condition |= Q(kind=kind) & _has(number[len(name) :], 1)
    own = Asset.objects.of(municipality).alias(key=KEY, digits=DIGITS).filter(condition, is_active=True)
    assets: list[Asset] = list(own.select_related("kind", "buurt").defer("buurt__geometry")[:MOST])
    exact = [each for each in assets if number.endswith(each.number)]
    one_kind = len({each.kind_id for each in assets}) == 1
    return exact if exact and one_kind else assets


def with_number(municipality: Municipality, typed: Iterable[str]) -> QuerySet[Asset]:
    """Those of all kinds with one of these numbers, in use or not, however it is typed."""
    keys = {number_key(each) for each in typed} - {""}
    return Asset.objects.of(municipality).alias(key=KEY).filter(key__in=keys)


def _has(number: str, least_digits: int) -> Q:
    key = number_key(number)
    if not key:
        return Q(pk__in=[])
    is_enough = key.isdigit() and len(number.strip()) >= least_digits
    return Q(key=key) | Q(digits=key) if is_enough else Q(key=key)


def keys_by_number(municipality: Municipality) -> Mapping[tuple[str, str], int]:
    """The primary key of every object, in use or not, by (code of its kind, number) and, where no other kind has that
    number, by ("", number); codes and numbers without capitals.
    """
    keys: dict[tuple[str, str], int] = {}
    shared: set[tuple[str, str]] = set()
    rows = Asset.objects.of(municipality).values_list("kind__slug", "number", "pk")
    for kind, number, key in rows.iterator():
        alone = "", number.casefold()
        if alone in keys:
            shared.add(alone)
        keys[kind.casefold(), alone[1]] = keys[alone] = key
    return {name: key for name, key in keys.items() if name not in shared}
