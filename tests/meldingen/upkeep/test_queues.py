from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.utils import timezone

from meldingen import queueing
from meldingen.exports import asking
from meldingen.exports.asking import Wish
from meldingen.exports.models import Export
from meldingen.record.models import Melding
from meldingen.upkeep import queues
from meldingen.upkeep.models import Heartbeat
from tests.factories import Town, mail_due, reporter_of

LONG_AGO = timezone.now() - timedelta(hours=2)


def _defects(town: Town) -> list[Any]:
    return list(queues.look(town.municipality))


def test_nothing_waits_in_a_town_that_works(town: Town) -> None:
    town.melding()
    assert _defects(town) == []


def test_a_sweep_that_does_not_run_is_grave(town: Town) -> None:
    Heartbeat.objects.update(at=LONG_AGO)
    assert [defect.is_grave for defect in _defects(town)] == [True]
    Heartbeat.objects.all().delete()
    assert [defect.is_grave for defect in _defects(town)] == [True]


def test_a_broker_that_does_not_answer_is_grave(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current_app.conf, "broker_url", "redis://127.0.0.1:1/0")
    assert [defect.is_grave for defect in _defects(town)] == [True]


def test_a_long_queue_is_named(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queues, "MOST_IN_QUEUE", -1)
    assert len(_defects(town)) == len(queueing.lengths(["mail", "bulk", "periodic", "photos", "classify"]))


def test_a_melding_that_nobody_routes_is_grave(town: Town, neighbour: Town) -> None:
    town.melding(LONG_AGO)
    neighbour.melding(LONG_AGO)
    (defect,) = _defects(town)
    assert defect.is_grave
    assert defect.sentence.startswith("1 ")


def test_a_mail_that_waits_is_grave_and_one_that_is_held_is_not(town: Town) -> None:
    melding = town.melding()
    Melding.objects.update(prediction_due_at=None)
    reporter_of(melding)
    delivery = mail_due(melding.events.get())
    type(delivery).objects.update(created_at=LONG_AGO, due_at=LONG_AGO)
    assert len(_defects(town)) == 1
    type(delivery).objects.update(held_at=LONG_AGO)
    assert _defects(town) == []


def test_an_export_that_waits_is_named(town: Town) -> None:
    asking.ask(town.municipality, town.member(), Wish("list=all", "Alles", "csv", "nl"))
    Export.objects.update(asked_at=LONG_AGO)
    assert len(_defects(town)) == 1
