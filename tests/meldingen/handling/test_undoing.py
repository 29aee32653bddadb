"""What a colleague did is taken back before anybody heard of it."""

import random
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from meldingen.categories.models import Category
from meldingen.handling import merging, striking, triage, undoing
from meldingen.handling.triage import Case
from meldingen.notifications import mails, reading
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle, queries, workflow
from meldingen.record.models import Event, Melding, Reporter
from meldingen.refusals import Refused
from meldingen.tenancy.models.user import User
from tests.factories import Town, mail_due, reporter_of
from tests.meldingen.handling.conftest import case_of

pytestmark = pytest.mark.usefixtures("published")


@pytest.fixture(autouse=True)
def waiting(settings: Settings) -> None:
    """As on a running town."""
    settings.UNDO_SECONDS = 120


def last(melding: Melding) -> int:
    return melding.events.latest("id").pk


def columns(melding: Melding) -> dict[str, Any]:
    """All of a melding but the text index."""
    fields = [field.attname for field in Melding._meta.concrete_fields if field.name != "search"]
    found: dict[str, Any] = Melding.objects.values(*fields).get(pk=melding.pk)
    return found


ACTS = {
    "close": lambda case, town: triage.close(case, workflow.SOLVED, "Gedaan."),
    "take": lambda case, town: triage.take(case),
    "correct": lambda case, town: triage.recategorise(case, town.dumping, reroute=True),
    "correct to what has a term": lambda case, town: triage.recategorise(case, town.container, reroute=True),
    "assign": lambda case, town: triage.assign(case, town.roads),
    "danger": lambda case, town: triage.assess(case, Melding.Danger.HAZARD),
    "plan": lambda case, town: triage.schedule(case, timezone.localdate() + timedelta(days=3)),
    "ask": lambda case, town: triage.ask(case, "Welke?"),
    "answer": lambda case, town: triage.answer(case, "Wij komen."),
    "note": lambda case, town: triage.note(case, "Bellen."),
    "spam": lambda case, town: triage.call_spam(case),
}


@pytest.mark.parametrize("name", ACTS)
def test_all_is_as_it_was_and_nobody_hears_of_it(town: Town, melding: Melding, case: Case, name: str) -> None:
    reporter_of(melding)
    before, after = columns(melding), last(melding)
    ACTS[name](case, town)
    undoing.undo(case, after)
    assert columns(melding) == before
    assert not Delivery.objects.filter(event__in=melding.events.filter(pk__gt=after)).exists()
    assert Reporter.objects.get().closed_at is None
    undone = events.of(melding.events.latest("id"))
    assert isinstance(undone, events.Undone)
    assert list(undone.of) == list(melding.events.filter(pk__gt=after).values_list("pk", flat=True))[:-1]


def test_a_priority_goes_back_to_what_it_was(town: Town, melding: Melding, case: Case) -> None:
    before, after = columns(melding), last(melding)
    triage.prioritise(case, Melding.Priority.HIGH)
    undoing.undo(case, after)
    assert columns(melding) == before
    assert melding.events.latest("id").codes["priority"] == {"from": 3, "to": 2}


def test_what_was_closed_was_closed_when_it_was(town: Town, melding: Melding, case: Case) -> None:
    reporter_of(melding)
    triage.close(case, workflow.SOLVED)
    before, after = columns(melding), last(melding)
    triage.reopen(case, note="Toch niet.")
    undoing.undo(case, after)
    assert columns(melding) == before
    assert Reporter.objects.get().closed_at == before["closed_at"]


def test_what_was_suspect_is_so_again_and_mails_that_spam_stopped_are_due(
    town: Town, case: Case, officer: User
) -> None:
    suspect = town.melding(is_suspect=True)
    case = case_of(town, suspect, officer)
    reporter_of(suspect)
    mail = mail_due(suspect.events.get())
    after = last(suspect)
    triage.call_spam(case)
    assert Delivery.objects.get(pk=mail.pk).due_at is None
    undoing.undo(case, after)
    assert Melding.objects.get(pk=suspect.pk).is_suspect
    assert Delivery.objects.get(pk=mail.pk).due_at is not None


