from meldingen.categories.models import Category
from meldingen.places.models import Area
from meldingen.upkeep import rules
from tests.factories import RoutingRuleFactory, Town


def _rule(town: Town, position: int, **values: object) -> object:
    return RoutingRuleFactory.create(municipality=town.municipality, position=position, team=town.roads, **values)


def _defects(town: Town) -> list[tuple[str, str]]:
    return [(defect.sentence, defect.path) for defect in rules.look(town.municipality)]


def test_a_rule_behind_a_wider_one_is_named(town: Town) -> None:
    _rule(town, 10, category=town.waste)
    rule = _rule(town, 20, category=town.container, area=town.west)
    ((sentence, path),) = _defects(town)
    assert "20" in sentence
    assert "10" in sentence
    assert path == f"/beheer/meldingen/routingrule/{rule.pk}/change/"  # type: ignore[attr-defined]


def test_a_rule_for_a_category_out_of_use_is_named(town: Town) -> None:
    _rule(town, 10, category=town.dumping)
    Category.objects.filter(pk=town.waste.pk).update(is_active=False)
    ((sentence, _path),) = _defects(town)
    assert "Afval" in sentence


def test_a_rule_for_an_area_that_is_gone_is_named(town: Town) -> None:
    _rule(town, 10, category=town.dumping, area=town.west)
    Area.objects.filter(pk=town.west.pk).update(is_retired=True)
    assert len(_defects(town)) == 1


def test_what_is_out_of_use_hurts_nobody(town: Town, neighbour: Town) -> None:
    _rule(town, 10, category=town.waste)
    _rule(town, 20, category=town.container, is_active=False)
    _rule(neighbour, 10)
    _rule(neighbour, 20, category=neighbour.container)
    assert _defects(town) == []
