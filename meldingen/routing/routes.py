"""From category, place and danger to team, priority and term. Rules are rows; the first that fits counts."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q

from meldingen import calendar
from meldingen.categories.models import Category
from meldingen.classification.emergencies import find_danger
from meldingen.places.models import Area
from meldingen.record import events, lifecycle, workflow
from meldingen.record.events import Actor
from meldingen.record.models import Melding
from meldingen.routing.models import RoutingRule

__all__ = ["deadline_of_danger", "mark_danger", "route", "weigh"]

_PRIORITIES: Mapping[str, Melding.Priority] = {
    Melding.Danger.GAS: Melding.Priority.URGENT,
    Melding.Danger.LIFE: Melding.Priority.URGENT,
    Melding.Danger.HAZARD: Melding.Priority.HIGH,
}


def mark_danger(melding: Melding) -> None:
    """Give a melding that is not stored yet the danger that its words name, and the priority that goes with it."""
    melding.danger = Melding.Danger(find_danger(melding.text) or "")
    melding.priority = max(melding.priority, _least_priority(melding))


def deadline_of_danger(melding: Melding) -> datetime | None:
    """The moment by which a danger is to be handled, by the clock; None for no danger."""
    if not melding.danger:
        return None
    where = melding.municipality
    hours = where.emergency_hours if melding.is_emergency else where.hazard_hours
    return melding.received_at + timedelta(hours=hours)


def route(melding: Melding, *, actor: Actor = events.RULE) -> bool:
    """Give a locked melding the team, priority and deadline of its category and place; True when that changed it.

    Without a category it waits for people, and so does an emergency until a colleague took it in or is the `actor`.
    No rule takes priority or deadline of a danger away. A new melding that finds a team is assigned; any other state
    stays. Writes what changed and nothing else.
    """
    unseen = melding.is_emergency and actor.person is None and melding.entered_by_id is None
    waits = melding.category_id is None or unseen
    rule = None if waits else _rule(melding)
    wanted: dict[str, Any] = {"priority": _priority(melding, rule)}
    if melding.category is not None and not waits:
        wanted |= {"team_id": _team(melding.category, rule), "deadline": _deadline(melding, rule)}
        if wanted["team_id"] is None:
            del wanted["team_id"]  # who has it already keeps it
    changed = {name: value for name, value in wanted.items() if getattr(melding, name) != value}
    if changed:
        happened = events.Routed(rule=rule.position if rule else None)
        lifecycle.change(melding, happened, actor=actor, **changed)
    moves = melding.state == workflow.NEW and not waits and melding.team_id is not None
    if moves:
        lifecycle.move(melding, workflow.ASSIGNED, actor=actor)
    return bool(changed) or moves


def weigh(melding: Melding) -> tuple[int, datetime | None]:
    """The priority and the deadline of a melding as its category, its place and its danger say, whatever they were."""
    rule = _rule(melding) if melding.category_id else None
    usual = rule.priority if rule else Melding.Priority.NORMAL
    return max(usual, _least_priority(melding)), _deadline(melding, rule)


def _rule(melding: Melding) -> RoutingRule | None:
    """The first rule in use that fits. Areas are compared by code, so that a rule survives a new year of borders."""
    category = melding.category
    around = Area.objects.filter(pk=melding.buurt_id).values_list("code", "parent__code", "parent__parent__code")
    codes = [code for code in around.get() if code]
    return (
        RoutingRule.objects.filter(
            Q(category=None) | Q(category=category) | (Q(category=category.parent_id) if category else Q()),
            Q(area=None) | Q(area__code__in=codes),
            municipality_id=melding.municipality_id,
            is_active=True,
        )
        .order_by("position")
        .first()
    )


def _priority(melding: Melding, rule: RoutingRule | None) -> int:
    return max(rule.priority if rule else melding.priority, _least_priority(melding))


def _least_priority(melding: Melding) -> int:
    return _PRIORITIES.get(melding.danger, Melding.Priority.LOW)


def _team(category: Category, rule: RoutingRule | None) -> int | None:
    inherited = category.parent.default_team_id if category.parent else None
    return (rule.team_id if rule else None) or category.default_team_id or inherited


def _deadline(melding: Melding, rule: RoutingRule | None) -> datetime | None:
    """The earlier of what the category promises and of what a danger needs."""
    moments = (_deadline_of_category(melding, rule), deadline_of_danger(melding))
    return min((moment for moment in moments if moment is not None), default=None)


def _deadline_of_category(melding: Melding, rule: RoutingRule | None) -> datetime | None:
    category = melding.category
    terms = [rule.service_days] if rule else []
    if category is not None:
        terms += [category.service_days, category.parent.service_days if category.parent else None]
    days = next((days for days in terms if days is not None), None)
    if days is None:
        return None
    return calendar.end_of_working_day(melding.received_at, days, melding.municipality.time_zone)
