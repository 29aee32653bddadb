"""Who hears of an event, once each, and what the sweep is left with."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from meldingen import queueing
from meldingen.handling import judging, triage
from meldingen.notifications import mails, recipients, telling
from meldingen.notifications.models import Delivery, Recipient
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding
from meldingen.routing import tasks as routing_tasks
from tests.factories import Town, delivery_of, follower_of, mail_due, recipient_of
from tests.meldingen.notifications.reporters import reported


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is enqueued, as (name of the task, id)."""
    found = []
    monkeypatch.setattr(queueing, "after_commit", lambda task, pk: found.append((task.name.rsplit(".", 1)[1], pk)))
    return found


@pytest.fixture
def melding(town: Town) -> Melding:
    return reported(town)


def move(melding: Melding, state: str, town: Town) -> Any:
    return lifecycle.move(melding, state, actor=events.by(town.member()))


def told() -> Any:
    return list(Delivery.objects.order_by("recipient").values_list("recipient", flat=True))


def test_everybody_hears_once_however_often_it_is_asked_for(
    town: Town, melding: Melding, started: list[tuple[str, int]]
) -> None:
    merged = reported(town, address="ander@example.org", lead=melding)
    people = [recipient_of(melding), follower_of(melding), recipient_of(merged)]
    event = move(melding, "in_progress", town)
    for _ in range(2):
        telling.tell([event])
    assert set(told()) == {each.pk for each in people}
    assert (
        started[:3]
        == started[3:]
        == [("deliver", pk) for pk in Delivery.objects.order_by("pk").values_list("pk", flat=True)]
    )


def test_a_second_time_wakes_nothing_that_was_sent(
    town: Town, melding: Melding, started: list[tuple[str, int]]
) -> None:
    event = move(melding, "in_progress", town)
    telling.tell([event])
    Delivery.objects.update(sent_at=timezone.now(), due_at=None)
    telling.tell([event])
    assert not Delivery.objects.filter(due_at__isnull=False).exists()


def test_what_is_due_later_is_left_to_the_sweep(town: Town, melding: Melding, started: list[tuple[str, int]]) -> None:
    event = move(melding, "in_progress", town)
    telling._start([delivery_of(event, due_at=timezone.now() + timedelta(minutes=2))])
    assert (Delivery.objects.count(), started) == (1, [])


@pytest.mark.parametrize("values", [{"confirmed_at": None}, {"stopped_at": timezone.now()}])
def test_who_did_not_say_yes_or_stopped_hears_nothing(
    town: Town, melding: Melding, started: list[tuple[str, int]], values: Any
) -> None:
    follower_of(melding, **values)
    telling.tell([move(melding, "in_progress", town)])
    assert told() == [recipient_of(melding).pk]


def test_one_address_hears_once_and_as_the_reporter_if_it_is_that(
    town: Town, melding: Melding, started: list[tuple[str, int]]
) -> None:
    reported(town, lead=melding)
    merged = reported(town, lead=melding, address="ander@example.org")
    follower_of(melding), follower_of(melding, "Ander@example.org")
    follower = follower_of(merged)
    telling.tell([move(melding, "in_progress", town)])
    assert told() == sorted([recipient_of(melding).pk, recipient_of(merged).pk, follower.pk - 2])


def test_who_listens_is_found_without_a_look_at_the_history(town: Town, melding: Melding) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "Seq Scan" not in mails._listening([melding.pk]).explain()


def test_a_receipt_is_the_reporters_alone(town: Town, melding: Melding, started: list[tuple[str, int]]) -> None:
    follower_of(melding)
    telling.tell([melding.events.get()])
    assert told() == [recipient_of(melding).pk]


def test_news_of_a_merged_one_does_not_go_up(town: Town, melding: Melding, started: list[tuple[str, int]]) -> None:
    merged = reported(town, lead=melding)
    telling.tell([move(merged, "in_progress", town)])
    assert told() == [recipient_of(merged).pk]


def test_it_costs_as_many_questions_for_many_as_for_one(
    town: Town, melding: Melding, started: list[tuple[str, int]], django_assert_num_queries: Any
) -> None:
    for number in range(20):
        follower_of(melding, f"volger{number}@example.org")
    event = move(Melding.objects.get(pk=melding.pk), "in_progress", town)
    with django_assert_num_queries(4):  # who hears, the category and its main one, the mails
        telling.tell([event])
    assert Delivery.objects.count() == 21


def test_five_hundred_followers_hear_it_once_each_and_nobody_reads_how_many(
    town: Town, melding: Melding, started: list[tuple[str, int]], resident: Client, django_assert_num_queries: Any
) -> None:
    for number in range(500):
        follower_of(melding, f"volger{number}@example.org")
    event = move(Melding.objects.get(pk=melding.pk), "in_progress", town)
    with django_assert_num_queries(4):
        telling.tell([event])
    telling.tell([event])
    assert Delivery.objects.count() == len({pk for _task, pk in started}) == 501
    page = resident.get(f"/volg/{melding.follow_token}")
    assert page.status_code == 200
    assert not re.search(r"\b50[01]\b", re.sub(r"<[^>]*>", " ", page.text))


@pytest.fixture
def box(town: Town) -> Any:
    for team in (town.roads, town.cleaning):
        team.email = f"{team.slug}@example.org"
        team.save()
    return recipients.team_mailbox(town.roads)


@pytest.fixture
def case(town: Town, melding: Melding) -> triage.Case:
    return triage.Case(melding_id=melding.pk, municipality=town.municipality, actor=town.member())


def work() -> Any:
    waiting = Delivery.objects.filter(purpose=Delivery.Purpose.WORK).order_by("pk")
    return list(waiting.values_list("recipient__team__slug", flat=True))


def test_a_team_hears_of_each_melding_that_a_colleague_gives_it(
    town: Town, case: triage.Case, box: Recipient, started: list[tuple[str, int]]
) -> None:
    triage.assign(case, town.roads)
    triage.assign(case, town.cleaning)
    triage.assign(case, town.roads)
    assert work() == ["wegen", "reiniging", "wegen"]
    assert ("tell_mailbox", box.pk) in started


def test_a_team_hears_once_of_what_a_rule_gives_it(
    town: Town, melding: Melding, box: Recipient, started: list[tuple[str, int]]
) -> None:
    for _ in range(2):
        routing_tasks.classify_and_route(melding.pk)
    assert work() == ["reiniging"]


def test_a_team_without_a_mailbox_hears_nothing(town: Town, case: triage.Case, started: list[tuple[str, int]]) -> None:
    triage.assign(case, town.roads)
    assert work() == []


def test_a_team_hears_of_what_is_suspect_when_it_is_released(
    town: Town, melding: Melding, case: triage.Case, box: Recipient, started: list[tuple[str, int]]
) -> None:
    Melding.objects.update(is_suspect=True)
    triage.assign(case, town.roads)
    assert work() == []
    judging.release(town.municipality, case.actor, [melding.pk])
    assert work() == ["wegen"]


def test_a_team_is_not_told_of_what_turned_out_to_be_spam(
    town: Town, case: triage.Case, box: Recipient, started: list[tuple[str, int]]
) -> None:
    triage.assign(case, town.roads)
    triage.call_spam(case)
    assert not Delivery.objects.filter(purpose="work", due_at__isnull=False).exists()


def test_an_alarm_is_not_held_up_by_spam(town: Town, melding: Melding, case: triage.Case) -> None:
    mail_due(melding.events.get(), purpose=Delivery.Purpose.ALARM)
    triage.call_spam(case)
    assert Delivery.objects.get(purpose="alarm").due_at is not None
