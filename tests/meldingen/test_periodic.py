from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from meldingen import periodic, queueing
from meldingen.notifications import recipients
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing import prediction
from meldingen.routing import tasks as routing_tasks
from tests.factories import Town, mail_due, reporter_of
from tests.sure import sure

AGO = timedelta(minutes=10)


@pytest.fixture
def enqueued(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What the sweep enqueues, as (name of the task, id)."""
    found = []
    monkeypatch.setattr(queueing, "after_commit", lambda task, pk: found.append((task.name.rsplit(".", 1)[1], pk)))
    return found


def old(town: Town, **values: Any) -> Melding:
    return town.melding(received_at=timezone.now() - AGO, **values)


def delivery(town: Town, **values: Any) -> Delivery:
    event = town.melding().events.get()
    reporter_of(event.melding)
    due: dict[str, Any] = {"due_at": timezone.now() - AGO} | values
    return mail_due(event, **due)


def test_a_melding_that_nothing_predicted_is_enqueued_again(town: Town, neighbour: Town, enqueued: list[Any]) -> None:
    first, second = old(town), old(neighbour)
    periodic.sweep()
    assert sorted(enqueued) == [("classify_and_route", first.pk), ("classify_and_route", second.pk)]


def test_what_came_in_just_now_is_still_on_its_way(town: Town, enqueued: list[Any]) -> None:
    town.melding()
    periodic.sweep()
    assert enqueued == []


def test_what_was_predicted_or_imported_is_left_alone(town: Town, enqueued: list[Any]) -> None:
    prediction.predict(old(town))
    old(town, source=Melding.Source.IMPORT)
    periodic.sweep()
    assert enqueued == []


@pytest.mark.parametrize("state", ["in_progress", "solved"])
def test_what_a_colleague_took_up_first_still_gets_its_one_prediction(
    town: Town, enqueued: list[Any], state: str
) -> None:
    melding = old(town)
    lifecycle.move(melding, state, actor=events.SWEEP)
    periodic.sweep()
    assert enqueued == [("classify_and_route", melding.pk)]
    routing_tasks.classify_and_route(melding.pk)
    melding.refresh_from_db()
    assert (melding.state, melding.prediction.reason, melding.prediction_due_at) == (state, "no_model", None)


def test_five_sweeps_while_no_worker_works_enqueue_each_once(town: Town, enqueued: list[Any]) -> None:
    delivery(town)
    old(town), old(town)
    for _minute in range(5):
        periodic.sweep()
    assert len(enqueued) == len(set(enqueued)) == 3


@pytest.mark.parametrize(("claims", "seconds"), [(0, 30), (1, 60), (4, 480), (7, 3840), (5000, 3840)])
def test_pauses_begin_at_half_a_minute_and_double(town: Town, enqueued: list[Any], claims: int, seconds: int) -> None:
    melding, mail = old(town), delivery(town)
    Melding.objects.update(prediction_claims=claims)
    Delivery.objects.update(claims=claims)
    periodic.sweep()
    melding.refresh_from_db()
    mail.refresh_from_db()
    assert (melding.prediction_claims, mail.claims) == (claims + 1, claims + 1)
    for again in (melding.prediction_due_at, mail.due_at):
        assert abs(sure(again) - timezone.now() - timedelta(seconds=seconds)) < timedelta(seconds=10)


def test_after_the_pause_it_is_enqueued_again(town: Town, enqueued: list[Any]) -> None:
    melding = old(town)
    periodic.sweep()
    Melding.objects.update(prediction_due_at=timezone.now() - AGO)
    periodic.sweep()
    assert enqueued == [("classify_and_route", melding.pk)] * 2


@pytest.mark.django_db(transaction=True)
def test_what_somebody_works_on_at_this_moment_is_left_out(town: Town, enqueued: list[Any]) -> None:
    melding = old(town)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("SELECT 1 FROM meldingen_melding WHERE id = %s FOR UPDATE", [melding.pk])
            periodic.sweep()
    finally:
        other.close()
    assert enqueued == []


def test_a_mail_that_is_due_is_enqueued_once_in_a_while(town: Town, enqueued: list[Any]) -> None:
    due = delivery(town)
    periodic.sweep()
    periodic.sweep()
    assert enqueued == [("deliver", due.pk)]


def test_what_a_duty_mailbox_waits_for_is_asked_for_by_mailbox_and_not_by_mail(
    town: Town, neighbour: Town, enqueued: list[Any]
) -> None:
    for place in (town, town, neighbour):
        delivery(place, purpose=Delivery.Purpose.ALARM)
    periodic.sweep()
    assert enqueued == []
    periodic.tell_mailboxes()
    boxes = [recipients.duty_mailbox(place.municipality).pk for place in (town, neighbour)]
    assert sorted(enqueued) == [("tell_mailbox", pk) for pk in boxes]


def test_a_duty_mailbox_that_was_told_or_waits_for_its_minute_is_left_alone(town: Town, enqueued: list[Any]) -> None:
    delivery(town, purpose=Delivery.Purpose.ALARM, due_at=None, sent_at=timezone.now())
    delivery(town, purpose=Delivery.Purpose.ALARM, due_at=timezone.now() + AGO)
    periodic.tell_mailboxes()
    assert enqueued == []


def test_a_mail_that_was_sent_or_given_up_or_waits_is_left_alone(town: Town, enqueued: list[Any]) -> None:
    delivery(town, due_at=None, sent_at=timezone.now())
    delivery(town, due_at=None, attempts=10)
    delivery(town, due_at=timezone.now() + AGO)
    periodic.sweep()
    assert enqueued == []


def test_a_run_is_bounded_and_takes_the_oldest_first(
    town: Town, enqueued: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(periodic, "BATCH", 2)
    meldingen = [town.melding(received_at=timezone.now() - AGO * n) for n in (1, 3, 2)]
    periodic.sweep()
    assert enqueued == [("classify_and_route", meldingen[1].pk), ("classify_and_route", meldingen[2].pk)]


def test_a_second_sweep_at_the_same_time_does_nothing(
    town: Town, enqueued: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    old(town)
    monkeypatch.setattr(periodic, "_alone", lambda: False)
    periodic.sweep()
    assert enqueued == []


def test_the_lock_of_the_sweep_is_seen_by_another_connection(db: None) -> None:
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [periodic.LOCK])
            assert periodic._alone() is False
            cursor.execute("SELECT pg_advisory_unlock(%s)", [periodic.LOCK])
            assert periodic._alone() is True
    finally:
        other.close()


def test_with_nothing_to_do_it_costs_a_few_short_queries(
    town: Town, enqueued: list[Any], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    # savepoint, lock, beat, photos left over, meldingen, mails, acts, links, photos, two of accounts, exports, release
    with django_assert_num_queries(13):
        periodic.sweep()


def test_the_cost_follows_what_is_new_and_not_the_history(town: Town) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off")
    plans = [
        Melding.objects.filter(prediction_due_at__lt=timezone.now()).explain(),
        Delivery.objects.filter(due_at__lt=timezone.now()).explain(),
    ]
    assert "melding_prediction_due" in plans[0]
    assert "delivery_due" in plans[1]


def test_beat_knows_the_sweep_by_its_name(settings: Settings) -> None:
    assert settings.CELERY_BEAT_SCHEDULE["sweep"]["task"] == periodic.sweep.name


def test_what_comes_often_does_not_pile_up_while_no_worker_works(settings: Settings) -> None:
    often = [each for each in settings.CELERY_BEAT_SCHEDULE.values() if isinstance(each["schedule"], timedelta)]
    assert len(often) == 5
    assert all(each["options"]["expires"] == each["schedule"].total_seconds() for each in often)


def test_sessions_that_are_over_are_deleted_and_others_stay(db: None, settings: Settings) -> None:
    for key, left in (("over", -AGO), ("open", AGO)):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + left)
    periodic.forget_sessions()
    assert [session.pk for session in Session.objects.all()] == ["open"]
    assert settings.CELERY_BEAT_SCHEDULE["forget-sessions"]["task"] == periodic.forget_sessions.name
