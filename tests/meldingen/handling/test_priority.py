"""Colleagues say how soon something is to be done."""

import pytest

from meldingen.handling import triage, undoing
from meldingen.handling.triage import Case
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.routing import routes
from meldingen.routing.models import RoutingRule
from meldingen.tenancy.models import User
from tests.factories import Town
from tests.meldingen.handling.conftest import case_of


def test_a_colleague_says_how_soon_it_is_and_no_term_moves(town: Town, melding: Melding, case: Case) -> None:
    before = (melding.deadline, melding.promised_at, melding.state)
    triage.prioritise(case, Melding.Priority.HIGH)
    melding.refresh_from_db()
    assert (melding.priority, (melding.deadline, melding.promised_at, melding.state)) == (3, before)
    event = melding.events.latest("id")
    assert (event.kind, event.codes, event.actor) == ("prioritised", {"priority": {"from": 2, "to": 3}}, case.actor)
    with pytest.raises(Refused) as refusal:
        triage.prioritise(case, Melding.Priority.HIGH)
    assert (refusal.value.code, refusal.value.field) == ("same_priority", "priority")


def test_of_what_is_closed_nothing_is_soon(town: Town, melding: Melding, case: Case) -> None:
    triage.close(case, "solved")
    with pytest.raises(Refused, match="closed"):
        triage.prioritise(case, Melding.Priority.HIGH)


def test_below_what_a_danger_asks_for_only_with_a_reason(town: Town, officer: User) -> None:
    melding = town.melding(danger=Melding.Danger.HAZARD, priority=Melding.Priority.HIGH)
    case = case_of(town, melding, officer)
    with pytest.raises(Refused) as refusal:
        triage.prioritise(case, Melding.Priority.LOW, "  ")
    assert (refusal.value.code, refusal.value.field) == ("danger", "text")
    triage.prioritise(case, Melding.Priority.LOW, "De aannemer zette er hekken om.")
    event = melding.events.latest("id")
    assert (Melding.objects.get().priority, event.note.text) == (1, "De aannemer zette er hekken om.")


def test_no_rule_takes_the_priority_of_a_colleague_away_by_itself(town: Town, officer: User) -> None:
    RoutingRule.objects.create(municipality=town.municipality, position=1, priority=3, team=town.roads)
    melding = town.melding(category=town.dumping)
    case = case_of(town, melding, officer)
    triage.prioritise(case, Melding.Priority.LOW)
    melding.refresh_from_db()
    routes.route(melding)
    assert (Melding.objects.get().priority, Melding.objects.get().team) == (1, town.roads)
    undoing.undo(case, melding.events.get(kind="prioritised").pk - 1)
    melding.refresh_from_db()
    assert melding.priority == 2
    routes.route(melding)
    assert Melding.objects.get().priority == 3
