"""The task that carries out an act on many may run twice, and goes on where a worker was lost."""

from typing import Any

import pytest
from django.utils import timezone

from meldingen import periodic, queueing
from meldingen.handling import bulk, bulk_tasks, carrying, triage
from meldingen.handling.models import BulkAct
from meldingen.record.models import Event
from meldingen.tenancy.models import User
from tests.factories import Town
from tests.meldingen.handling.bulk_of import became, begun, chosen, did
from tests.meldingen.handling.conftest import case_of
from tests.meldingen.handling.test_merging import at_once

pytestmark = pytest.mark.usefixtures("published")


def test_twice_is_as_once(town: Town, officer: User) -> None:
    act = did(town, officer, "close", [town.melding(), town.melding()])
    before = Event.objects.count()
    bulk_tasks.carry_out(act.pk)
    assert Event.objects.count() == before
    assert bulk.progress(act).done == 2


def test_after_a_lost_worker_it_goes_on_where_it_was(
    town: Town, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "PORTION", 2)
    act = begun(town, chosen(town, officer, "close", [town.melding() for _number in range(5)]))
    assert carrying.carry(act.pk)  # and then the worker was killed
    assert bulk.progress(act).done == 2
    bulk_tasks.carry_out(act.pk)
    act.refresh_from_db()
    assert (bulk.progress(act).done, act.stage, act.due_at) == (5, "done", None)
    assert Event.objects.filter(to_state="solved").count() == 5


def test_what_the_broker_lost_the_sweep_asks_for_again(
    town: Town, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = begun(town, chosen(town, officer, "close", [town.melding()]))
    asked: list[Any] = []
    monkeypatch.setattr(queueing, "after_commit", lambda task, *ids: asked.append((task.name, ids)))
    BulkAct.objects.update(due_at=timezone.now() - periodic.GRACE * 2)
    periodic.sweep()
    assert ("meldingen.handling.bulk_tasks.carry_out", (act.pk,)) in asked
    bulk_tasks.carry_out(act.pk)
    asked.clear()
    periodic.sweep()
    assert "meldingen.handling.bulk_tasks.carry_out" not in {name for name, _ids in asked}


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_it_once_while_colleagues_change_some(
    transactional_db: None, town: Town, officer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "PORTION", 5)
    meldingen = [town.melding() for _number in range(40)]
    act = begun(town, chosen(town, officer, "close", meldingen))
    changes = [case_of(town, melding, town.member()) for melding in meldingen[::8]]

    def note() -> None:
        for case in changes:
            triage.note(case, "Ik kijk hier naar.")

    at_once(lambda: bulk_tasks.carry_out(act.pk), lambda: bulk_tasks.carry_out(act.pk), note)
    results = became(act)
    assert {result for result, _why in results.values()} <= {"done", "skipped"}
    closings = Event.objects.filter(to_state="solved").values_list("melding", flat=True)
    assert sorted(closings) == sorted(pk for pk, (result, _why) in results.items() if result == "done")
    assert {why for result, why in results.values() if result == "skipped"} <= {"changed"}
