"""New borders and what hangs on them: areas are loaded, and the rules that point at what is gone are found or moved."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import transaction

from meldingen.places.loading.areas import Options, Outcome, load_areas
from meldingen.routing.lost_rules import LostRule, lost_rules, move_rules
from meldingen.tenancy.models import Municipality


@dataclass(frozen=True)
class NewBorders:
    """What became of the areas, the rules that were moved, and those that no new melding meets where it was meant."""

    areas: Outcome
    moved: list[LostRule] = field(default_factory=list)
    lost: list[LostRule] = field(default_factory=list)


@transaction.atomic
def load_borders(
    municipality: Municipality,
    path: Path,
    options: Options | None = None,
    on_feature: Callable[[], object] = int,
    *,
    with_rules: bool = False,
) -> NewBorders:
    """Load areas as `load_areas` does, and name the rules whose area is gone; `with_rules` moves those it can.

    All or nothing; BrokenFile says what is wrong where.
    """
    outcome = load_areas(municipality, path, options, on_feature)
    rules = lost_rules(municipality)
    rules_moved = move_rules(rules) if with_rules else []
    return NewBorders(outcome, rules_moved, [each for each in rules if each not in rules_moved])
