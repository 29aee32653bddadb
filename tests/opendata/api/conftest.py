"""A town of which two months are published, for tests that only read."""

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.test import Client

from opendata import releases
from tests.factories import Town
from tests.opendata.conftest import APRIL, MAY, publishing_town


@pytest.fixture(scope="module")
def open_town(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Town]:
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        made = publishing_town(host="cijfers.example")
        for month in (APRIL, MAY):
            releases.publish(made.municipality, month)
        yield made
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture
def program(db: None, open_town: Town) -> Client:
    """Whoever asks for figures of that town."""
    return Client(headers={"host": open_town.host})
