import pytest

from meldingen.followup.withdrawing import withdraw
from meldingen.handling import merging, triage
from meldingen.handling.triage import Case
from meldingen.record.models import Event, Melding
from meldingen.refusals import Refused
from tests.factories import Town


def test_the_reporter_takes_it_back_with_a_word_of_why(town: Town, melding: Melding) -> None:
    withdraw(town.municipality, melding.follow_token, " Het is al weg. ")
    melding.refresh_from_db()
    event = melding.events.get(to_state="withdrawn")
    assert (melding.state, event.actor_kind, melding.additions.get().text) == (
        "withdrawn",
        "reporter",
        "Het is al weg.",
    )
    assert (melding.closed_at is not None, melding.reporter.closed_at) == (True, melding.closed_at)
    assert melding.reporter_spoke_at is None


def test_twice_is_as_once(town: Town, melding: Melding) -> None:
    for _press in range(2):
        withdraw(town.municipality, melding.follow_token)
    assert melding.events.filter(kind=Event.Kind.MOVED).count() == 1


def test_who_is_at_work_on_it_sees_that_they_need_not(town: Town, melding: Melding, case: Case) -> None:
    triage.take(case)
    withdraw(town.municipality, melding.follow_token)
    melding.refresh_from_db()
    assert melding.reporter_spoke_at is not None


def refusal(town: Town, melding: Melding, text: str = "") -> str:
    with pytest.raises(Refused) as refused:
        withdraw(town.municipality, melding.follow_token, text)
    assert Melding.objects.get(pk=melding.pk).state != "withdrawn"
    return refused.value.code


def test_an_emergency_is_not_taken_back_by_a_button(town: Town) -> None:
    assert refusal(town, town.melding(danger="gas")) == "danger"


def test_who_writes_of_danger_while_taking_back_is_told_to_call(town: Town, melding: Melding) -> None:
    assert refusal(town, melding, "Er ligt nu een kind in het water!") == "danger"
    assert not melding.additions.exists()


def test_what_is_closed_is_not_taken_back(town: Town, solved: Melding) -> None:
    assert refusal(town, solved) == "closed"


def test_what_others_reported_too_goes_on_and_they_may_leave_it(town: Town, melding: Melding, case: Case) -> None:
    other = town.melding(category=town.container)
    theirs = triage.Case(melding_id=other.pk, municipality=town.municipality, actor=case.actor)
    merging.merge(theirs, melding.pk)
    assert refusal(town, melding) == "leads"
    withdraw(town.municipality, other.follow_token)
    assert Melding.objects.get(pk=other.pk).state == "withdrawn"
