import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from meldingen.record import events, lifecycle, workflow
from meldingen.record.events import Past
from meldingen.record.models import Event, Melding, Reporter
from tests.factories import Town, UserFactory, reporter_of
from tests.owner import as_owner


def test_a_received_melding_has_one_event(town: Town) -> None:
    melding = town.melding()
    assert [(e.kind, e.to_state) for e in melding.events.all()] == [("received", "new")]


def test_a_move_writes_the_state_and_its_event(town: Town) -> None:
    melding = lifecycle.lock(town.melding().pk, town.municipality.pk)
    event = lifecycle.move(melding, "solved", actor=events.SWEEP)
    melding.refresh_from_db()
    assert (melding.state, event.from_state, event.to_state) == ("solved", "new", "solved")


def test_a_refused_move_changes_nothing(town: Town) -> None:
    melding = town.melding()
    lifecycle.move(melding, "solved", actor=events.SWEEP)
    with pytest.raises(workflow.TransitionRefused):
        lifecycle.move(melding, "in_progress", actor=events.SWEEP)
    melding.refresh_from_db()
    assert melding.state == "solved"


def test_the_neighbours_melding_cannot_be_locked(town: Town, neighbour: Town) -> None:
    with pytest.raises(Melding.DoesNotExist):
        lifecycle.lock(neighbour.melding().pk, town.municipality.pk)


def test_change_never_writes_the_state(town: Town) -> None:
    with pytest.raises(TypeError):
        lifecycle.change(town.melding(), events.Assigned(), actor=events.SWEEP, state="solved")


def test_the_database_refuses_a_state_without_its_event(town: Town) -> None:
    melding = town.melding()
    with pytest.raises(IntegrityError, match="without an event"), transaction.atomic():
        Melding.objects.filter(pk=melding.pk).update(state="solved")
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_database_refuses_to_rewrite_history(town: Town) -> None:
    event = town.melding().events.get()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(kind="answered")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Event.objects.filter(pk=event.pk).delete()


@pytest.mark.parametrize("statement", ["UPDATE meldingen_event SET kind = 'answered'", "DELETE FROM meldingen_event"])
def test_the_owner_of_the_tables_cannot_rewrite_history_either(town: Town, statement: str) -> None:
    town.melding()
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        as_owner(statement)


def test_the_moment_of_receipt_never_changes(town: Town) -> None:
    melding = town.melding()
    with pytest.raises(IntegrityError, match="received_at"), transaction.atomic():
        Melding.objects.filter(pk=melding.pk).update(received_at=timezone.now())


