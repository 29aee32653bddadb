"""Reports and cases of a period, by what they are about or by who has them: exact, for colleagues, never published.

A report is each melding that came in; a case is one with all that was merged into it. So a case stands in the period in
which the one came in that leads it, and what was split off later is a case that was never reported. Spam is neither.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce

from meldingen import calendar
from meldingen.categories.models import Category
from meldingen.record import workflow
from meldingen.record.models import OPEN, Melding
from meldingen.tenancy.models import Municipality, Team

MOST_DAYS = 366  # what it costs follows the days that are asked for
_ALONE = Q(lead__isnull=True)


class By(StrEnum):
    """What the figures are divided by."""

    CATEGORY = "category"
    TEAM = "team"


@dataclass(frozen=True)
class Days:
    """Local days, the last one too."""

    first: date
    last: date


@dataclass(frozen=True)
class Figures:
    """What came in, and how it stands now. `closed`: ended, also otherwise than solved; `late` is among `open`."""

    reports: int = 0
    merged: int = 0
    cases: int = 0
    solved: int = 0
    closed: int = 0
    open: int = 0
    late: int = 0

    def __add__(self, other: Figures) -> Figures:
        return Figures(*(getattr(self, each.name) + getattr(other, each.name) for each in fields(self)))


@dataclass(frozen=True)
class Row:
    """The figures of one main category or team; neither name nor id for what has none."""

    id: int | None
    name: str
    figures: Figures


def period_of(name: str, today: date) -> Days | None:
    """The days of a period by its name, as far as they are there; None for a name that is none."""
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    before = first - timedelta(days=1)
    return {
        "week": Days(monday, today),
        "last-week": Days(monday - timedelta(days=7), monday - timedelta(days=1)),
        "month": Days(first, today),
        "last-month": Days(before.replace(day=1), before),
    }.get(name)


def figures_of(where: Municipality, visible: QuerySet[Melding], days: Days, by: By, now: datetime) -> list[Row]:
    """A row for each that has something in these days, the most cases first. Two statements: one reads the meldingen of
    these days by the index of receipt, one the names.
    """
    since = calendar.start_of_day(days.first, where.time_zone)
    until = calendar.start_of_day(days.last + timedelta(days=1), where.time_zone)
    rows = visible.filter(received_at__gte=since, received_at__lt=until).exclude(state__in=sorted(workflow.UNDRAWN))
    key = F("team_id") if by == By.TEAM else Coalesce("category__parent_id", "category_id")
    counts = _counts(now)
    counted = rows.order_by().values(key=key).annotate(**counts).values_list("key", *counts)
    names = _names(where, by)
    lines = [Row(pk, names.get(pk, ""), Figures(*numbers)) for pk, *numbers in counted]
    return sorted(lines, key=lambda row: (-row.figures.cases, -row.figures.reports, row.name.lower()))


def _counts(now: datetime) -> Mapping[str, Count]:
    late = Q(state__in=sorted(workflow.RUNNING), deadline__lt=now)
    conditions = {
        "reports": Q(part_of__isnull=True),
        "merged": ~_ALONE,
        "cases": _ALONE,
        "solved": _ALONE & Q(state=workflow.SOLVED),
        "closed": _ALONE & ~OPEN,
        "open": _ALONE & OPEN,
        "late": _ALONE & late,
    }
    return {name: Count("pk", filter=condition) for name, condition in conditions.items()}


def _names(where: Municipality, by: By) -> dict[int, str]:
    if by == By.TEAM:
        return dict(Team.objects.of(where).values_list("pk", "name"))
    mains = Category.objects.of(where).filter(parent__isnull=True)
    return {each.pk: each.name for each in mains}
