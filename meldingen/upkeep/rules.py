"""Rules that can never fire, that look elsewhere than they were made for, or ask for what is not in use any more."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from meldingen.routing import people
from meldingen.routing.hiding import hidden_rules
from meldingen.routing.lost_rules import lost_rules
from meldingen.routing.models import RoutingRule
from meldingen.tenancy.models import Municipality
from meldingen.upkeep.defects import Defect, Subject


def look(where: Municipality) -> Iterator[Defect]:
    """Rules in use alone: what is out of use hurts nobody."""
    others = ("category__parent", "area__parent__parent", "team", "asset_kind", "person", "standard_text")
    heavy = ("area__geometry", "area__ages", "area__parent__geometry", "area__parent__parent__geometry")
    rules = (
        RoutingRule.objects.of(where)
        .filter(is_active=True)
        .annotate(person_is_there=people.is_of_team())
        .select_related(*others)
        .defer(*heavy)
    )
    rows = list(rules.order_by("position"))
    for rule, first in hidden_rules(rows):
        words = _("Rule %(number)d can never be tried: rule %(first)d before it takes all that it is for.")
        yield _defect(rule, words % {"number": rule.position, "first": first.position})
    for each in lost_rules(where):
        if each.rule.is_active:
            words = _("Rule %(number)d: %(words)s")
            yield _defect(each.rule, words % {"number": each.rule.position, "words": each.in_words()})
    for rule in rows:
        if name := _name_out_of_use(rule):
            words = _("Rule %(number)d is for “%(category)s”, which is not in use any more, so it can never be tried.")
            yield _defect(rule, words % {"number": rule.position, "category": name})

        yield from _absences(rule)


def _absences(rule: RoutingRule) -> Iterator[Defect]:
    """Whom it names and what it has ready, and neither is there any more: it works without them."""
    if rule.team and not rule.team.is_active:
        words = _(
            "Rule %(number)d is for the team %(team)s, which is not in use any more: the team of the category gets it."
        )
        yield _defect(rule, words % {"number": rule.position, "team": rule.team.name})
    elif rule.person and not rule.person_is_there:  # type: ignore[attr-defined]
        words = _(
            "Rule %(number)d is for %(person)s, who is not in the team %(team)s any more: the whole team gets it."
        )
        names = {"person": people.name_of(rule.person), "team": rule.team.name if rule.team else "-"}
        yield _defect(rule, words % {"number": rule.position, **names})
    if rule.standard_text and not rule.standard_text.is_active:
        words = _("Rule %(number)d has the text “%(text)s” ready, which is not in use any more: nothing stands ready.")
        yield _defect(rule, words % {"number": rule.position, "text": rule.standard_text.name})


def _name_out_of_use(rule: RoutingRule) -> str:
    """The name of the category that it asks for and that is out of use; empty where there is none."""
    around = (rule.category, rule.category.parent if rule.category else None)
    return next((each.name for each in around if each is not None and not each.is_active), "")


def _defect(rule: RoutingRule, words: str) -> Defect:
    act = _("Change rule %(number)d") % {"number": rule.position}
    return Defect(Subject.RULES, words, act, reverse("admin:meldingen_routingrule_change", args=[rule.pk]))
