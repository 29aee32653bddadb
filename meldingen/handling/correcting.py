"""Says of meldingen what they are about, and lets what follows from that follow: team, priority and term.

Callers hold the locks, in one transaction, and have asked who cannot. One melding is corrected by the same.
"""

from collections.abc import Sequence
from datetime import datetime

from meldingen.categories.models import Category
from meldingen.notifications import telling
from meldingen.record import events, lifecycle, queries, workflow
from meldingen.record.models import Event, Melding
from meldingen.routing import planning, routes
from meldingen.routing.planning import Rulebook
from meldingen.tenancy.models import User


def stands(melding: Melding, category: Category) -> bool:
    """Whether a colleague said already that it is about this."""
    return melding.category_id == category.pk and melding.category_by == Melding.CategoryBy.STAFF


def correct(
    meldingen: Sequence[Melding], category: Category, *, by: User, reroute: bool, saw: Sequence[str] | None = None
) -> None:
    """Say that they are about this category, and tell whoever hears of what follows.

    The rules of that category are asked where `reroute` says so, and in any case for what is new and had none. What
    colleagues brought to a team before it had one keeps its team and gets the term. `saw`: the labels of the guesses
    that the page showed, None where nobody knows.
    """
    actor, since = events.by(by), queries.terms_from(meldingen)
    states = {melding.pk: melding.state for melding in meldingen}
    firsts = {melding.pk for melding in meldingen if melding.category_id is None}
    with lifecycle.together(*meldingen):
        for melding in meldingen:
            if not stands(melding, category):
                happened = events.Recategorised(was_by=melding.category_by, saw=saw)
                values = {"category": category, "category_by": Melding.CategoryBy.STAFF}
                lifecycle.change(melding, happened, actor=actor, **values)
        asks = [each for each in meldingen if follows(each, is_first=each.pk in firsts, reroute=reroute)]
        rulebook = planning.read_rulebook_with_words(asks) if asks else None
        routed = [each for each in asks if rulebook and _follow(each, rulebook, since[each.pk], actor, reroute=reroute)]
    _tell([melding for melding in routed if melding.state != states[melding.pk]])
    telling.hand_over(routed)


def follows(melding: Melding, *, is_first: bool, reroute: bool) -> bool:
    """Whether anything follows from its category; `is_first`: it had none before."""
    return melding.state in workflow.OPEN and (reroute or is_first)


def is_routed(melding: Melding, *, reroute: bool) -> bool:
    """Whether the rules give it a team anew, where something follows; else it keeps its team and gets the term."""
    return reroute or melding.state == workflow.NEW


def _follow(melding: Melding, rulebook: Rulebook, since: datetime, actor: events.Actor, *, reroute: bool) -> bool:
    """Let follow what follows; whether it was routed."""
    if is_routed(melding, reroute=reroute):
        routes.route(melding, actor=actor, rulebook=rulebook, since=since)
        return True
    plan = planning.plan(melding, rulebook, since=since)
    lifecycle.change(melding, routes.happening(plan), actor=actor, deadline=plan.deadline)
    return False


def _tell(moved: Sequence[Melding]) -> None:
    """Tell of the state into which routing by a colleague brought these, each the last time that it got there."""
    if not moved:
        return
    of = {melding.pk: melding for melding in moved}
    last = Event.objects.filter(melding__in=of, to_state=workflow.ASSIGNED).order_by("melding", "-pk")
    arrivals = list(last.distinct("melding"))
    for event in arrivals:
        event.melding = of[event.melding_id]
    telling.tell(arrivals)
