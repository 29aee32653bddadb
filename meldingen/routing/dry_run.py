"""What a rule would have done with the meldingen of the last months, decided by the function that routes.

Nothing is written.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone

from meldingen.record import workflow
from meldingen.record.models import Melding
from meldingen.routing import planning
from meldingen.routing.models import RoutingRule
from meldingen.routing.planning import Rule, Rulebook
from meldingen.tenancy.models import Municipality

DAYS = 90
EXAMPLES = 8
_COLUMNS = ("pk", "category_id", "buurt_id", "danger")
_TEXT = len(_COLUMNS) - 1  # where it stands in a row without its key


@dataclass(frozen=True, slots=True)
class Result:
    """What would have been otherwise, in numbers of meldingen since `since`.

    `teams`: by the teams (ids) before and after, of those that the rule takes; `priorities` and `people`: the same
    of those; `texts`: by the standard text (id) that stands ready;
    `overlaps`: by the number of the rule that takes them without it, None where none does; `idle`: numbers of the rules
    in use that took none; `examples`: the newest that it takes, without those of confidential categories.
    """

    since: datetime
    total: int
    matches: int
    teams: Mapping[tuple[int | None, int | None], int]
    priorities: Mapping[tuple[int, int], int]
    people: Mapping[tuple[int | None, int | None], int]
    texts: Mapping[int | None, int]
    overlaps: Mapping[int | None, int]
    sooner: int
    later: int
    idle: tuple[int, ...]
    examples: Sequence[Melding]


@dataclass(frozen=True, slots=True)
class _Kind:
    """Meldingen that rules cannot tell apart: one of them, how many they are, and the newest."""

    melding: Melding
    number: int
    newest: tuple[int, ...]


def try_rule(municipality: Municipality, row: RoutingRule, *, now: datetime | None = None) -> Result:
    """What `row`, stored or not, would have done in these days if it had been in use, with its number."""
    since = (now or timezone.now()) - timedelta(days=DAYS)
    own = planning.rule_of(row, row.area.code if row.area else None)
    in_use = planning.read_rules(municipality.pk)
    own_number = RoutingRule.objects.of(municipality).filter(pk=row.pk).values_list("position", flat=True).first()
    others = [rule for rule in in_use if rule.position not in (own_number, own.position)]
    with_it = sorted([*others, own], key=lambda rule: rule.position)
    kinds = _kinds(municipality, since, [*in_use, own])
    ones = [kind.melding for kind in kinds]
    bare, before, after = (planning.read_rulebook(municipality.pk, ones, rules) for rules in (others, in_use, with_it))
    return _result(municipality, since, own, kinds, (bare, before, after))


def _result(
    municipality: Municipality,
    since: datetime,
    own: Rule,
    kinds: Sequence[_Kind],
    books: tuple[Rulebook, Rulebook, Rulebook],
) -> Result:
    bare, before, after = books
    teams, people = Counter[tuple[int | None, int | None]](), Counter[tuple[int | None, int | None]]()
    priorities, overlaps, texts = Counter[tuple[int, int]](), Counter[int | None](), Counter[int | None]()
    numbers, newest = set[int | None](), list[int]()
    sooner = later = 0
    for kind in kinds:
        then = planning.plan(kind.melding, after)
        numbers.add(then.rule)
        if then.rule != own.position:
            continue
        today = planning.plan(kind.melding, before)
        newest += kind.newest
        overlaps[planning.plan(kind.melding, bare).rule] += kind.number
        teams[today.team, then.team] += kind.number
        people[today.person, then.person] += kind.number
        texts[then.standard_text] += kind.number
        priorities[today.priority, then.priority] += kind.number
        sooner += kind.number * _is_sooner(then.deadline, today.deadline)
        later += kind.number * _is_sooner(today.deadline, then.deadline)
    return Result(
        since,
        sum(kind.number for kind in kinds),
        teams.total(),
        teams,
        priorities,
        people,
        texts,
        overlaps,
        sooner,
        later,
        tuple(rule.position for rule in after.rules if rule.position not in numbers),
        _examples(municipality, newest),
    )


def _is_sooner(one: datetime | None, other: datetime | None) -> bool:
    return one is not None and (other is None or one < other)


def _rows(municipality: Municipality, since: datetime) -> QuerySet[Melding]:
    rows = Melding.objects.of(municipality).filter(received_at__gte=since, category__isnull=False)
    return rows.exclude(state__in=[workflow.SPAM, workflow.THREAT])


def _kinds(municipality: Municipality, since: datetime, rules: Iterable[Rule]) -> list[_Kind]:
    """All meldingen of these days, by what rules look at: a year of a large town is a few thousand kinds."""
    rules = list(rules)
    asking = {rule.words: rule for rule in rules if rule.words}.values()
    words = planning.read_rulebook(municipality.pk, [], [replace(rule, position=n) for n, rule in enumerate(asking)])
    more = [
        *(["text"] if words.rules else []),
        *(["source"] if any(rule.channel for rule in rules) else []),
        *(["asset_id"] if any(rule.asset_kind for rule in rules) else []),
    ]
    alike: dict[tuple[object, ...], list[int]] = {}
    for pk, *values in _rows(municipality, since).order_by("-pk").values_list(*_COLUMNS, *more).iterator():
        if words.rules:
            values[_TEXT] = planning.numbers_by_words(words, values[_TEXT])
        alike.setdefault(tuple(values), []).append(pk)
    rows = Melding.objects.of(municipality).select_related("municipality", "category__parent")
    first = rows.defer("search", "point").in_bulk([pks[0] for pks in alike.values()])
    return [_Kind(first[pks[0]], len(pks), tuple(pks[:EXAMPLES])) for pks in alike.values() if pks[0] in first]


def _examples(municipality: Municipality, newest: Sequence[int]) -> list[Melding]:
    examples = Melding.objects.of(municipality).filter(pk__in=sorted(newest)[-10 * EXAMPLES :])
    examples = examples.exclude(category__is_confidential=True).exclude(category__parent__is_confidential=True)
    return list(
        examples.select_related("category", "buurt").defer("search", "buurt__geometry").order_by("-pk")[:EXAMPLES]
    )
