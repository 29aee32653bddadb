"""What was reported near a place of the same kind in the last year, whatever became of it: does it keep coming back?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.gis.geos import Point
from django.db.models import F, QuerySet

from meldingen.categories.models import Category
from meldingen.nearby.likely import DIAGONAL, GridPoint
from meldingen.nearby.public import grid_point
from meldingen.record import workflow
from meldingen.record.models import Melding

PERIOD = timedelta(days=365)
CAP = 99  # more are not counted
_LIGHT = ("municipality", "reference", "state", "received_at", "point", "lead", "category", "asset__number")


@dataclass(frozen=True)
class Near:
    """One of them, so many metres away."""

    melding: Melding
    metres: int


@dataclass(frozen=True)
class Recent:
    """All of them, the newest first, at most CAP; `is_more`: there are more. `metres`: what near is for this kind."""

    meldingen: list[Near]
    metres: int
    is_more: bool

    @property
    def open(self) -> int:
        """How many of these are open."""
        return sum(each.melding.state in workflow.OPEN for each in self.meldingen)


def recent(melding: Melding, kind: Category | None, visible: QuerySet[Melding], now: datetime) -> Recent | None:
    """Others of this kind among the `visible`, near this one. None where it has no point, or nobody knows its kind.

    What is no report is left out: spam, threats, and what is suspect. One statement, by the index `melding_nearby`.
    """
    if melding.point is None or kind is None:
        return None
    rows = near(melding.point, kind, visible.exclude(pk=melding.pk), now)[: CAP + 1]
    others = [Near(row, round(melding.point.distance(row.point))) for row in rows if row.point]
    return Recent(others[:CAP], kind.nearby_metres, len(others) > CAP)


def near(point: Point, kind: Category, visible: QuerySet[Melding], now: datetime) -> QuerySet[Melding]:
    """The rows of these around a place, the newest first, without what is heavy."""
    reach = kind.nearby_metres
    rows = visible.filter(category=kind, received_at__gte=now - PERIOD, is_suspect=False)
    close = rows.alias(grid=GridPoint(F("point"))).filter(
        grid__dwithin=(grid_point(point), reach + DIAGONAL), point__dwithin=(point, reach)
    )  # fmt: skip
    reports = close.exclude(state__in=sorted(workflow.UNHEARD)).select_related("asset").only(*_LIGHT)
    return reports.order_by("-received_at", "-pk")
