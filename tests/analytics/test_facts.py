"""Facts count each event once, whatever else is running."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from analytics import facts
from analytics.models import Fact
from meldingen import lifecycle
from tests.factories import Town


def total(measure="received"):
    return Fact.objects.filter(measure=measure).aggregate(n=Sum("number"))["n"] or 0


@pytest.fixture
def city(transactional_db):
    return Town()


def test_it_counts_by_local_day_area_category_team_and_channel(city):
    city.melding(received_at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC), category=city.dumping, team=city.cleaning)
    facts.fold_all(city.municipality)
    (fact,) = Fact.objects.values_list("day", "buurt", "category", "team", "channel", "measure", "number")
    day = datetime(2026, 7, 1, tzinfo=UTC).date()
    assert fact == (day, city.west.code, "dumping", "reiniging", "web", "received", 1)


def test_it_counts_what_was_solved_and_opened_again(city):
    melding = city.melding()
    for state in ("assigned", "solved", "reopened"):
        with transaction.atomic():
            lifecycle.move(lifecycle.lock(melding.pk, melding.municipality_id), state, actor=None)
    facts.fold_all(city.municipality)
    assert (total("received"), total("solved"), total("reopened")) == (1, 1, 1)


def test_running_twice_adds_nothing(city):
    city.melding()
    assert facts.fold_all(city.municipality) == 1
    assert facts.fold_all(city.municipality) == 0
    assert total() == 1


def test_small_batches_come_to_the_same(city):
    for _ in range(3):
        city.melding()
    assert [facts.fold(city.municipality, batch=2) for _ in range(3)] == [2, 1, 0]
    assert total() == 3


def test_the_neighbours_events_are_theirs(city):
    other = Town(host="buren.example")
    other.melding()
    assert facts.fold_all(city.municipality) == 0


def slow_writer(town, wrote, may_commit):
    with transaction.atomic():
        town.melding()
        wrote.set()
        may_commit.wait(20)
    connection.close()


def test_a_transaction_that_takes_long_is_not_lost(city):
    wrote, may_commit = threading.Event(), threading.Event()
    writer = threading.Thread(target=slow_writer, args=(city, wrote, may_commit))
    writer.start()
    assert wrote.wait(20)
    city.melding()  # later, and committed earlier
    facts.fold_all(city.municipality)
    may_commit.set()
    writer.join()
    facts.fold_all(city.municipality)
    assert total() == 2


def fold_here(town, read):
    read.append(facts.fold_all(town.municipality))
    connection.close()


def test_two_at_once_count_each_event_once(city):
    for _ in range(5):
        city.melding()
    read = []
    both = [threading.Thread(target=fold_here, args=(city, read)) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sum(read) == 5
    assert total() == 5
