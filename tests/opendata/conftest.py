"""A town that publishes. Draws need transactions of their own, so these tests use real commits."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import call_command
from django.test import Client
from rdflib import Graph

from analytics import grid
from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality
from opendata import files, releases
from opendata.disclosure import Period
from opendata.models import ReleaseFile
from opendata.models.release import Release
from tests.factories import AreaFactory, Town
from tests.owner import as_owner

SOURCE = "Kadaster / Centraal Bureau voor de Statistiek, 2025"
APRIL, MAY = Period.month(2026, 4), Period.month(2026, 5)


def publishing_town(host: str = "stad.example", volume: int | None = 15_000, **declared: Any) -> Town:
    """A town with one melding in May 2026."""
    made = Town(host=host, declared_volume=volume, **declared)
    Area.objects.filter(municipality=made.municipality).update(attribution=SOURCE)
    made.melding(received_at=datetime(2026, 5, 5, 12, tzinfo=UTC), category=made.dumping)
    return made


def fix_next_year(town: Town) -> int:
    """A grid for next year, with borders of that year; the year."""
    year = grid.today(town.municipality).year + 1
    parent = None
    for area in (town.gemeente, town.wijk, town.west):
        own = {"code": area.code, "level": area.level, "parent": parent, "geometry": area.geometry}
        parent = AreaFactory.create(municipality=town.municipality, vintage=year, **own)
    grid.fix(town.municipality, year)
    return year


def restore_to_before(period: str) -> None:
    """What a restore from before the draw of a period leaves in the database: nothing of it; files stay."""
    tables = ("opendata_booking", "opendata_releasefile", "opendata_release")
    for table in tables:
        as_owner(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    releases = f"(SELECT id FROM opendata_release WHERE period = '{period}')"
    as_owner(f"DELETE FROM opendata_booking WHERE release_id IN {releases}")
    as_owner(f"DELETE FROM opendata_releasefile WHERE release_id IN {releases}")
    as_owner(f"DELETE FROM opendata_release WHERE period = '{period}'")
    for table in tables:
        as_owner(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def empty_storage() -> None:
    """The storage outlives a test; what one publishes must not meet the next."""
    shutil.rmtree(Path(settings.DATA_DIR) / "releases", ignore_errors=True)


@pytest.fixture
def city(transactional_db: None) -> Town:
    """A town that may publish, at stad.example."""
    return publishing_town()


@pytest.fixture
def publisher(city: Town) -> Municipality:
    """The municipality of it."""
    return city.municipality


@pytest.fixture
def may(publisher: Municipality) -> list[Release]:
    """The releases of May 2026."""
    return releases.publish(publisher, MAY)


@pytest.fixture(scope="module")
def published_city(django_db_setup: None, django_db_blocker: Any) -> Iterator[Town]:
    """A town with May published, for all tests of a module that only read; they ask for `db` and roll back."""
    with django_db_blocker.unblock():
        made = publishing_town(host="gelezen.example")
        releases.publish(made.municipality, MAY)
        yield made
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def reader(db: None, published_city: Town) -> Client:
    """Somebody who reads the portal of the town that published May."""
    return Client(headers={"host": published_city.host})


@pytest.fixture
def lost_file(db: None, published_city: Town) -> Iterator[ReleaseFile]:
    """A file of May that the storage does not have, until the test is over."""
    file = ReleaseFile.objects.filter(municipality=published_city.municipality, format="csv").earliest("pk")
    content = files.read(file)
    storages["releases"].delete(file.name)
    yield file
    storages["releases"].save(file.name, ContentFile(content))


@pytest.fixture
def visitor(city: Town) -> Client:
    """Somebody who reads the portal."""
    return Client(headers={"host": city.host})


def graph(response: Any) -> Graph:
    return Graph().parse(data=response.content, format="turtle")


@pytest.fixture
def catalogue(reader: Client) -> Any:
    return reader.get("/data/catalog.ttl")
