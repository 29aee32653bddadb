"""People and places that many tests share."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.conf import settings as configured
from django.core.management.commands import flush
from django.db.backends.postgresql.operations import DatabaseOperations
from django.test import Client
from django.utils import translation
from pytest_django import Settings

from meldingen.limits import counting
from meldingen.limits.rates import read_rate
from meldingen.management import rights
from tests import locatieserver, migrated, owner
from tests.factories import Town
from tests.locatieserver import Locatieserver

APPLICATION = dict(configured.DATABASES["default"])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: Any, django_db_blocker: Any) -> Iterator[None]:
    """The database of the tests is made and removed by its owner."""
    with rights.as_owner():
        with django_db_blocker.unblock():
            migrated.copy_when_made()
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Everything between is done by the application, as outside; but emptying tables, which it may not."""
    with django_db_blocker.unblock():
        migrated.keep()
        owner.install()
    with pytest.MonkeyPatch.context() as patch, rights.connected_as(APPLICATION):
        patch.setattr(DatabaseOperations, "sql_flush", lambda _self, _style, tables, **_: [owner.emptying(tables)])
        patch.setattr(flush, "emit_post_migrate_signal", lambda *_, **__: None)
        yield


@pytest.fixture(autouse=True)
def language() -> Iterator[None]:
    """What a visitor read in a test is no language of the tests after it."""
    yield
    translation.deactivate()


@pytest.fixture
def town(db: None) -> Town:
    """A small town at stad.example."""
    return Town()


@pytest.fixture
def neighbour(db: None) -> Town:
    """Another municipality in the same deployment."""
    return Town(host="buren.example")


@pytest.fixture
def resident(town: Town) -> Client:
    """A visitor of the town's site who is not logged in."""
    return Client(headers={"host": town.host})


@pytest.fixture
def own_releases(settings: Settings, tmp_path: Path) -> None:
    """An empty storage of releases. A register of earlier tests would say that the town published before."""
    place = {"OPTIONS": {"location": tmp_path / "releases", "base_url": None}}
    settings.STORAGES = settings.STORAGES | {"releases": settings.STORAGES["releases"] | place}


@pytest.fixture
def limited(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., None]]:
    """Turns limits on, counted from nothing: `limited(form="3/hour")`. Everybody else's tests have none."""
    url, space = settings.REDIS_URL, f"test:{uuid.uuid4().hex}"
    monkeypatch.setattr(counting, "NAMESPACE", space)
    monkeypatch.setattr(counting._Away, "until", 0.0)

    def turn_on(**rates: str) -> None:
        settings.LIMITS = settings.LIMITS | {name: read_rate(rate) for name, rate in rates.items()}

    yield turn_on
    with redis.Redis.from_url(url) as client:
        for key in client.scan_iter(f"{space}:*"):
            client.delete(key)


@pytest.fixture
def pdok(town: Town, settings: Settings, limited: Callable[..., Any]) -> Iterator[Locatieserver]:
    """A Locatieserver that the town asks for its addresses. Nobody else counts its failures."""
    town.municipality.address_source = "pdok"
    town.municipality.save()
    with locatieserver.running() as server:
        settings.LOCATIESERVER_URL = server.url
        yield server


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """What a test measured and recorded as `audit` is read at the end, also of tests that passed in another process."""
    reports = [*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")]
    lines = [value for report in reports for name, value in report.user_properties if name == "audit"]
    if lines:
        terminalreporter.section("epsilon, booked and shown")
        terminalreporter.line("\n".join(map(str, sorted(lines))))
