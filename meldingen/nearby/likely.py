"""Which meldingen are likely about the same as one that colleagues have before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.db.models.functions import GeometryDistance
from django.contrib.gis.geos import Point
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BigIntegerField, BooleanField, F, Func, Q, QuerySet, Value

from meldingen.categories.models import Category
from meldingen.nearby import pairs
from meldingen.nearby.public import GRID, grid_point
from meldingen.record import workflow
from meldingen.record.models import Melding

MOST = 40
_LOOKED_AT = 120
DIAGONAL = 71  # metres by which two grid points may be further apart than what was grid_point to them


class GridPoint(Func):
    """The grid point of a place, as the index `melding_nearby` has it."""

    function = "ST_SnapToGrid"
    template = f"%(function)s(%(expressions)s, 0, 0, {GRID}, {GRID})"
    output_field = GeometryField(srid=settings.SRID_STORED)


@dataclass(frozen=True)
class Likely:
    """One that is likely the same. `metres` apart, None where one of them has no point; `is_sure`: hardly anything
    else.
    """

    melding: Melding
    metres: int | None
    is_sure: bool


def likely(melding: Melding, visible: QuerySet[Melding], guess: Category | None = None) -> list[Likely]:
    """Open ones among the `visible`, merged into none, likely about the same as this one; the likeliest first.

    `guess`: what it may be about, where nobody chose its category yet. Without one, and of others that have none, what
    is near and says the same in words is likely the same.
    """
    kind = melding.category or guess
    rows = [*_candidates(melding, kind, visible)]
    by_id = {row.pk: row for row in rows}
    own = _traits(melding, kind)
    weights = [(row.pk, pairs.weight(own, _traits(row, row.category), _apartness(melding, row, kind))) for row in rows]
    likeliest = pairs.strongest(weights, MOST)
    return [Likely(by_id[pk], _metres(melding, by_id[pk]), each >= pairs.SURE) for pk, each in likeliest]


def _candidates(melding: Melding, kind: Category | None, visible: QuerySet[Melding]) -> Sequence[Melding]:
    """About the same object, or within reach and of the same main category, or of none yet."""
    within = timedelta(days=_days(kind))
    alike = visible.filter(
        state__in=sorted(workflow.OPEN), lead__isnull=True, is_suspect=False,
        received_at__range=(melding.received_at - within, melding.received_at + within),
    )  # fmt: skip
    others = alike.exclude(pk=melding.pk).select_related("category").defer("search")
    about = [*others.filter(asset=melding.asset_id).order_by("-pk")[:_LOOKED_AT]] if melding.asset_id else []
    ids = {row.pk for row in about}
    return [*about, *(row for row in _close(melding, kind, others) if row.pk not in ids)]


def _close(melding: Melding, kind: Category | None, others: QuerySet[Melding]) -> Sequence[Melding]:
    point, reach = melding.point, _reach(kind)
    if point is None:
        return []
    near = others.alias(grid=GridPoint(F("point"))).filter(
        grid__dwithin=(grid_point(point), reach + DIAGONAL), point__dwithin=(point, reach)
    )  # fmt: skip
    if kind:
        near = near.filter(is_of_kind(kind))
    return list(near.order_by(GeometryDistance("point", Value(point)), "-pk")[:_LOOKED_AT])


def is_of_kind(kind: Category) -> Q:
    """Of the same main category, or of none yet; written so that the index `melding_nearby` is asked for both."""
    kinds = Category.objects.of(kind.municipality_id).filter(Q(pk=kind.pk) | Q(parent=kind.parent_id or 0))
    those = Func(ArraySubquery(kinds.order_by().values("pk")), function="ANY", output_field=BigIntegerField())
    is_one = Func(F("category"), those, template="%(expressions)s", arg_joiner=" = ", output_field=BooleanField())
    return Q(is_one) | Q(category=None)


def _days(kind: Category | None) -> int:
    return kind.nearby_days if kind else 30


def _reach(kind: Category | None) -> int:
    return kind.nearby_metres if kind else 50


def _traits(melding: Melding, kind: Category | None) -> pairs.Traits:
    words = pairs.stems(melding.text)
    return pairs.Traits(object=melding.asset_id, category=kind.pk if kind else None, words=words)


def _apartness(one: Melding, other: Melding, kind: Category | None) -> pairs.Distance:
    metres = _distance(one.point, other.point)
    time = abs(one.received_at - other.received_at) / timedelta(days=_days(kind))
    return pairs.Distance(place=None if metres is None else metres / _reach(kind), time=time)


def _metres(one: Melding, other: Melding) -> int | None:
    metres = _distance(one.point, other.point)
    return None if metres is None else round(metres)


def _distance(one: Point | None, other: Point | None) -> float | None:
    return None if one is None or other is None else float(one.distance(other))
