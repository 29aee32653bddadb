"""Which guesses a colleague sees, and what is kept of it."""

from collections.abc import Callable
from typing import Any

import pytest

from meldingen.handling import guesses, triage
from meldingen.record import events
from meldingen.record.models import Event, Melding
from meldingen.routing import prediction
from tests.factories import Town
from tests.learned import CONTAINER, learn
from tests.staff import full_melding


@pytest.fixture
def melding(town: Town) -> Melding:
    return full_melding(town)


@pytest.fixture
def choose(town: Town, melding: Melding) -> Callable[..., Any]:
    def choose(mark: str) -> Any:
        case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
        triage.recategorise(case, town.dumping, guesses_seen=mark)
        happened: Any = events.of(melding.events.get(kind=Event.Kind.RECATEGORISED))
        return happened.saw

    return choose


def audit(melding: Melding) -> Melding:
    Melding.objects.filter(pk=melding.pk).update(is_audited=True)
    return Melding.objects.get(pk=melding.pk)


def test_what_was_seen_before_choosing_is_kept(melding: Melding, choose: Callable[..., Any]) -> None:
    assert choose(guesses.mark(melding)) == ["afval|container-vol", "afval|dumping", "weg|gat"]


def test_words_behind_a_guess_are_hidden_with_it(town: Town) -> None:
    learn(town)
    melding = town.melding(text=CONTAINER)
    prediction.predict(melding)
    assert guesses.words_behind(Melding.objects.get(pk=melding.pk)) != []
    assert guesses.words_behind(audit(melding)) == []


def test_who_saw_nothing_saw_nothing(melding: Melding, choose: Callable[..., Any]) -> None:
    assert choose(guesses.mark(audit(melding))) == []


@pytest.mark.parametrize("mark", ["", "0", "999999"])
def test_a_mark_that_no_page_made_says_nothing(choose: Callable[..., Any], mark: str) -> None:
    assert choose(mark) is None


def test_of_an_audited_melding_no_page_can_say_that_guesses_were_shown(
    melding: Melding, choose: Callable[..., Any]
) -> None:
    mark = guesses.mark(melding)
    audit(melding)
    assert choose(mark) is None


def test_guesses_of_an_audited_melding_show_once_a_colleague_chose(
    melding: Melding, choose: Callable[..., Any]
) -> None:
    assert guesses.shown(audit(melding)) == []
    choose("none")
    assert len(guesses.shown(Melding.objects.get(pk=melding.pk))) == 3
