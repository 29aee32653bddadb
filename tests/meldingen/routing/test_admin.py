"""Routing rules, as a manager changes them."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from meldingen.files.reading import BrokenFile
from meldingen.routing.loading import load_rules
from meldingen.routing.models import RoutingRule
from tests.factories import RoutingRuleFactory, Town

RULES = "/beheer/meldingen/routingrule/"
EMPTY = {"position": 5, "priority": 2, "service_unit": "hours", "is_active": "on", "_tried": "1"}
HEADER = "volgorde,categorie,gebied,team,prioriteit,dagen\n"


def test_a_rule_that_says_nothing_is_refused_in_words(manager: Client, town: Town) -> None:
    answer: Any = manager.post(f"{RULES}add/", EMPTY)
    assert "Deze regel zegt niets" in answer.text
    for said in ({"priority": 3}, {"category": town.dumping.pk, "position": 4}):
        assert manager.post(f"{RULES}add/", EMPTY | said).status_code == 302
    assert RoutingRule.objects.count() == 2


@pytest.mark.parametrize(("row", "column"), [("10,,,,normaal,", "categorie"), ("10,,,wegen,normaal,0", "dagen")])
def test_a_file_says_something_in_each_rule(town: Town, tmp_path: Path, row: str, column: str) -> None:
    path = tmp_path / "regels.csv"
    path.write_text(f"{HEADER}{row}\n")
    with pytest.raises(BrokenFile, match=f"regel 2, kolom {column}"):
        load_rules(town.municipality, path)


def test_what_was_done_with_a_rule_names_what_it_is_for(manager: Client, town: Town) -> None:
    rule = RoutingRuleFactory.create(
        municipality=town.municipality, position=7, category=town.container, area=town.west, team=town.roads
    )
    named = f"7: Container vol, {town.west.name} → Wegen"
    asked: Any = manager.get(f"{RULES}{rule.pk}/delete/")
    done: Any = manager.post(f"{RULES}{rule.pk}/delete/", {"post": "yes"}, follow=True)
    assert (named in asked.text, named in done.text) == (True, True)


def test_a_rule_for_everything_is_called_so(town: Town) -> None:
    assert str(RoutingRule(position=9)) == "9: elke categorie, overal"


def test_a_rule_that_hides_another_since_long_can_be_changed_else(manager: Client, town: Town) -> None:
    own = {"municipality": town.municipality, "category": town.container, "area": None}
    wide = RoutingRuleFactory.create(**own, position=5, team=town.roads)
    RoutingRuleFactory.create(**own, position=9, team=town.cleaning)
    said = EMPTY | {"category": town.container.pk, "team": town.cleaning.pk}
    assert manager.post(f"{RULES}{wide.pk}/change/", said).status_code == 302
    refused: Any = manager.post(f"{RULES}add/", said | {"position": 12})
    assert "nooit aan de beurt" in refused.text
