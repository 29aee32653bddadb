"""Which actions a page offers, and from what."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from meldingen.handling.desk.actions import Choices
from meldingen.handling.desk.offering import PRIMARY, offered, primary
from meldingen.handling.standard_texts import Ready
from meldingen.record import events, lifecycle, workflow
from meldingen.record.models import Melding
from tests.factories import Town


def names(town: Town, melding: Melding) -> set[str]:
    return {each.action.name for each in offered(melding, town.municipality, "0", None)}


def test_what_is_closed_is_opened_and_not_closed(town: Town) -> None:
    melding = town.melding()
    assert {"close", "take", "hand-to"} <= names(town, melding)
    lifecycle.move(melding, workflow.SOLVED, actor=events.SWEEP)
    assert "reopen" in names(town, melding)
    assert not {"close", "take", "hand-to"} & names(town, melding)


def test_only_what_is_suspect_is_released(town: Town) -> None:
    assert "release" not in names(town, town.melding())
    assert "release" in names(town, town.melding(is_suspect=True))


def test_each_standard_text_stands_with_its_act(town: Town) -> None:
    ready = [Ready(1, "Dank", "", "Dank."), Ready(2, "Klaar", "solved", "Klaar."), Ready(3, "Welke?", "waiting", "?")]
    by_act = {
        each.action.name: [one.name for one in each.standard_texts]
        for each in offered(town.melding(), town.municipality, "0", None, ready)
        if each.standard_texts
    }
    assert by_act == {"answer": ["Dank"], "close": ["Klaar"], "ask": ["Welke?"]}


def test_choices_that_the_page_has_read_are_shown_in_the_order_of_the_form(town: Town) -> None:
    town.dumping.is_active = False
    choices = Choices({town.roads.pk: "Wegen"}, [town.dumping, town.container, town.waste])
    forms = {each.action.name: each.form for each in offered(town.melding(), town.municipality, "0", None, (), choices)}
    assert [value for value, _name in forms["assign"].fields["team"].choices] == ["", town.roads.pk]  # type: ignore[attr-defined]
    shown = forms["recategorise"].fields["category"].choices  # type: ignore[attr-defined]
    assert shown == [("", shown[0][1]), (town.waste.name, [(town.container.pk, town.container.name)])]


@pytest.mark.parametrize(
    ("state", "by", "name"),
    [
        ("new", "model", ""), ("new", "staff", "assign"), ("assigned", "", "take"), ("reopened", "", "take"),
        ("planned", "", "take"), ("waiting", "", "take"), ("in_progress", "", "close"),
        *((state, "staff", "") for state in sorted(workflow.CLOSED)),
    ],
)  # fmt: skip
def test_each_open_state_has_one_act_that_stands_out(town: Town, state: str, by: str, name: str) -> None:
    melding = town.melding()
    melding.state, melding.category_by = state, by
    acts = list(offered(melding, town.municipality, "0", None))
    act = primary(melding, acts, None)
    assert (act.action.name if act else "") == name
    assert PRIMARY.keys() == workflow.OPEN


def test_what_is_in_hand_is_closed_by_the_form_that_stands_out(triager: Client, town: Town) -> None:
    melding = town.melding()
    lifecycle.move(melding, workflow.IN_PROGRESS, actor=events.SWEEP)
    for address in (f"/beheer/?list=open&melding={melding.pk}", f"/beheer/meldingen/melding/{melding.pk}/change/"):
        page = BeautifulSoup(triager.get(address).content, "html.parser")
        assert page.select_one(".primary-act #actie-close textarea[name=text]")
        assert len(page.select("#actie-close")) == 1
