"""New terms for what is open already: a shorter service level may move it, a longer one holds for what comes in."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Melding
from meldingen.routing import planning, routes
from meldingen.tenancy.models import Municipality, User

SET = 200  # meldingen that are locked at a time
MOST_NAMED = 10  # on the page that asks

# What service levels and rules ask for each open melding, by its id; None for no term.
Terms = Mapping[int, datetime | None]


@dataclass(frozen=True, slots=True)
class Scope:
    """Which meldingen: of these categories, and those that the rule with this number takes; all without them."""

    categories: Collection[int] = ()
    rule: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A melding of which the deadline would be earlier, or that would get one: when it is now, and then."""

    melding_id: int
    reference: str
    now: datetime | None
    then: datetime | None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """How many open meldingen would get an earlier deadline; of how many of these a day was told, which stays; how many
    are late then, and were not; and how many would have got one, but the work is planned for a day.

    `first`: some of those that would.
    """

    earlier: int = 0
    told: int = 0
    late: int = 0
    planned: int = 0
    first: tuple[Move, ...] = ()


EVERYTHING = Scope()


def terms(municipality: Municipality, scope: Scope = EVERYTHING) -> Terms:
    """What is asked now of the open ones of the scope's categories, whatever rule takes them."""
    by_id: dict[int, datetime | None] = {}
    for meldingen in _sets(municipality, scope):
        rulebook = planning.read_rulebook(municipality.pk, meldingen)
        by_id |= {melding.pk: planning.plan(melding, rulebook).deadline for melding in meldingen}
    return by_id


def foresee(municipality: Municipality, change: Callable[[], object], scope: Scope = EVERYTHING) -> Foreseen:
    """What `change` to service levels or rules would do to open meldingen. It is tried, and taken back."""
    before = terms(municipality, scope)
    with transaction.atomic():
        change()
        foreseen = count_moving(municipality, scope, before)
        transaction.set_rollback(True)
    return foreseen


def count_moving(municipality: Municipality, scope: Scope = EVERYTHING, before: Terms | None = None) -> Foreseen:
    """Which open meldingen get an earlier deadline when their terms are counted again now.

    `before`: what was asked before a change; only those move of which it asks more now.
    """
    now, moving, planned = timezone.now(), list[tuple[Melding, planning.Plan]](), 0
    for meldingen in _sets(municipality, scope):
        earlier = _earlier(municipality, meldingen, scope, before)
        moving += [one for one in earlier if one[0].state != workflow.PLANNED]
        planned += sum(melding.state == workflow.PLANNED for melding, _plan in earlier)
    return Foreseen(
        earlier=len(moving),
        told=sum(melding.promised_at is not None for melding, _plan in moving),
        late=sum(_is_late(plan.deadline, now) and not _is_late(melding.deadline, now) for melding, plan in moving),
        planned=planned,
        first=tuple(
            Move(melding.pk, melding.reference, melding.deadline, plan.deadline)
            for melding, plan in moving[:MOST_NAMED]
        ),
    )


def _is_late(deadline: datetime | None, now: datetime) -> bool:
    return deadline is not None and deadline < now


def count_open(municipality: Municipality, scope: Scope = EVERYTHING) -> int:
    """How many open meldingen a service level or a rule is for."""
    number = 0
    for meldingen in _sets(municipality, scope):
        rulebook = planning.read_rulebook(municipality.pk, meldingen)
        number += sum(scope.rule in (None, planning.plan(melding, rulebook).rule) for melding in meldingen)
    return number


def replan(
    municipality: Municipality, *, actor: User | None = None, scope: Scope = EVERYTHING, before: Terms | None = None
) -> int:
    """Give open meldingen the deadline of today's service levels and rules where that is earlier; how many moved.

    `before`, as for `count_moving`: without it any deadline that is later than what is asked today moves, but of a
    danger.

    What the reporter was told stays: a promise is never moved silently; and what is planned for a day keeps its term.
    Each set of them is one transaction, so what was done stays done when a later one fails, and doing it again does the
    rest.
    """
    by, number = events.by(actor) if actor else events.RULE, 0
    for meldingen in _sets(municipality, scope):
        with transaction.atomic():
            in_lock = lifecycle.lock_many([melding.pk for melding in meldingen], municipality.pk)
            still = _rows(municipality, scope).filter(pk__in=[melding.pk for melding in in_lock])
            moving = [
                (melding, plan)
                for melding, plan in _earlier(municipality, list(still), scope, before)
                if melding.state != workflow.PLANNED
            ]
            with lifecycle.together(*(melding for melding, _plan in moving)):
                for melding, plan in moving:
                    lifecycle.change(melding, routes.happening(plan), actor=by, deadline=plan.deadline)
            number += len(moving)
    return number


def _earlier(
    municipality: Municipality, meldingen: Sequence[Melding], scope: Scope, before: Terms | None
) -> list[tuple[Melding, planning.Plan]]:
    rulebook = planning.read_rulebook(municipality.pk, meldingen)
    plans = ((melding, planning.plan(melding, rulebook)) for melding in meldingen)
    return [
        (melding, plan)
        for melding, plan in plans
        if plan.deadline
        and _is_earlier(plan.deadline, melding.deadline)
        and _asks_more(melding, plan.deadline, before)
        and scope.rule in (None, plan.rule)
    ]


def _asks_more(melding: Melding, deadline: datetime, before: Terms | None) -> bool:
    """Whether it is asked sooner than before. Where that is not known a danger stays as it is: its hours count from
    when somebody said so, which may be long after its receipt.
    """
    if before is None:
        return not melding.danger
    return melding.pk in before and _is_earlier(deadline, before[melding.pk])


def _is_earlier(deadline: datetime, other: datetime | None) -> bool:
    return other is None or deadline < other


def _rows(municipality: Municipality, scope: Scope) -> QuerySet[Melding]:
    """What has a term that runs, of its own: of what was merged the lead's counts."""
    rows = Melding.objects.of(municipality).filter(state__in=sorted(_STATES), category__isnull=False, lead__isnull=True)
    if scope.categories:
        rows = rows.filter(category__in=scope.categories)
    return rows.select_related("municipality", "category__parent").defer("search", "point")


# What was opened again has a term of its own.
_STATES = workflow.RUNNING - {workflow.REOPENED}


def _sets(municipality: Municipality, scope: Scope) -> Iterator[list[Melding]]:
    last = 0
    while meldingen := list(_rows(municipality, scope).filter(pk__gt=last).order_by("pk")[:SET]):
        yield meldingen
        last = meldingen[-1].pk
