"""Publishing in the background: a task per period, files repaired, and nothing returned."""

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import connection

from analytics import grid
from meldingen.conf.celery import app
from meldingen.tenancy.models.municipality import Municipality
from opendata import releases, tasks
from opendata.disclosure import Period
from opendata.models import Release
from tests.factories import AreaFactory, CategoryFactory, Town
from tests.opendata.conftest import MAY


@pytest.fixture
def at_once() -> Iterator[None]:
    """Tasks run when they are sent."""
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


def test_every_closed_period_gets_its_task(at_once: None, publisher: Municipality) -> None:
    grid.fix(publisher, 2026)
    tasks.publish_closed_months()
    assert not list(releases.due(publisher))
    assert Release.objects.filter(period="2026-05").count() == 3


def test_a_municipality_that_never_fixed_a_grid_does_not_publish(at_once: None, publisher: Municipality) -> None:
    tasks.publish_closed_months()
    assert not Release.objects.exists()


def test_what_goes_wrong_in_one_municipality_stays_there(
    publisher: Municipality, neighbour: Town, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    sent = []
    monkeypatch.setattr(releases, "due", lambda town: [1 / 0] if town.code == publisher.code else [MAY])
    monkeypatch.setattr(tasks.publish_period, "delay", lambda *about: sent.append(about))
    tasks.publish_closed_months()
    assert sent == [(neighbour.municipality.pk, str(MAY))]
    assert f"not all due periods of {publisher.code} are published: ZeroDivisionError at {__file__}" in caplog.text


def test_a_connection_lost_in_one_municipality_is_not_lost_to_the_next(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    towns, found = [Town(host).municipality.code for host in ("a.example", "b.example", "c.example")], []

    def due(town: Municipality) -> list[Any] | None:
        with connection.cursor() as cursor:
            if town.code == towns[0]:
                cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
            cursor.execute("SELECT 1")
        found.append(town.code)
        return []

    monkeypatch.setattr(releases, "due", due)
    tasks.publish_closed_months()
    assert found == towns[1:]


def test_a_refusal_ends_the_task_and_returns_nothing(may: list[Release], publisher: Municipality) -> None:
    assert tasks.publish_period(publisher.pk, str(MAY)) is None
    assert Release.objects.count() == 3


def test_a_storage_that_failed_is_repaired(may: list[Release], publisher: Municipality) -> None:
    name = may[0].files.get(format="csv").name
    storages["releases"].delete(name)
    tasks.write_release_files()
    assert storages["releases"].exists(name)


def test_a_month_of_a_whole_town_takes_seconds(city: Town, publisher: Municipality) -> None:
    for number in range(30):
        AreaFactory.create(municipality=city.municipality, level="buurt", parent=city.wijk, code=f"BU{number:08d}")
        CategoryFactory.create(municipality=city.municipality, parent=city.waste)
    started = time.monotonic()
    made = releases.publish(publisher, Period.month(2026, 5))
    assert sum(len(release.numbers) for release in made) > 60
    assert time.monotonic() - started < 10
