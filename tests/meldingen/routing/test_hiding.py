from typing import Any

import pytest

from meldingen.categories.models import Category
from meldingen.places.models import Area
from meldingen.routing.hiding import hidden_rules, hides
from meldingen.routing.models import RoutingRule
from tests.factories import Town


def rule(
    town: Town, position: int, category: Category | None = None, area: Area | None = None, is_active: bool = True
) -> RoutingRule:
    return RoutingRule(
        municipality=town.municipality, position=position, category=category, area=area, is_active=is_active
    )


def test_the_same_or_a_wider_rule_hides_a_later_one(town: Town) -> None:
    narrow = rule(town, 9, town.container, town.west)
    wider = [(None, None), (town.waste, None), (town.container, None), (None, town.wijk), (town.waste, town.gemeente)]
    assert all(hides(rule(town, 1, *each), narrow) for each in [*wider, (town.container, town.west)])


def test_another_or_a_narrower_rule_hides_nothing(town: Town) -> None:
    wide = rule(town, 9, town.waste, town.wijk)
    others = [(town.container, None), (town.container, town.wijk), (None, town.west), (town.waste, town.east)]
    assert not any(hides(rule(town, 1, *each), wide) for each in others)


@pytest.mark.parametrize("is_active", [True, False])
def test_only_rules_in_use_hide(town: Town, is_active: bool) -> None:
    first, later = rule(town, 1, town.waste, is_active=is_active), rule(town, 2, town.container)
    assert hidden_rules([later, first]) == ([(later, first)] if is_active else [])


@pytest.mark.parametrize(
    ("first", "later", "expected"),
    [
        ({}, {"words": ["rat"]}, True),
        ({"words": ["rat", "muis"]}, {"words": ["rat"]}, True),
        ({"words": ["rat"]}, {"words": ["rat", "muis"]}, False),
        ({"words": ["rat"]}, {}, False),
        ({}, {"channel": "phone"}, True),
        ({"channel": "phone"}, {"channel": "web"}, False),
        ({"channel": "phone"}, {}, False),
        ({"asset_kind_id": 1}, {"asset_kind_id": 2}, False),
        ({"asset_kind_id": 1}, {"asset_kind_id": 1}, True),
    ],
)
def test_a_condition_more_hides_less(town: Town, first: dict[str, Any], later: dict[str, Any], expected: bool) -> None:
    rules = [
        RoutingRule(municipality=town.municipality, position=at, **values) for at, values in ((1, first), (2, later))
    ]
    assert hides(*rules) is expected