def test_many_meldingen_cost_as_many_queries_as_one(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    def unsaved() -> Melding:
        melding = town.melding()
        melding.pk = None
        melding.reference = melding.reference[::-1]
        melding.follow_token = melding.follow_token[::-1]
        return melding

    many = [unsaved() for _ in range(5)]
    solved = [Past(timezone.now(), events.IMPORT, events.Moved(), {"state": "solved"})]
    with django_assert_num_queries(4):
        lifecycle.receive_many(many, [solved] * 3 + [[]] * 2)
    assert Melding.objects.filter(state="solved").count() == 3


def test_a_past_is_kept_from_step_to_step_and_the_melding_stands_where_it_ends(town: Town) -> None:
    at, colleague = timezone.now(), events.by(UserFactory.create())
    past = [
        Past(at, events.RULE, events.Routed(), {"team": town.roads}),
        Past(at, events.RULE, events.Moved(), {"state": "assigned"}),
        Past(at, colleague, events.Moved(), {"state": "solved"}),
        Past(at, events.REPORTER, events.Moved(), {"state": "reopened"}),
    ]
    melding = town.melding(text="over te zetten")
    melding.pk, melding.reference, melding.follow_token = None, "ZZZZZZZZ", "z" * 43
    (ids,) = lifecycle.receive_many([melding], [past])
    made = list(Event.objects.filter(pk__in=ids).order_by("pk"))
    assert [each.pk for each in made] == ids
    melding.refresh_from_db()
    assert (melding.state, melding.team, melding.closed_at) == ("reopened", town.roads, None)
    assert [(e.from_state, e.to_state) for e in made[1:]] == [
        ("new", "assigned"), ("assigned", "solved"), ("solved", "reopened")
    ]  # fmt: skip
    assert (made[0].codes["team"], made[2].actor) == ({"from": None, "to": town.roads.pk}, colleague.person)


def test_a_past_that_the_workflow_does_not_know_stores_nothing(town: Town) -> None:
    melding = town.melding()
    melding.pk, melding.reference, melding.follow_token = None, "ZZZZZZZZ", "z" * 43
    past = [Past(timezone.now(), events.IMPORT, events.Moved(), {"state": "reopened"})]
    with pytest.raises(workflow.TransitionRefused):
        lifecycle.receive_many([melding], [past])
    assert Melding.objects.count() == 1


def test_steps_together_are_one_update_and_the_events_of_each(
    town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    melding = lifecycle.lock(town.melding().pk, town.municipality.pk)
    with django_assert_num_queries(2), lifecycle.together(melding):
        lifecycle.put(melding, prediction_due_at=None)
        lifecycle.change(melding, events.Assigned(), actor=events.SWEEP, team=town.roads)
        lifecycle.move(melding, "assigned", actor=events.SWEEP)
    melding.refresh_from_db()
    assert (melding.state, melding.team, melding.prediction_due_at) == ("assigned", town.roads, None)
    assert [e.kind for e in melding.events.order_by("id")] == ["received", "assigned", "moved"]


def test_steps_together_write_nothing_when_one_is_refused(town: Town) -> None:
    melding = lifecycle.lock(town.melding().pk, town.municipality.pk)
    with pytest.raises(workflow.TransitionRefused), lifecycle.together(melding):
        lifecycle.change(melding, events.Assigned(), actor=events.SWEEP, team=town.roads)
        lifecycle.move(melding, "reopened", actor=events.SWEEP)
    melding.refresh_from_db()
    assert (melding.team, melding.events.count()) == (None, 1)


def test_another_melding_is_written_at_once(town: Town) -> None:
    one, other = (lifecycle.lock(town.melding().pk, town.municipality.pk) for _ in range(2))
    with lifecycle.together(one):
        lifecycle.move(other, "assigned", actor=events.SWEEP)
        assert Melding.objects.get(pk=other.pk).state == "assigned"


def test_a_term_that_begins_among_other_steps_begins_with_its_event(town: Town) -> None:
    melding = lifecycle.lock(town.melding().pk, town.municipality.pk)
    reporter = Reporter.objects.create(municipality=town.municipality, melding=melding)
    with lifecycle.together(melding):
        lifecycle.change(melding, events.Assigned(), actor=events.SWEEP, team=town.roads)
        event = lifecycle.move(melding, "solved", actor=events.SWEEP)
    reporter.refresh_from_db()
    assert reporter.closed_at == Event.objects.get(pk=event.pk).happened_at


def test_put_never_writes_the_state(town: Town) -> None:
    with pytest.raises(TypeError):
        lifecycle.put(town.melding(), state="solved")


def test_a_melding_knows_since_when_it_is_closed(town: Town) -> None:
    melding = town.melding()
    event = lifecycle.move(melding, "solved", actor=events.SWEEP)
    melding.refresh_from_db()
    assert melding.closed_at == event.happened_at
    lifecycle.move(melding, "reopened", actor=events.SWEEP)
    melding.refresh_from_db()
    assert melding.closed_at is None


@pytest.fixture
def pair(town: Town) -> tuple[Melding, Melding]:
    """One that leads, and one that was merged into it, with its reporter."""
    lead, led = town.melding(), town.melding(deadline=timezone.now())
    reporter_of(led)
    locked = lifecycle.lock(led.pk, town.municipality.pk)
    lifecycle.change(locked, events.Merged(), actor=events.SWEEP, lead=lead, deadline=None)
    return lifecycle.lock(lead.pk, town.municipality.pk), Melding.objects.get(pk=led.pk)


def again(melding: Melding) -> Melding:
    return Melding.objects.select_related("reporter").get(pk=melding.pk)


@pytest.mark.parametrize("state", [workflow.SOLVED, workflow.FORWARDED, workflow.DECLINED])
def test_what_was_merged_closes_and_opens_with_its_lead(pair: tuple[Melding, Melding], state: str) -> None:
    lead, led = pair
    lifecycle.move(lead, state, actor=events.SWEEP, reason="cleared" if state == workflow.SOLVED else "")
    assert (again(led).state, again(led).closed_at) == (state, lead.closed_at)
    assert again(led).reporter.closed_at == lead.closed_at
    assert events.of(led.events.latest("id")).along == lead.pk  # type: ignore[attr-defined]
    lifecycle.move(lead, workflow.REOPENED, actor=events.SWEEP)
    assert (again(led).state, again(led).closed_at, again(led).reporter.closed_at) == (workflow.REOPENED, None, None)


def test_what_was_closed_by_itself_stays_closed(pair: tuple[Melding, Melding]) -> None:
    lead, led = pair
    lifecycle.move(again(led), workflow.DECLINED, actor=events.SWEEP)
    lifecycle.move(lead, workflow.SOLVED, actor=events.SWEEP)
    lifecycle.move(lead, workflow.REOPENED, actor=events.SWEEP)
    assert again(led).state == workflow.DECLINED


@pytest.mark.parametrize("state", [workflow.WITHDRAWN, workflow.SPAM, workflow.THREAT])
def test_a_lead_that_ends_for_its_own_reasons_leads_no_more(pair: tuple[Melding, Melding], state: str) -> None:
    lead, led = pair
    lifecycle.move(lead, state, actor=events.SWEEP)
    assert (again(led).state, again(led).lead_id) == (workflow.NEW, None)
    assert again(led).deadline is not None


def test_taken_apart_it_has_the_state_and_the_term_of_before(pair: tuple[Melding, Melding]) -> None:
    lead, led = pair
    lifecycle.move(lead, workflow.SOLVED, actor=events.SWEEP)
    lifecycle.part(again(led), actor=events.SWEEP)
    after = again(led)
    assert (after.state, after.lead_id, after.closed_at, after.reporter.closed_at) == (workflow.NEW, None, None, None)
    assert after.deadline is not None
    undone = events.of(led.events.latest("id"))
    assert isinstance(undone, events.Undone)
    assert undone.of == [led.events.get(kind="merged").pk]
    assert (undone.state, undone.lead) == (events.Change("solved", "new"), events.Change(lead.pk, None))
