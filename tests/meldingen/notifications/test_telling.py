"""Who hears of an event, once each, and what the sweep is left with."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meldingen import queueing
from meldingen.handling import judging, triage
from meldingen.notifications import recipients, telling
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing import tasks as routing_tasks
from tests.factories import delivery_of, follower_of, mail_due, recipient_of
from tests.meldingen.notifications.reporters import reported


@pytest.fixture
def started(monkeypatch):
    """What is enqueued, as (name of the task, id)."""
    found = []
    monkeypatch.setattr(queueing, "after_commit", lambda task, pk: found.append((task.name.rsplit(".", 1)[1], pk)))
    return found


@pytest.fixture
def melding(town) -> Melding:
    return reported(town)


def move(melding, state, town):
    return lifecycle.move(melding, state, actor=events.by(town.member()))


def told():
    return list(Delivery.objects.order_by("recipient").values_list("recipient", flat=True))


def test_everybody_hears_once_however_often_it_is_asked_for(town, melding, started):
    people = [recipient_of(melding), follower_of(melding), recipient_of(reported(town, lead=melding))]
    event = move(melding, "in_progress", town)
    telling.tell([event]), telling.tell([event])
    assert told() == [each.pk for each in people]
    assert (
        started[:3]
        == started[3:]
        == [("deliver", pk) for pk in Delivery.objects.order_by("pk").values_list("pk", flat=True)]
    )


def test_a_second_time_wakes_nothing_that_was_sent(town, melding, started):
    event = move(melding, "in_progress", town)
    telling.tell([event])
    Delivery.objects.update(sent_at=timezone.now(), due_at=None)
    telling.tell([event])
    assert not Delivery.objects.filter(due_at__isnull=False).exists()


def test_what_is_due_later_is_left_to_the_sweep(town, melding, started):
    event = move(melding, "in_progress", town)
    telling._start([delivery_of(event, due_at=timezone.now() + timedelta(minutes=2))])
    assert (Delivery.objects.count(), started) == (1, [])


@pytest.mark.parametrize("values", [{"confirmed_at": None}, {"stopped_at": timezone.now()}])
def test_who_did_not_say_yes_or_stopped_hears_nothing(town, melding, started, values):
    follower_of(melding, **values)
    telling.tell([move(melding, "in_progress", town)])
    assert told() == [recipient_of(melding).pk]


def test_a_receipt_is_the_reporters_alone(town, melding, started):
    follower_of(melding)
    telling.tell([melding.events.get()])
    assert told() == [recipient_of(melding).pk]


def test_news_of_a_merged_one_does_not_go_up(town, melding, started):
    merged = reported(town, lead=melding)
    telling.tell([move(merged, "in_progress", town)])
    assert told() == [recipient_of(merged).pk]


def test_it_costs_as_many_questions_for_many_as_for_one(town, melding, started, django_assert_num_queries):
    for number in range(20):
        follower_of(melding, f"volger{number}@example.org")
    event = move(Melding.objects.get(pk=melding.pk), "in_progress", town)
    with django_assert_num_queries(4):  # who hears, the category and its main one, the mails
        telling.tell([event])
    assert Delivery.objects.count() == 21


@pytest.fixture
def box(town):
    for team in (town.roads, town.cleaning):
        team.email = f"{team.slug}@example.org"
        team.save()
    return recipients.team_mailbox(town.roads)


@pytest.fixture
def case(town, melding) -> triage.Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())


def work():
    waiting = Delivery.objects.filter(purpose=Delivery.Purpose.WORK).order_by("pk")
    return [delivery.recipient.team.slug for delivery in waiting.select_related("recipient__team")]


def test_a_team_hears_of_each_melding_that_a_colleague_gives_it(town, case, box, started):
    triage.assign(case, town.roads)
    triage.assign(case, town.cleaning)
    triage.assign(case, town.roads)
    assert work() == ["wegen", "reiniging", "wegen"]
    assert ("tell_mailbox", box.pk) in started


def test_a_team_hears_once_of_what_a_rule_gives_it(town, melding, box, started):
    for _ in range(2):
        routing_tasks.classify_and_route(melding.pk)
    assert work() == ["reiniging"]


def test_a_team_without_a_mailbox_hears_nothing(town, case, started):
    triage.assign(case, town.roads)
    assert work() == []


def test_a_team_hears_of_what_is_suspect_when_it_is_released(town, melding, case, box, started):
    Melding.objects.update(is_suspect=True)
    triage.assign(case, town.roads)
    assert work() == []
    judging.release(town.municipality, case.actor, [melding.pk])
    assert work() == ["wegen"]


def test_a_team_is_not_told_of_what_turned_out_to_be_spam(town, case, box, started):
    triage.assign(case, town.roads)
    triage.call_spam(case)
    assert not Delivery.objects.filter(purpose="work", due_at__isnull=False).exists()


def test_an_alarm_is_not_held_up_by_spam(town, melding, case):
    mail_due(melding.events.get(), purpose=Delivery.Purpose.ALARM)
    triage.call_spam(case)
    assert Delivery.objects.get(purpose="alarm").due_at is not None
