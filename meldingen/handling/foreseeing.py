"""What would follow if a colleague chose another category or priority. Reads, and writes nothing: `triage` does what
this says.
"""

from collections.abc import Sequence
from copy import copy
from datetime import datetime

from meldingen.categories.models import Category
from meldingen.handling import correcting
from meldingen.record import queries
from meldingen.record.models import Melding
from meldingen.routing import planning, routes
from meldingen.routing.planning import Rulebook


def foresee(melding: Melding, category: Category, *, reroute: bool) -> Melding:
    """The melding as it would be with that category, never to be saved: team, priority, deadline, what is promised."""
    return foresee_many([melding], category, reroute=reroute)[0]


def with_priority(melding: Melding, priority: int) -> Melding:
    """The melding as it would be with that priority, never to be saved: its term follows from other things."""
    then = copy(melding)
    then.priority = priority
    return then


def foresee_many(meldingen: Sequence[Melding], category: Category, *, reroute: bool) -> list[Melding]:
    """The same of each, in their order and a fixed number of questions."""
    thens = [copy(melding) for melding in meldingen]
    for then in thens:
        then.category = category
    firsts = {melding.pk for melding in meldingen if melding.category_id is None}
    asks = [each for each in thens if correcting.follows(each, is_first=each.pk in firsts, reroute=reroute)]
    if asks:
        rulebook, since = planning.read_rulebook_with_words(asks), queries.terms_from(asks)
        for then in asks:
            _follow(then, rulebook, since[then.pk], reroute=reroute)
    return thens


def _follow(then: Melding, rulebook: Rulebook, since: datetime, *, reroute: bool) -> None:
    plan = planning.plan(then, rulebook, since=since)
    is_routed = correcting.is_routed(then, reroute=reroute)
    for name, value in (routes.columns_of(then, plan) if is_routed else {"deadline": plan.deadline}).items():
        setattr(then, name, value)
