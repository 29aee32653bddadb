"""The worklists that stand beside the inbox: what they hold, in which order, and how many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meldingen import calendar
from meldingen.handling.desk import orders
from meldingen.handling.desk.orders import Order
from meldingen.handling.holding import MOST_DAYS
from meldingen.record import workflow
from meldingen.record.models import OPEN, Melding
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may, standing

Meldingen = QuerySet[Melding]
CAP = 99  # more are not counted
_NOTHING = _("Nothing here. Fine.")
# What was merged into another one is worked on with that one.
ALONE = Q(lead__isnull=True)
_NOT_A_FLOOD = Q(is_suspect=False) | Q(priority=Melding.Priority.URGENT)


@dataclass(frozen=True)
class Reader:
    """Who looks, when, and by whose clock."""

    user_id: int
    teams: frozenset[int]
    now: datetime
    zone: str
    rights: frozenset[Right] = frozenset({Right.VIEW})

    @property
    def today(self) -> date:
        """The day that it is there."""
        return calendar.local_day(self.now, self.zone)

    @property
    def end_of_today(self) -> datetime:
        """The first moment of tomorrow."""
        return calendar.start_of_day(calendar.local_day(self.now, self.zone) + timedelta(days=1), self.zone)


@dataclass(frozen=True)
class BuiltIn:
    """A worklist that everybody has. `done`: what is said when nothing is left in it."""

    slug: str
    name: str | Promise
    icon: str
    hold: Callable[[Meldingen, Reader], Meldingen]
    order: Order = orders.NEWEST
    done: str | Promise = _NOTHING
    is_counted: bool = True
    right: Right = Right.VIEW
    only_in_team: bool = False  # for who belongs to a team
    of_several: str | Promise = ""  # its name for who belongs to more than one

    def name_for(self, reader: Reader) -> str | Promise:
        """What it is called for this colleague."""
        return self.of_several if self.of_several and len(reader.teams) > 1 else self.name


def acts_on_own(reader: Reader) -> bool:
    """Whether this colleague decides on the meldingen of their own teams alone."""
    return Right.HANDLE_OWN in reader.rights and Right.HANDLE not in reader.rights and bool(reader.teams)


def to_act_on(rows: Meldingen, reader: Reader) -> Meldingen:
    """Those of their own teams for who decides on those alone: a number beside a worklist is work for who reads it."""
    return rows.filter(team__in=sorted(reader.teams)) if acts_on_own(reader) else rows


def _running(rows: Meldingen, reader: Reader) -> Meldingen:
    """What has a term that runs."""
    return to_act_on(rows, reader).filter(OPEN, ALONE, state__in=sorted(workflow.RUNNING))


BUILT_IN: Mapping[str, BuiltIn] = {
    each.slug: each
    for each in (
        BuiltIn(
            "to-judge", _("To judge"), "inbox",
            lambda rows, reader: rows.filter(_NOT_A_FLOOD, ALONE, state=workflow.NEW),
            done=_("All judged. Well done."),
        ),
        BuiltIn("mine", _("Mine"), "user", lambda rows, reader: rows.filter(OPEN, ALONE, assignee=reader.user_id)),
        BuiltIn(
            "my-team", _("My team"), "users",
            lambda rows, reader: rows.filter(OPEN, _NOT_A_FLOOD, ALONE, team__in=sorted(reader.teams)),
            orders.DUE_FIRST, only_in_team=True, of_several=_("My teams"),
        ),
        BuiltIn(
            "today", _("Due today"), "calendar-check",
            lambda rows, reader: _running(rows, reader).filter(
                deadline__gte=reader.now, deadline__lt=reader.end_of_today
            ),
            orders.TERM, _("Nothing more is due today."),
        ),
        BuiltIn(
            "late", _("Too late"), "clock",
            lambda rows, reader: _running(rows, reader).filter(deadline__lt=reader.now),
            orders.TERM, _("Nothing is too late. Well done."),
        ),
        BuiltIn(
            "spoken", _("Reporter wrote"), "message-square",
            lambda rows, reader: to_act_on(rows, reader).filter(reporter_spoke_at__isnull=False), orders.SPOKEN,
        ),
        BuiltIn(
            "reopened", _("Opened again"), "rotate-ccw",
            lambda rows, reader: to_act_on(rows, reader).filter(ALONE, state=workflow.REOPENED),
        ),
        BuiltIn(
            "waiting", _("Waiting for reporter"), "circle-pause",
            lambda rows, reader: to_act_on(rows, reader).filter(ALONE, state=workflow.WAITING),
        ),
        BuiltIn(
            "suspect", _("Suspect ones"), "ban", lambda rows, reader: rows.filter(OPEN, is_suspect=True),
        ),
        BuiltIn(
            "held", _("Threats"), "shield-alert",
            # Also one that nobody put on hold: it came from elsewhere, or its day has not been chosen yet.
            lambda rows, reader: rows.filter(
                Q(hold__until__gte=reader.today)
                | Q(hold__isnull=True, closed_at__gte=reader.now - timedelta(days=MOST_DAYS)),
                state=workflow.THREAT,
            ),
            done=_("No threat is kept. Fine."), right=Right.HOLD,
        ),
        BuiltIn("open", _("All open work"), "list", lambda rows, reader: rows.filter(OPEN, _NOT_A_FLOOD, ALONE)),
        BuiltIn("all", _("Everything, closed too"), "file-text", lambda rows, reader: rows, is_counted=False),
    )
}  # fmt: skip


def reader_of(request: HttpRequest) -> Reader:
    """Who looks at this page now."""
    own, zone = standing(request), municipality(request).time_zone
    return Reader(request.user.pk or 0, own.teams, timezone.now(), zone, own.rights)


def built_in_of(reader: Reader) -> list[BuiltIn]:
    """Those that are for this colleague."""
    own = [each for each in BUILT_IN.values() if each.right in reader.rights]
    return [each for each in own if reader.teams or not each.only_in_team]


def first_of(request: HttpRequest) -> str:
    """On which worklist this colleague's day begins: the work of their teams; who judges for all of them has none."""
    if standing(request).teams:
        return "my-team"
    return "to-judge" if may(request, Right.HANDLE) else "open"


def counts(rows: Meldingen, reader: Reader, more: Mapping[str, Meldingen] | None = None) -> dict[str, int]:
    """How many stand in each worklist, CAP + 1 where there are more: one statement, and no part of it reads on.
    `more`: what else is counted along with them, by name.
    """
    statements: list[str] = []
    values: list[Any] = []
    slugs: list[str] = []
    numbers: dict[str, int] = {}
    lists = {each.slug: each.hold(rows, reader) for each in built_in_of(reader) if each.is_counted}
    for slug, whole in (lists | dict(more or {})).items():
        some = whole.order_by().values("pk")[: CAP + 1]
        try:
            sql, own = some.query.sql_with_params()
        except EmptyResultSet:  # a colleague without a team
            numbers[slug] = 0
            continue
        statements.append(f"(SELECT count(*) FROM ({sql}) counted)")  # noqa: S608  made of our own querysets
        values += own
        slugs.append(slug)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(statements)}", values)
        return numbers | dict(zip(slugs, cursor.fetchone(), strict=True))
