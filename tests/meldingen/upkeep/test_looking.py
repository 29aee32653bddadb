import pytest

from meldingen.upkeep import looking
from tests.factories import RoutingRuleFactory, Town


def test_nothing_is_broken_in_a_town_that_works(town: Town) -> None:
    assert looking.look(town.municipality) == []


def test_a_part_that_fails_hides_no_other(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for position in (10, 20):
        RoutingRuleFactory.create(municipality=town.municipality, position=position, team=town.roads)

    def fail(where: object) -> list[object]:
        raise ZeroDivisionError

    monkeypatch.setattr(looking, "PARTS", (fail, *looking.PARTS))
    assert [defect.subject for defect in looking.look(town.municipality)] == ["queues", "rules"]
