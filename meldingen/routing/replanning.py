"""New terms for what is open already: a shorter service level may move it, a longer one holds for what comes in."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import QuerySet

from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Melding
from meldingen.routing import planning
from meldingen.tenancy.models import Municipality, User

SET = 200  # meldingen that are locked at a time


def count_moving(municipality: Municipality) -> int:
    """How many open meldingen get an earlier deadline when their terms are counted again now."""
    return sum(len(_earlier(municipality, meldingen)) for meldingen in _sets(municipality))


def replan(municipality: Municipality, *, actor: User | None = None) -> int:
    """Give open meldingen the deadline of today's service levels and rules where that is earlier; how many moved.

    What the reporter was told stays: a promise is never moved silently. Each set of them is one transaction, so what
    was done stays done when a later one fails, and doing it again does the rest.
    """
    by, moved = events.by(actor) if actor else events.RULE, 0
    for meldingen in _sets(municipality):
        with transaction.atomic():
            locked = lifecycle.lock_many([melding.pk for melding in meldingen], municipality.pk)
            still = _rows(municipality).filter(pk__in=[melding.pk for melding in locked])
            for melding, plan in _earlier(municipality, list(still)):
                lifecycle.change(melding, events.Routed(rule=plan.rule), actor=by, deadline=plan.deadline)
                moved += 1
    return moved


def _earlier(municipality: Municipality, meldingen: list[Melding]) -> list[tuple[Melding, planning.Plan]]:
    rulebook = planning.read_rulebook(municipality.pk, meldingen)
    plans = ((melding, planning.plan(melding, rulebook)) for melding in meldingen)
    return [
        (melding, plan)
        for melding, plan in plans
        if plan.deadline and (melding.deadline is None or plan.deadline < melding.deadline)
    ]


def _rows(municipality: Municipality) -> QuerySet[Melding]:
    rows = Melding.objects.filter(municipality=municipality, state__in=sorted(_STATES), category__isnull=False)
    return rows.select_related("municipality", "category__parent").defer("search", "text", "point")


# What was opened again has a term of its own.
_STATES = workflow.RUNNING - {workflow.REOPENED}


def _sets(municipality: Municipality) -> Iterator[list[Melding]]:
    last = 0
    while meldingen := list(_rows(municipality).filter(pk__gt=last).order_by("pk")[:SET]):
        yield meldingen
        last = meldingen[-1].pk
