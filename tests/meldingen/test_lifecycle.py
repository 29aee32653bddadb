import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from meldingen import lifecycle, workflow
from meldingen.models import Event, Melding


def test_a_received_melding_has_one_event(town):
    melding = town.melding()
    assert [(e.kind, e.to_state) for e in melding.events.all()] == [("received", "new")]


def test_a_move_writes_the_state_and_its_event(town):
    melding = lifecycle.lock(town.melding().pk, town.municipality.pk)
    event = lifecycle.move(melding, "solved", actor=None)
    melding.refresh_from_db()
    assert (melding.state, event.from_state, event.to_state) == ("solved", "new", "solved")


def test_a_refused_move_changes_nothing(town):
    melding = town.melding()
    lifecycle.move(melding, "solved", actor=None)
    with pytest.raises(workflow.TransitionRefused):
        lifecycle.move(melding, "in_progress", actor=None)
    melding.refresh_from_db()
    assert melding.state == "solved"


def test_the_neighbours_melding_cannot_be_locked(town, neighbour):
    with pytest.raises(Melding.DoesNotExist):
        lifecycle.lock(neighbour.melding().pk, town.municipality.pk)


def test_change_never_writes_the_state(town):
    with pytest.raises(TypeError):
        lifecycle.change(town.melding(), Event.Kind.ASSIGNED, actor=None, state="solved")


def test_the_database_refuses_a_state_without_its_event(town):
    melding = town.melding()
    with pytest.raises(IntegrityError, match="without an event"), transaction.atomic():
        Melding.objects.filter(pk=melding.pk).update(state="solved")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_to_rewrite_history(town):
    event = town.melding().events.get()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(kind="answered")
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        Event.objects.filter(pk=event.pk).delete()


def test_the_moment_of_receipt_never_changes(town):
    melding = town.melding()
    with pytest.raises(IntegrityError, match="received_at"), transaction.atomic():
        Melding.objects.filter(pk=melding.pk).update(received_at=timezone.now())


def test_many_meldingen_cost_as_many_queries_as_one(town, django_assert_num_queries):
    def unsaved():
        melding = town.melding()
        melding.pk = None
        melding.reference = melding.reference[::-1]
        melding.follow_token = melding.follow_token[::-1]
        return melding

    many = [unsaved() for _ in range(5)]
    with django_assert_num_queries(5):
        lifecycle.receive_many(many, [timezone.now()] * 3 + [None] * 2)
    assert Melding.objects.filter(state="solved").count() == 3
