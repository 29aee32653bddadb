"""Gives a melding the team, priority and term that its category, place and danger ask for (see `planning`)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from meldingen.classification.dangers import Kind
from meldingen.record import events, lifecycle, queries, workflow
from meldingen.record.events import Actor
from meldingen.record.models import Event, Melding
from meldingen.routing import auditing, planning
from meldingen.routing.planning import Rulebook

__all__ = ["assess", "columns_of", "happening", "mark_danger", "route"]


def mark_danger(melding: Melding, danger: Kind | None) -> None:
    """Give a melding that is not stored yet the danger that its words name, and the priority that goes with it."""
    melding.danger = Melding.Danger(danger or "")
    melding.priority = max(melding.priority, planning.least_priority(melding))


def assess(melding: Melding, danger: Kind | None, *, saw: Sequence[str] | None) -> None:
    """Give a melding that is not stored yet all that follows from its danger, category and place.

    `saw`: the suggestions that its reporter was shown, None where nobody knows. Who saw some is not audited.
    """
    mark_danger(melding, danger)
    melding.is_audited = not danger and not saw and auditing.is_drawn(melding.municipality, melding.submission_key)
    # Until when a danger is looked at is told, and kept.
    melding.deadline = melding.promised_at = planning.deadline_of_danger(melding)
    if melding.category:
        plan = planning.plan(melding, planning.read_rulebook(melding.municipality_id, [melding]))
        melding.deadline = plan.deadline
        melding.promised_at, melding.done_by = planning.promises(melding, plan)


def route(
    melding: Melding,
    *,
    actor: Actor = events.RULE,
    rulebook: Rulebook | None = None,
    since: datetime | None = None,
) -> bool:
    """Give a locked melding the team, priority and deadline of its category and place; True when that changed it.

    Without a category it waits for people, and so does an emergency until a colleague took it in or is the `actor`.
    A new melding that finds a team is assigned; any other state stays. Writes what changed and nothing else.
    """
    unseen = melding.is_emergency and actor.person is None and melding.entered_by_id is None
    if melding.category_id is None or unseen:
        return _write(
            melding, planning.NOTHING, {"priority": max(melding.priority, planning.least_priority(melding))}, actor
        )
    plan = planning.plan(melding, rulebook or planning.read_rulebook(melding.municipality_id, [melding]), since=since)
    is_other = _write(melding, plan, columns_of(melding, plan), actor)
    moves = melding.state == workflow.NEW and melding.team_id is not None
    if moves:
        lifecycle.move(melding, workflow.ASSIGNED, actor=actor)
    return is_other or moves


def columns_of(melding: Melding, plan: planning.Plan) -> dict[str, Any]:
    """The columns of a melding as a plan wants them; a team that it has stays where the plan names none.

    In whose hands it is goes with the team: another team, and they have it no more. Nobody takes it from a colleague of
    the same team.
    """
    team = plan.team or melding.team_id
    stays = team == melding.team_id and melding.assignee_id is not None
    promised_at, done_by = planning.promises(melding, plan)
    return {
        "team_id": team,
        "assignee_id": melding.assignee_id if stays else plan.person,
        "priority": plan.priority,
        "deadline": plan.deadline,
        "promised_at": promised_at,
        "done_by": done_by,
    }


def happening(plan: planning.Plan) -> events.Routed:
    """What a plan is in the history: which rule it was, and the text that it has ready."""
    return events.Routed(rule=plan.rule, standard_text=plan.standard_text)


def _write(melding: Melding, plan: planning.Plan, values: dict[str, Any], actor: Actor) -> bool:
    changes = {name: value for name, value in values.items() if getattr(melding, name) != value}
    if "priority" in changes and actor.person is None and _has_priority_of_colleague(melding):
        del changes["priority"]
    if changes:
        lifecycle.change(melding, happening(plan), actor=actor, **changes)
    return bool(changes)


def _has_priority_of_colleague(melding: Melding) -> bool:
    """Whether a colleague said how soon it is to be done: no rule says otherwise by itself after that."""
    return queries.that_stand(melding.events.filter(kind=Event.Kind.PRIORITISED)).exists()