def test_a_note_on_spam_that_is_undone_calls_nothing_back(town: Town, officer: User) -> None:
    suspect = town.melding(is_suspect=True)
    case = case_of(town, suspect, officer)
    reporter_of(suspect)
    mail_due(suspect.events.get())
    triage.call_spam(case)
    before, after = columns(suspect), last(suspect)
    triage.note(case, "Zonder twijfel.")
    undoing.undo(case, after)
    assert columns(suspect) == before
    assert Delivery.objects.get().due_at is None


@pytest.mark.parametrize("who", ["colleague", "reporter"])
def test_who_acted_since_is_not_overruled(town: Town, melding: Melding, case: Case, who: str) -> None:
    after = last(melding)
    triage.take(case)
    if who == "colleague":
        triage.note(case_of(town, melding, town.member()), "Ik ook.")
    else:
        lifecycle.change(melding, events.AddressConfirmed(), actor=events.REPORTER)
    with pytest.raises(Refused) as refusal:
        undoing.undo(case, after)
    assert refusal.value.code == "changed"


def test_what_the_machine_does_meanwhile_stands(town: Town, melding: Melding, case: Case) -> None:
    after = last(melding)
    triage.take(case)
    melding.refresh_from_db()
    lifecycle.change(melding, events.Routed(), actor=events.RULE, team=town.roads)
    undoing.undo(case, after)
    melding.refresh_from_db()
    assert (melding.state, melding.team) == (workflow.NEW, town.roads)


def test_what_somebody_heard_is_not_undone(town: Town, melding: Melding, case: Case) -> None:
    reporter_of(melding)
    after = last(melding)
    triage.take(case)
    Delivery.objects.update(attempts=1)
    with pytest.raises(Refused) as refusal:
        undoing.undo(case, after)
    assert refusal.value.code == "told"
    assert Melding.objects.get().state == workflow.IN_PROGRESS


def test_nobody_undoes_what_another_did(town: Town, melding: Melding, case: Case) -> None:
    after = last(melding)
    triage.take(case)
    with pytest.raises(Refused):
        undoing.undo(case_of(town, melding, town.member()), after)


def test_what_was_undone_is_not_undone_again(town: Town, melding: Melding, case: Case) -> None:
    after = last(melding)
    triage.take(case)
    undoing.undo(case, after)
    with pytest.raises(Refused):
        undoing.undo(case, after)


def test_another_towns_melding_is_not_there(town: Town, neighbour: Town, melding: Melding, officer: User) -> None:
    with pytest.raises(Melding.DoesNotExist):
        undoing.undo(case_of(neighbour, melding, officer), 0)


def test_words_that_were_struck_out_are_gone(town: Town, melding: Melding, case: Case) -> None:
    after = last(melding)
    striking.strike(case, "container")
    with pytest.raises(Refused) as refusal:
        undoing.undo(case, after)
    assert refusal.value.code == "not_undone"


def test_the_reporter_reads_nothing_of_it_and_no_mail_asks_for_it(town: Town, melding: Melding, case: Case) -> None:
    reporter_of(melding)
    after = last(melding)
    triage.close(case, workflow.SOLVED, "Gedaan.")
    undoing.undo(case, after)
    melding.refresh_from_db()
    assert [line.state for line in reading.own_history(melding)] == [workflow.NEW]
    assert [event.kind for event in mails.mailed_events([melding.pk])] == [Event.Kind.RECEIVED]


def test_a_term_does_not_begin_again_with_what_was_undone(town: Town, melding: Melding, case: Case) -> None:
    triage.close(case, workflow.SOLVED)
    after = last(melding)
    triage.reopen(case)
    undoing.undo(case, after)
    melding.refresh_from_db()
    assert queries.term_from(melding) == melding.received_at


