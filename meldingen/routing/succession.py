"""Rules of what is retired go to its successor."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from meldingen.categories.models import Category
from meldingen.routing.hiding import hides
from meldingen.routing.models import RoutingRule
from meldingen.tenancy.models import Municipality, Team


@dataclass(frozen=True)
class Moving:
    """The rules that go to the successor, in their order; those that would hide another there, or be hidden, are
    put out of use.
    """

    rules: Sequence[RoutingRule] = ()
    idle: Sequence[RoutingRule] = field(default=())


def of_team(team: Team, heir: Team | None) -> Moving:
    """What becomes of the rules that name a team. Whom a rule brings meldingen to hides nothing."""
    return Moving([_with(rule, team=heir) for rule in _rows(team.municipality_id).filter(team=team)])


def of_category(category: Category, heir: Category | None) -> Moving:
    """What becomes of the rules that are for a category itself."""
    rows = list(_rows(category.municipality_id))
    others = [rule for rule in rows if rule.category_id != category.pk and rule.is_active]
    own = [_with(rule, category=heir) for rule in rows if rule.category_id == category.pk]
    moving, idle = list[RoutingRule](), list[RoutingRule]()
    for rule in own:
        is_idle = heir is not None and rule.is_active and _is_in_the_way(rule, others)
        (idle if is_idle else moving).append(rule)
        if rule.is_active and not is_idle:
            others.append(rule)
    return Moving(moving, idle)


def move(where: Municipality, moving: Moving) -> None:
    """Write what was foreseen."""
    for rule in moving.idle:
        rule.is_active = False
    RoutingRule.objects.of(where).bulk_update([*moving.rules, *moving.idle], ["category", "team", "is_active"])


def _is_in_the_way(rule: RoutingRule, others: Sequence[RoutingRule]) -> bool:
    """Whether it would never be tried, or another one not any more."""
    return any(hides(*sorted((rule, other), key=lambda each: each.position)) for other in others)


def _with(rule: RoutingRule, **values: Category | Team | None) -> RoutingRule:
    for name, value in values.items():
        if value is not None:
            setattr(rule, name, value)
    return rule


def _rows(municipality_id: int) -> QuerySet[RoutingRule]:
    rows = RoutingRule.objects.of(municipality_id).select_related(
        "category__parent", "team", "asset_kind", "area__parent__parent"
    )
    heavy = ("geometry", "ages")
    around = ("area", "area__parent", "area__parent__parent")
    return rows.defer(*(f"{area}__{name}" for area in around for name in heavy)).order_by("position")
