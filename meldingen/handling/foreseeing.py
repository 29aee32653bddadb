"""What would follow if a colleague chose another category. Reads, and writes nothing: `triage` does what this says."""

from copy import copy

from meldingen.categories.models import Category
from meldingen.record import queries, workflow
from meldingen.record.models import Melding
from meldingen.routing import planning, routes


def foresee(melding: Melding, category: Category, *, reroute: bool) -> Melding:
    """The melding as it would be with that category, never to be saved: team, priority, deadline, what is promised."""
    then = copy(melding)
    then.category = category
    is_first = melding.category_id is None
    if melding.state in workflow.CLOSED or not (reroute or is_first):
        return then
    rulebook = planning.read_rulebook(melding.municipality_id, [then])
    plan = planning.plan(then, rulebook, since=queries.term_from(melding))
    values = routes.columns_of(then, plan) if reroute or melding.state == workflow.NEW else {"deadline": plan.deadline}
    for name, value in values.items():
        setattr(then, name, value)
    return then
