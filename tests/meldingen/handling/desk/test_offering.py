"""Which actions a page offers, and from what."""

from meldingen.handling.desk.actions import Choices
from meldingen.handling.desk.offering import offered
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
