"""Routing rules from the file that a municipality keeps."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from meldingen.categories.loading import service_level
from meldingen.categories.models import Category
from meldingen.files.cells import broken, number, refuse_twice
from meldingen.files.reading import UTF8, in_line, refuse_unfit
from meldingen.files.sheets import read_csv
from meldingen.places.models import Area, AssetKind
from meldingen.record import channels
from meldingen.record.models import Melding
from meldingen.routing import people
from meldingen.routing.hiding import hidden_rules
from meldingen.routing.models import RoutingRule
from meldingen.tenancy.models import Municipality, Owned, Team, User

Condition = Category | Area | Team | AssetKind | User | Owned
PRIORITIES = {
    "laag": Melding.Priority.LOW,
    "normaal": Melding.Priority.NORMAL,
    "hoog": Melding.Priority.HIGH,
    "dringend": Melding.Priority.URGENT,
}


@transaction.atomic
def load_rules(municipality: Municipality, path: Path, encoding: str = UTF8) -> int:
    """Routing rules from a CSV volgorde,categorie,gebied,team,prioriteit,dagen; they replace all there were.

    It may have the columns eenheid, soort (a kind of object), woorden (with spaces between them), kanaal, persoon (a
    user name) and standaardtekst (its name) too.
    """
    find = _finder(municipality)
    rules: dict[int, RoutingRule] = {}
    lines_of: dict[str, int] = {}
    for line, row in read_csv(path, ("volgorde", "categorie", "gebied", "team", "prioriteit", "dagen"), encoding):
        if row["prioriteit"] not in PRIORITIES:
            raise broken(path, line, "prioriteit", row["prioriteit"], PRIORITIES)
        position = number(path, line, "volgorde", row["volgorde"]) or 0
        refuse_twice(path, line, "volgorde", str(position), lines_of)
        rules[position] = RoutingRule(
            municipality=municipality,
            position=position,
            priority=PRIORITIES[row["prioriteit"]],
            words=row.get("woorden", "").split(),
            channel=_channel(path, line, row.get("kanaal", "")),
            **service_level(path, line, row),
            **{field: find(path, line, column, row.get(column, "")) for field, column in RULE_COLUMNS.items()},
        )
        _refuse_stranger(path, line, rules[position])
        refuse_unfit(path, line, rules[position], UNFIT)
        if rules[position].says_nothing:
            words = _("this rule says nothing: no category, area, team, term or priority")
            raise in_line(path, line, "categorie", words)
    for rule, first in hidden_rules(rules.values()):
        refusal = _("rule %(number)d would never be tried: rule %(first)d before it takes all that it is for")
        words = refusal % {"number": rule.position, "first": first.position}
        raise in_line(path, lines_of[str(rule.position)], "volgorde", words)
    RoutingRule.objects.of(municipality).delete()
    RoutingRule.objects.bulk_create(rules.values())
    return len(rules)


RULE_COLUMNS = {
    "category": "categorie", "area": "gebied", "team": "team", "asset_kind": "soort", "person": "persoon",
    "standard_text": "standaardtekst",
}  # fmt: skip
UNFIT = {"service_amount": "dagen", "position": "volgorde", "words": "woorden"}


def _refuse_stranger(path: Path, line: int, rule: RoutingRule) -> None:
    """A colleague has it for a team, and is in it."""
    if rule.person and not (rule.team and people.is_in(rule.municipality, rule.person, rule.team)):
        raise in_line(path, line, "persoon", _("this colleague is not in the team of the rule"))


def _channel(path: Path, line: int, name: str) -> str:
    if name not in channels.NAMES:
        raise broken(path, line, "kanaal", name, sorted(channels.NAMES)[1:])
    return channels.NAMES[name] if name else ""


def _finder(municipality: Municipality) -> Callable[[Path, int, str, str], Condition | None]:
    texts: Any = RoutingRule._meta.get_field("standard_text").related_model._default_manager
    categories = Category.objects.of(municipality).filter(successor=None).order_by("parent_id")
    areas = Area.objects.in_use(municipality).select_related("parent__parent").defer("geometry")
    choices: dict[str, dict[str, Condition]] = {
        # A name on both levels means the category, which is the narrower one: those with a parent come first.
        "categorie": {c.slug: c for c in reversed(categories)},
        "gebied": {a.code: a for a in areas},
        "team": {t.slug: t for t in Team.objects.of(municipality).filter(is_active=True)},
        "persoon": {person.get_username(): person for person in people.in_teams(municipality)},
        "standaardtekst": {text.name: text for text in texts.of(municipality).filter(is_active=True)},
        "soort": {kind.slug: kind for kind in AssetKind.objects.of(municipality)},
    }

    def find(path: Path, line: int, column: str, value: str) -> Condition | None:
        if value and value not in choices[column]:
            raise broken(path, line, column, value, choices[column])
        return choices[column].get(value)

    return find
