"""What is done to several is done to each, with one event each."""

import pytest

from meldingen.handling import many
from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import User
from tests.factories import Town

pytestmark = pytest.mark.usefixtures("published")


def test_a_team_gets_those_of_others_and_those_that_were_in_progress(town: Town, officer: User) -> None:
    other, own = town.melding(team=town.cleaning), town.melding(team=town.roads)
    many.give([other, own], town.roads, by=officer)
    assert set(Melding.objects.values_list("team", "state")) == {(town.roads.pk, "assigned")}
    assert other.events.filter(kind=Event.Kind.ASSIGNED).count() == 1
    assert not own.events.filter(kind=Event.Kind.ASSIGNED).exists()


def test_each_is_closed_with_its_own_words_and_who_has_none_without(town: Town, officer: User) -> None:
    worded, silent = town.melding(), town.melding()
    many.end([worded, silent], "solved", by=officer, reason="repaired", words={worded.pk: "Gemaakt."})
    answer = worded.answers.get()
    assert (answer.text, answer.event.to_state, answer.event.codes) == ("Gemaakt.", "solved", {"reason": "repaired"})
    assert not silent.answers.exists()
