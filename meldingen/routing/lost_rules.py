"""Rules whose area is gone or lies elsewhere since the borders changed, and the area that they can move to."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from meldingen.places.borders import MOST, Overlap, code_and_name, overlaps
from meldingen.places.models import Area
from meldingen.routing.models import RoutingRule
from meldingen.tenancy.models import Municipality


@dataclass(frozen=True)
class LostRule:
    """A rule whose area is no more, or lies elsewhere under its code; with what lies in its place, largest first."""

    rule: RoutingRule
    is_elsewhere: bool
    successors: list[Overlap] = field(default_factory=list)

    @property
    def successor(self) -> Overlap | None:
        """The area that the rule can move to without a person's word."""
        return next((each for each in self.successors if each.is_the_same), None)

    def in_words(self) -> str:
        """What is the matter with its area, and what lies there now with the share of it."""
        words = _("%(area)s no longer exists, so this rule finds no new meldingen.")
        if self.is_elsewhere:
            words = _("%(area)s has other borders now, so this rule holds elsewhere.")
        what = words % {"area": code_and_name(self.rule.area) if self.rule.area else ""}
        there = ", ".join(f"{each.code} {each.name} ({each.share:.0%})" for each in self.successors)
        now = _("There lies now: %(there)s.") % {"there": there} if there else _("No area lies there now.")
        return f"{what} {now}"


def lost_rules(municipality: Municipality) -> list[LostRule]:
    """Rules, in their order, that no new melding meets any more, or meets in another place than they were made for.

    Rules find their area by code, so that they survive a new year of borders; these did not.
    """
    in_use = dict(Area.objects.in_use(municipality).values_list("code", "pk"))
    own = RoutingRule.objects.of(municipality).exclude(area=None).order_by("position")
    rules = (
        own.select_related("area", "category").defer("area__geometry", "area__ages").exclude(area__in=in_use.values())
    )
    there = overlaps({rule.area_id for rule in rules if rule.area_id}, in_use.values())
    found_rules = []
    for rule in rules:
        around = there.get(rule.area_id or 0, [])
        code = rule.area.code if rule.area else ""
        same = next((each for each in around if each.code == code), None)
        if code not in in_use or same is None or same.share < MOST:
            found_rules.append(LostRule(rule, code in in_use, around))
    return found_rules


def move_rules(rules: Iterable[LostRule]) -> list[LostRule]:
    """Point each rule at the area that took the place of its own where there is no doubt; which ones were moved."""
    with_successor = [each for each in rules if each.successor]
    for each in with_successor:
        rule, successor = each.rule, each.successor
        if successor:
            RoutingRule.objects.of(rule.municipality_id).filter(pk=rule.pk).update(area=successor.area_id)
    return with_successor
