"""A town that publishes. Draws need transactions of their own, so these tests use real commits."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from analytics import grid
from opendata import releases
from opendata.disclosure import Period
from tests.factories import Town

APRIL, MAY = Period.month(2026, 4), Period.month(2026, 5)


def publishing_town(host="stad.example", volume=15_000):
    """A town with one melding in May 2026."""
    made = Town(host=host, declared_volume=volume)
    made.melding(received_at=datetime(2026, 5, 5, 12, tzinfo=UTC), category=made.dumping)
    return made


@pytest.fixture
def city(transactional_db) -> Town:
    """A town that may publish, at stad.example."""
    return publishing_town()


@pytest.fixture
def publisher(city) -> grid.Town:
    """What publishing knows of it."""
    return grid.town(city.municipality.code)


@pytest.fixture
def may(publisher):
    """The releases of May 2026."""
    return releases.publish(publisher, MAY)


@pytest.fixture
def visitor(city) -> Client:
    """Somebody who reads the portal."""
    return Client(headers={"host": city.host})
