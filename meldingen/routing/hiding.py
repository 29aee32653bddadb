"""Rules that can never fire, because an earlier one takes all that they would."""

from collections.abc import Iterable

from meldingen.routing.models import RoutingRule


def hides(first: RoutingRule, later: RoutingRule) -> bool:
    """Whether whatever fits `later` fits `first`: each condition of `first` is the same or wider.

    Areas are compared by code, as routing does. Both come with category, and area with the two areas around it.
    """
    return (
        _category_is_wider(first, later)
        and _area_is_wider(first, later)
        and _words_are_wider(first, later)
        and first.asset_kind_id in (None, later.asset_kind_id)
        and first.channel in ("", later.channel)
    )


def hidden_rules(rules: Iterable[RoutingRule]) -> list[tuple[RoutingRule, RoutingRule]]:
    """Each rule in use that can never fire, with the first that hides it; by position."""
    in_use = sorted((rule for rule in rules if rule.is_active), key=lambda rule: rule.position)
    pairs = []
    for number, rule in enumerate(in_use):
        above = next((first for first in in_use[:number] if hides(first, rule)), None)
        if above is not None:
            pairs.append((rule, above))
    return pairs


def _category_is_wider(first: RoutingRule, later: RoutingRule) -> bool:
    if first.category_id is None:
        return True
    return later.category is not None and first.category_id in (later.category_id, later.category.parent_id)


def _area_is_wider(first: RoutingRule, later: RoutingRule) -> bool:
    if first.area is None:
        return True
    around, codes = later.area, set()
    while around is not None:
        codes.add(around.code)
        around = around.parent
    return first.area.code in codes


def _words_are_wider(first: RoutingRule, later: RoutingRule) -> bool:
    """As they are written: that afval* takes afvalbak too is not looked into."""
    return not first.words or (bool(later.words) and set(later.words) <= set(first.words))
