from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from meldingen.record import events, lifecycle
from meldingen.record.models import Event
from tests.factories import Town

EXAMPLES = [
    events.Received(channel="web", danger="gas", is_suspect=True, state=events.Change(None, "new")),
    events.Warned(danger="life", answer="called"),
    events.Classified(model=3, reason="confident", category=events.Change(None, 7)),
    events.Routed(rule=2, team=events.Change(1, 2), deadline=events.Change(None, "2026-03-05T22:59:59+00:00")),
    events.Recategorised(was_by="model", category=events.Change(7, 8)),
    events.Assessed(danger=events.Change("life", ""), priority=events.Change(4, 2)),
    events.Assigned(team=events.Change(None, 2), assignee=events.Change(5, None)),
    events.Moved(reason="double", state=events.Change("new", "declined")),
    events.Undone(of=[12, 13], state=events.Change("solved", "assigned")),
]


@pytest.mark.parametrize("happened", EXAMPLES, ids=lambda happened: happened.kind)
def test_what_is_written_is_read_back(town: Town, happened: Any) -> None:
    made = lifecycle._event(town.melding(), happened, events.SWEEP, timezone.now())
    made.save()
    assert events.of(Event.objects.get(pk=made.pk)) == happened


def test_every_kind_has_its_type() -> None:
    assert set(events.TYPES) == set(Event.Kind.values)


def test_old_and_new_values_are_in_the_event_whoever_forgot_them(town: Town) -> None:
    melding = town.melding(priority=2)
    event = lifecycle.change(melding, events.Routed(), actor=events.RULE, priority=3, team_id=town.roads.pk)
    assert events.of(event) == events.Routed(team=events.Change(None, town.roads.pk), priority=events.Change(2, 3))


def test_what_stays_as_it_is_is_no_change(town: Town) -> None:
    event = lifecycle.change(town.melding(priority=2), events.Routed(), actor=events.RULE, priority=2)
    assert events.of(event) == events.Routed()


def test_a_kind_without_a_place_for_a_change_is_refused(town: Town) -> None:
    with pytest.raises(TypeError):
        lifecycle.change(town.melding(), events.Noted(), actor=events.SWEEP, priority=4)


def test_what_history_keeps_is_not_written_without_it(town: Town) -> None:
    with pytest.raises(TypeError, match="history keeps team"):
        lifecycle.put(town.melding(), team_id=town.roads.pk)


def test_a_person_is_named_and_nobody_else(town: Town) -> None:
    person = town.member()
    melding = town.melding()
    event = lifecycle.change(melding, events.Noted(), actor=events.by(person))
    assert (event.actor_kind, event.actor) == ("person", person)
    with pytest.raises(IntegrityError, match="person"), transaction.atomic():
        lifecycle.change(melding, events.Noted(), actor=events.Actor("sweep", person))


def test_the_values_at_receipt_are_in_the_first_event(town: Town) -> None:
    received: Any = events.of(town.melding(category=town.container, priority=3).events.get())
    assert (received.category, received.priority) == (events.Change(None, town.container.pk), events.Change(None, 3))
    assert received.state == events.Change(None, "new")
