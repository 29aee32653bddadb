"""How a colleague closes a melding, and why."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from meldingen.handling import triage
from meldingen.notifications.models import Delivery
from meldingen.record import events, outcomes, workflow
from meldingen.record.models import Answer, Melding
from meldingen.refusals import Refused
from tests.factories import Town, reporter_of
from tests.staff import published as published


@pytest.fixture
def melding(town: Town) -> Melding:
    return town.melding()


@pytest.fixture
def case(town: Town, melding: Melding) -> triage.Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())


@pytest.mark.parametrize("outcome", outcomes.REASONS)
def test_the_reporter_is_told_in_one_mail(
    case: triage.Case,
    melding: Melding,
    outcome: str,
    published: list[Any],
    django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]],
) -> None:
    reporter_of(melding)
    with django_capture_on_commit_callbacks(execute=True):
        triage.close(case, outcome, "Daarom.")
    event: Any = Delivery.objects.get().event
    assert (event.kind, event.to_state, event.answer.text) == ("moved", outcome, "Daarom.")
    assert published == [("deliver", (event.deliveries.get().pk,))]


@pytest.mark.parametrize("outcome", sorted(outcomes.NEEDS_REASON))
def test_not_doing_it_needs_a_reason_or_words(case: triage.Case, melding: Melding, outcome: str) -> None:
    with pytest.raises(Refused, match="empty"):
        triage.close(case, outcome)
    melding.refresh_from_db()
    assert melding.state == workflow.NEW


def test_a_reason_is_kept_in_history_and_needs_no_words(case: triage.Case, melding: Melding) -> None:
    triage.close(case, workflow.DECLINED, reason="private")
    moved: Any = events.of(melding.events.latest("id"))
    assert moved.reason == "private"
    assert not Answer.objects.exists()


@pytest.mark.parametrize(("outcome", "reason"), [("in_progress", ""), ("solved", "private"), ("declined", "nonsense")])
def test_what_there_is_not_is_a_mistake_of_the_caller(case: triage.Case, outcome: str, reason: str) -> None:
    with pytest.raises(ValueError, match="no outcome"):
        triage.close(case, outcome, "Daarom.", reason=reason)


def test_words_of_an_objection_are_forwarded_or_said_to_be_none(town: Town) -> None:
    melding = town.melding(text="Ik maak bezwaar tegen het besluit over de bomen.")
    case = triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())
    with pytest.raises(Refused, match="formal") as refused:
        triage.close(case, "solved")
    assert refused.value.field == "is_mere_report"
    triage.close(case, "solved", is_mere_report=True)
    triage.reopen(case)
    triage.close(case, "forwarded", reason="formal")
    melding.refresh_from_db()
    assert melding.state == "forwarded"
