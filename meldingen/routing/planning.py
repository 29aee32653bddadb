"""What category, place and danger ask for: team, priority, deadline and the day that a reporter may expect. Pure.

`read_rulebook` asks the database for what some meldingen need, in three questions however many they are (four where a
rule asks for a kind of object); `plan` decides on that alone. Routing, the page of thanks, the receipt and previews all
ask here.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet, prefetch_related_objects

from meldingen import calendar
from meldingen.calendar import ServiceLevel
from meldingen.classification.normalising import normalise
from meldingen.classification.patterns import Patterns, fold
from meldingen.places.models import Area, Asset
from meldingen.record.models import Melding
from meldingen.routing.models import RoutingRule
from meldingen.routing.people import is_of_team
from meldingen.tenancy.days_off import read_days_off

PRIORITIES: Mapping[str, Melding.Priority] = {
    Melding.Danger.GAS: Melding.Priority.URGENT,
    Melding.Danger.LIFE: Melding.Priority.URGENT,
    Melding.Danger.HAZARD: Melding.Priority.HIGH,
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A row in use; its place is a code, so that it survives a new year of borders."""

    position: int
    category: int | None
    area: str | None
    asset_kind: int | None
    words: tuple[str, ...]
    channel: str
    team: int | None
    priority: int
    service_level: ServiceLevel | None
    person: int | None = None
    standard_text: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a category says itself; `main` is the one above it."""

    main: int | None
    team: int | None
    service_level: ServiceLevel | None


@dataclass(frozen=True, slots=True)
class Rulebook:
    """Rules in their order; the numbers of those that ask for words, by these; categories by id; by id of a buurt the
    codes of all areas around a place in it; by id of an object its kind; and on which days nobody works.
    """

    rules: tuple[Rule, ...]
    by_words: Patterns[int]
    categories: Mapping[int, Standing]
    around: Mapping[int, frozenset[str]]
    asset_kinds: Mapping[int, int]
    days_off: Container[date]


@dataclass(frozen=True, slots=True)
class Plan:
    """What follows. `rule`: the number of the rule that fits; `person` and `standard_text` are what it says, never what
    a category does. `expected_day`: local, None where nothing is promised; `expected_at`: the moment at which it ends.

    `done_by`: when the term of a danger's subject ends, which is told beside until when somebody looks at it.
    """

    rule: int | None
    team: int | None
    priority: int
    deadline: datetime | None
    expected_day: date | None
    expected_at: datetime | None = None
    done_by: datetime | None = None
    person: int | None = None
    standard_text: int | None = None


NOTHING = Plan(None, None, Melding.Priority.NORMAL, None, None)


def read_rules(municipality_id: int) -> list[Rule]:
    """The rules in use, in their order."""
    return [rule_of(row, row.area_code) for row in _in_use(municipality_id)]


def rule_of(row: RoutingRule, area_code: str | None) -> Rule:
    """The row as `plan` reads it; its area is known by `area_code`.

    A team that is not in use any more has nothing, and somebody who left the team neither: then it is as if the rule
    did not name them, and the page of what is broken says so.
    """
    words = tuple(map(normalise, row.words))
    conditions = (row.category_id, area_code, row.asset_kind_id, words, row.channel)
    team = row.team_id if getattr(row, "team_is_active", True) is not False else None
    person = row.person_id if team and getattr(row, "person_is_there", True) else None
    return Rule(row.position, *conditions, team, row.priority, row.service_level, person, row.standard_text_id)


def read_rulebook(municipality_id: int, meldingen: Iterable[Melding], rules: Sequence[Rule] | None = None) -> Rulebook:
    """What these meldingen of one municipality need; they come with their category and its main category.

    `rules`: others than those in use.
    """
    meldingen = list(meldingen)
    rows = _in_use(municipality_id) if rules is None else ()
    own = [melding.category for melding in meldingen if melding.category]
    categories = {each.pk: each for category in own for each in (category, category.parent) if each}
    buurten = {melding.buurt_id for melding in meldingen}
    areas = Area.objects.of(municipality_id).filter(pk__in=buurten)
    days_off = read_days_off(municipality_id)
    codes = areas.values_list("pk", "code", "parent__code", "parent__parent__code")
    standings = {
        pk: Standing(category.parent_id, category.default_team_id, category.service_level)
        for pk, category in categories.items()
    }
    rules = [rule_of(row, row.area_code) for row in rows] if rules is None else rules
    return Rulebook(
        rules=tuple(rules),
        by_words=_by_words(rules),
        categories=standings,
        around={pk: frozenset(code for code in around if code) for pk, *around in codes},
        asset_kinds=_asset_kinds(municipality_id, meldingen) if any(rule.asset_kind for rule in rules) else {},
        days_off=days_off,
    )


def read_rulebook_with_words(meldingen: Sequence[Melding]) -> Rulebook:
    """The same for at least one that is there already, perhaps read without its text or town: these are filled in, the
    text where a rule asks for words, in one question each for all.
    """
    prefetch_related_objects(meldingen, "municipality")
    rulebook = read_rulebook(meldingen[0].municipality_id, meldingen)
    if any(rule.words for rule in rulebook.rules):
        unread = {melding.pk: melding for melding in meldingen if "text" in melding.get_deferred_fields()}
        for pk, text in Melding.objects.filter(pk__in=unread).values_list("pk", "text") if unread else ():
            unread[pk].text = text
    return rulebook


def plan(melding: Melding, rulebook: Rulebook, *, since: datetime | None = None) -> Plan:
    """What follows for this melding. Terms count from `since`: its receipt, unless it was opened again.

    The first rule that fits counts. No rule takes priority or deadline of a danger away.
    """
    standing = rulebook.categories.get(melding.category_id) if melding.category_id else None
    main = rulebook.categories.get(standing.main) if standing and standing.main else None
    matching = numbers_by_words(rulebook, melding.text) if any(rule.words for rule in rulebook.rules) else frozenset()
    rule = next((rule for rule in rulebook.rules if _fits(rule, melding, standing, rulebook, matching)), None)
    says = [each for each in (rule, standing, main) if each is not None]
    since = since or melding.received_at
    priority = max(rule.priority if rule else Melding.Priority.NORMAL, least_priority(melding))
    team = next((each.team for each in says if each.team is not None), None) if standing else None
    at_once, zone = deadline_of_danger(melding, since=since), melding.municipality.time_zone
    end = _end_of_term(melding, says, since, rulebook.days_off)
    deadline = min((moment for moment in (at_once, end) if moment is not None), default=None)
    if rule is None:
        the_plan = Plan(None, team, priority, deadline, None)
    else:
        person, standard_text = (rule.person if team else None), (rule.standard_text if standing else None)
        the_plan = Plan(rule.position, team, priority, deadline, None, person=person, standard_text=standard_text)
    if end is None or standing is None:
        return the_plan
    day = calendar.local_day(end, zone)
    last = calendar.end_of_day(day, zone)
    if melding.danger:
        return replace(the_plan, done_by=last)
    return replace(the_plan, expected_day=day, expected_at=last)


def least_priority(melding: Melding) -> int:
    """What its danger asks for at least."""
    return PRIORITIES.get(melding.danger, Melding.Priority.LOW)


def promises(melding: Melding, the_plan: Plan) -> tuple[datetime | None, datetime | None]:
    """What the reporter is told, as moments at which a day ends: by when to expect it, and by when a danger is done.

    What was told before stays. They read it on their page at once and in the next mail. Who reported in a former system
    was told something there.
    """
    if melding.lived_elsewhere:
        return melding.promised_at, melding.done_by
    return melding.promised_at or the_plan.expected_at, melding.done_by or the_plan.done_by


def promise_anew(melding: Melding, the_plan: Plan, *, since: datetime) -> datetime | None:
    """What the reporter is told when a colleague says that it is a danger, or none any more.

    Of a danger until when it is looked at, never later than what was told before; else as for any other melding, for
    until when it would be looked at is no promise that it is done by then.
    """
    if melding.danger:
        moments = (melding.promised_at, deadline_of_danger(melding, since=since))
        return min((moment for moment in moments if moment is not None), default=None)
    return None if melding.lived_elsewhere else the_plan.expected_at


def deadline_of_danger(melding: Melding, *, since: datetime | None = None) -> datetime | None:
    """The moment by which a danger is to be handled, by the clock; None for no danger."""
    if not melding.danger:
        return None
    where = melding.municipality
    hours = where.emergency_hours if melding.is_emergency else where.hazard_hours
    return (since or melding.received_at) + timedelta(hours=hours)


def numbers_by_words(rulebook: Rulebook, text: str) -> frozenset[int]:
    """The numbers of the rules of which a word stands in the text, however accents and capitals are written."""
    tokens = set(re.findall(r"[\w'-]+", fold(normalise(text))))
    return frozenset().union(*map(rulebook.by_words.values_of, tokens))


def _in_use(municipality_id: int) -> QuerySet[Any]:
    rows = RoutingRule.objects.of(municipality_id).filter(is_active=True).order_by("position")
    annotations = {"team_is_active": F("team__is_active"), "person_is_there": is_of_team()}
    return rows.annotate(area_code=F("area__code"), **annotations)


def _by_words(rules: Iterable[Rule]) -> Patterns[int]:
    by_words: Patterns[int] = Patterns()
    for rule in rules:
        for word in rule.words:
            by_words.enter(word, rule.position)
    return by_words


def _asset_kinds(municipality_id: int, meldingen: Iterable[Melding]) -> dict[int, int]:
    assets = {melding.asset_id for melding in meldingen if melding.asset_id}
    return dict(Asset.objects.of(municipality_id).filter(pk__in=assets).values_list("pk", "kind"))


def _fits(
    rule: Rule, melding: Melding, standing: Standing | None, rulebook: Rulebook, matching: Container[int]
) -> bool:
    of_category = rule.category is None or (
        standing is not None and rule.category in (melding.category_id, standing.main)
    )
    kind = rulebook.asset_kinds.get(melding.asset_id) if melding.asset_id else None
    return (
        of_category
        and (rule.area is None or rule.area in rulebook.around.get(melding.buurt_id, frozenset()))
        and rule.asset_kind in (None, kind)
        and rule.channel in ("", melding.source)
        and (not rule.words or rule.position in matching)
    )


def _end_of_term(
    melding: Melding, says: Iterable[Rule | Standing], since: datetime, days_off: Container[date]
) -> datetime | None:
    level = next((each.service_level for each in says if each.service_level is not None), None)
    zone = melding.municipality.time_zone
    return None if level is None else calendar.end_of_term(since, level, zone, days_off)
