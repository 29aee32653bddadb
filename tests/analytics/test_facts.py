"""Facts count each event once, whatever else is running."""

import threading
import time
from datetime import UTC, datetime
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, Sum

from analytics import facts
from analytics.models import Fact, FactCursor
from meldingen.handling import triage, undoing
from meldingen.record import events, lifecycle
from tests.factories import Town
from tests.owner import as_owner

AHEAD = 1_000_000_000_000  # transaction ids of a cluster that lived longer than this one


def total(measure: str = "received") -> int:
    return Fact.objects.filter(measure=measure).aggregate(n=Sum("number"))["n"] or 0


def when_nobody_writes() -> None:
    """Events are counted when every older transaction of the cluster has ended, those of other tests too."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT coalesce(max(xid) < pg_snapshot_xmin(pg_current_snapshot())::text::bigint, true) "
                "FROM meldingen_event WHERE xid < %s",
                [AHEAD],
            )
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise AssertionError("somebody writes all the time")


def fold_all(city: Town) -> int:
    when_nobody_writes()
    return facts.fold_all(city.municipality)


@pytest.fixture
def city(transactional_db: None) -> Town:
    return Town()


def test_it_counts_by_local_day_area_category_team_and_channel(city: Town) -> None:
    city.melding(received_at=datetime(2026, 6, 30, 22, 30, tzinfo=UTC), category=city.dumping, team=city.cleaning)
    fold_all(city)
    (fact,) = Fact.objects.values_list("day", "buurt", "category", "team", "channel", "measure", "number")
    day = datetime(2026, 7, 1, tzinfo=UTC).date()
    assert fact == (day, city.west.code, "dumping", "reiniging", "web", "received", 1)


@pytest.mark.parametrize("is_counted_before", [True, False])
def test_what_was_undone_counts_as_if_it_never_was(city: Town, is_counted_before: bool) -> None:
    melding = city.melding(category=city.container)
    case = triage.Case(melding_id=melding.pk, municipality=city.municipality, actor=city.member())
    after = melding.events.latest("id").pk
    triage.close(case, "solved")
    if is_counted_before:
        fold_all(city)
        assert total("solved") == 1
    undoing.undo(case, after)
    fold_all(city)
    assert (total("received"), total("solved")) == (1, 0)
    triage.close(case, "solved")
    fold_all(city)
    assert total("solved") == 1


def test_it_counts_what_was_solved_and_opened_again(city: Town) -> None:
    melding = city.melding()
    for state in ("assigned", "solved", "reopened"):
        with transaction.atomic():
            lifecycle.move(lifecycle.lock(melding.pk, melding.municipality_id), state, actor=events.SWEEP)
    fold_all(city)
    assert (total("received"), total("solved"), total("reopened")) == (1, 1, 1)


def test_running_twice_adds_nothing(city: Town) -> None:
    city.melding()
    assert fold_all(city) == 1
    assert fold_all(city) == 0
    assert total() == 1


def test_small_batches_come_to_the_same(city: Town) -> None:
    for _ in range(3):
        city.melding()
    when_nobody_writes()
    assert [facts.fold(city.municipality, batch=2) for _ in range(3)] == [2, 1, 0]
    assert total() == 3


def test_the_neighbours_events_are_theirs(city: Town) -> None:
    other = Town(host="buren.example")
    other.melding()
    assert fold_all(city) == 0


def slow_writer(town: Town, wrote: Event, may_commit: Event) -> None:
    with transaction.atomic():
        town.melding()
        wrote.set()
        may_commit.wait(20)
    connection.close()


def test_a_transaction_that_takes_long_is_not_lost(city: Town) -> None:
    wrote, may_commit = threading.Event(), threading.Event()
    writer = threading.Thread(target=slow_writer, args=(city, wrote, may_commit))
    writer.start()
    assert wrote.wait(20)
    city.melding()  # later, and committed earlier
    facts.fold_all(city.municipality)
    may_commit.set()
    writer.join()
    fold_all(city)
    assert total() == 2


def fold_here(town: Town, read: list[Any]) -> None:
    read.append(facts.fold_all(town.municipality))
    connection.close()


def test_two_at_once_count_each_event_once(city: Town) -> None:
    for _ in range(5):
        city.melding()
    read: list[int] = []
    when_nobody_writes()
    both = [threading.Thread(target=fold_here, args=(city, read)) for _ in range(2)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert sum(read) == 5
    assert total() == 5


def restored_elsewhere(city: Town) -> None:
    """As after a restore: the cursor is of another cluster, whose transaction ids were far ahead of those here."""
    as_owner("ALTER TABLE meldingen_event DISABLE TRIGGER event_append_only")
    as_owner(f"UPDATE meldingen_event SET xid = xid + {AHEAD}")
    as_owner("ALTER TABLE meldingen_event ENABLE TRIGGER event_append_only")
    position = FactCursor.objects.filter(municipality=city.municipality)
    position.update(cluster="7000000000000000000-00000001", xid=F("xid") + AHEAD)


@pytest.mark.parametrize("batch", [1, 2, 100])
def test_in_another_cluster_every_event_is_counted_once(city: Town, batch: int) -> None:
    city.melding()
    fold_all(city)
    city.melding()  # in the backup, and not counted yet
    restored_elsewhere(city)
    city.melding()  # in the new cluster, before the facts look
    when_nobody_writes()
    for _ in range(5):
        facts.fold(city.municipality, batch=batch)
    assert total() == 3
    city.melding()
    fold_all(city)
    assert total() == 4
    restored_elsewhere(city)
    city.melding()
    assert fold_all(city) == 1
    assert total() == 5


def test_in_another_cluster_a_transaction_that_takes_long_is_waited_for(
    city: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facts, "LOCK_TIMEOUT", "100ms")
    fold_all(city)
    restored_elsewhere(city)
    wrote, may_commit = threading.Event(), threading.Event()
    writer = threading.Thread(target=slow_writer, args=(city, wrote, may_commit))
    writer.start()
    assert wrote.wait(20)
    city.melding()
    assert facts.fold_all(city.municipality) == 0
    may_commit.set()
    writer.join()
    assert fold_all(city) == 2
    assert total() == 2
