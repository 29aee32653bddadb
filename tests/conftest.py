"""People and places that many tests share."""

import uuid
from collections.abc import Callable, Iterator

import pytest
import redis
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.test import Client

from meldingen.limits import counting
from meldingen.limits.rates import read_rate
from tests.factories import Town


@receiver(connection_created)
def tests_may_empty_the_database(connection, **kwargs):
    """The triggers of the ledger refuse TRUNCATE, by which tests with real commits clean up."""
    with connection.cursor() as cursor:
        cursor.execute("SET meldingen.may_truncate = on")


@pytest.fixture
def town(db) -> Town:
    """A small town at stad.example."""
    return Town()


@pytest.fixture
def neighbour(db) -> Town:
    """Another municipality in the same deployment."""
    return Town(host="buren.example")


@pytest.fixture
def resident(town) -> Client:
    """A visitor of the town's site who is not logged in."""
    return Client(headers={"host": town.host})


@pytest.fixture
def own_releases(settings, tmp_path) -> None:
    """An empty storage of releases. A register of earlier tests would say that the town published before."""
    place = {"OPTIONS": {"location": tmp_path / "releases", "base_url": None}}
    settings.STORAGES = settings.STORAGES | {"releases": settings.STORAGES["releases"] | place}


@pytest.fixture
def limited(settings, monkeypatch) -> Iterator[Callable[..., None]]:
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