@pytest.mark.parametrize("seed", [7, 8, 9])  # the same acts each time
def test_no_row_of_acts_and_undoing_leaves_a_state_without_its_event(
    town: Town, melding: Melding, case: Case, seed: int
) -> None:
    reporter_of(melding)
    chance = random.Random(seed)
    for _step in range(60):
        melding.refresh_from_db()
        before, after = columns(melding), last(melding)
        try:
            ACTS[chance.choice(list(ACTS))](case, town)
        except Refused:
            continue
        if last(melding) != after and chance.random() < 0.6:
            undoing.undo(case, after)
            assert columns(melding) == before
        if Melding.objects.get().state in workflow.CLOSED:
            before, after = columns(melding), last(melding)
            triage.reopen(case)
            undoing.undo(case, after)
            assert columns(melding) == before
            triage.reopen(case)
        stored = Melding.objects.get()
        told = Delivery.objects.values_list("event", "recipient", "purpose")
        assert len(told) == len(set(told))
        assert stored.events.exclude(to_state="").latest("id").to_state == stored.state


def test_what_went_along_comes_back_with_its_lead(town: Town, melding: Melding, case: Case, officer: User) -> None:
    other = town.melding()
    merging.merge(case_of(town, other, officer), melding.pk)
    before, after = columns(other), last(melding)
    triage.close(case_of(town, melding, town.member()), workflow.SOLVED)
    closed = Melding.objects.get(pk=other.pk)
    assert closed.state == workflow.SOLVED
    who = melding.events.latest("id").actor
    assert who is not None
    undoing.undo(case_of(town, melding, who), after)
    assert columns(other) == before


def test_what_took_others_apart_is_not_undone(town: Town, melding: Melding, case: Case, officer: User) -> None:
    merging.merge(case_of(town, town.melding(), officer), melding.pk)
    after, who = last(melding), town.member()
    triage.call_spam(case_of(town, melding, who))
    with pytest.raises(Refused) as refusal:
        undoing.undo(case_of(town, melding, who), after)
    assert refusal.value.code == "not_undone"


def test_until_when_a_danger_is_done_goes_back_with_it(town: Town, officer: User) -> None:
    Category.objects.filter(pk=town.dumping.pk).update(service_amount=2)
    melding = town.melding(category=town.dumping)
    before, after, case = columns(melding), last(melding), case_of(town, melding, officer)
    triage.assess(case, Melding.Danger.HAZARD)
    assert columns(melding)["done_by"] is not None
    undoing.undo(case, after)
    assert columns(melding) == before


def test_a_danger_that_was_corrected_to_its_subject_is_again_as_it_came_in(town: Town, officer: User) -> None:
    melding = town.melding(danger=Melding.Danger.HAZARD, priority=Melding.Priority.URGENT)
    before, after, case = columns(melding), last(melding), case_of(town, melding, officer)
    triage.recategorise(case, town.container)
    corrected = columns(melding)
    assert (corrected["state"], corrected["team_id"]) == (workflow.ASSIGNED, town.cleaning.pk)
    assert corrected["done_by"] is not None
    undoing.undo(case, after)
    assert columns(melding) == before


def test_a_danger_that_was_opened_again_ends_when_it_did(town: Town, officer: User) -> None:
    melding = town.melding(category=town.container, danger=Melding.Danger.HAZARD)
    case = case_of(town, melding, officer)
    triage.close(case, workflow.SOLVED)
    before, after = columns(melding), last(melding)
    triage.reopen(case)
    assert columns(melding)["done_by"] != before["done_by"]
    undoing.undo(case, after)
    assert columns(melding) == before


@pytest.mark.parametrize("is_sent", [False, True])
def test_an_alarm_that_was_sent_is_not_recalled_and_the_danger_stands(
    town: Town, melding: Melding, case: Case, is_sent: bool
) -> None:
    town.municipality.duty_email = "piket@example.org"
    town.municipality.save()
    before, after = columns(melding), last(melding)
    triage.assess(case, Melding.Danger.LIFE)
    dangerous = columns(melding)
    if is_sent:
        Delivery.objects.filter(purpose="alarm").update(sent_at=timezone.now(), attempts=1)
        with pytest.raises(Refused) as refusal:
            undoing.undo(case, after)
        assert refusal.value.code == "told"
    else:
        undoing.undo(case, after)
    assert columns(melding) == (dangerous if is_sent else before)
    assert Delivery.objects.filter(purpose="alarm").exists() == is_sent
