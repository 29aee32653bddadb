from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from meldingen.places.loading.areas import Options
from meldingen.places.models import Area
from meldingen.routing.new_borders import NewBorders, load_borders
from meldingen.tenancy.models.municipality import Municipality
from tests.factories import MunicipalityFactory, RoutingRuleFactory
from tests.meldingen.places.loading.writing import BU, GM, WK, own, square, town, write_folder
from tests.sure import sure


@pytest.fixture
def assen(db: None) -> Municipality:
    return MunicipalityFactory.create(code=GM, area_vintage=None)


@pytest.fixture
def load(assen: Municipality, tmp_path: Path) -> Callable[..., Any]:
    """Load the square town with some of its files changed."""

    def load(options: Options | None = None, *, with_rules: bool = False, **changed: Any) -> NewBorders:
        return load_borders(assen, write_folder(tmp_path, town(**changed)), options, with_rules=with_rules)

    return load


def test_a_rule_whose_area_is_gone_is_named_with_what_lies_there_and_moved_when_asked(
    assen: Municipality, load: Callable[..., Any]
) -> None:
    load()
    rule = RoutingRuleFactory.create(municipality=assen, area=Area.objects.get(code=BU))
    renumbered = [(own("BU01060009", naam="Nieuw", peiljaar=2025), square())]
    (lost,) = load(Options(vintage=2026), buurten=renumbered).lost
    assert (lost.rule, lost.successor.code) == (rule, "BU01060009")
    outcome = load(Options(vintage=2026), with_rules=True, buurten=renumbered)
    rule.refresh_from_db()
    assert ([each.rule for each in outcome.moved], outcome.lost, sure(rule.area).code) == ([rule], [], "BU01060009")


def test_a_rule_whose_area_was_divided_is_not_moved(assen: Municipality, load: Callable[..., Any]) -> None:
    load()
    rule = RoutingRuleFactory.create(municipality=assen, area=Area.objects.get(code=BU))
    halves = [(own("BU01060008"), square()), (own("BU01060009"), square(1000))]
    whole = {"gemeente": [(own(GM), square(size=2000))], "wijken": [(own(WK), square(size=2000))]}
    load(**whole, buurten=[(own(BU), square(size=2000))])
    outcome = load(Options(vintage=2026), with_rules=True, **whole, buurten=halves)
    rule.refresh_from_db()
    assert (outcome.moved, sure(rule.area).code, len(outcome.lost[0].successors)) == ([], BU, 2)
