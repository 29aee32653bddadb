import uuid
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from pytest_django import Settings

from meldingen.attachments import preparing, receiving
from meldingen.attachments.models import Photo
from tests.factories import Town
from tests.meldingen.attachments.pictures import arrival, encoded, exif

FORM = uuid.UUID("7b1e2f34-0000-4000-8000-000000000001")
Receive = Callable[..., Photo]


@pytest.fixture(autouse=True)
def private(settings: Settings, tmp_path: Path) -> Path:
    """An empty private storage, and a folder for what comes in."""
    storage = settings.STORAGES["private"]
    own = storage | {"OPTIONS": storage["OPTIONS"] | {"location": tmp_path / "private"}}
    settings.STORAGES = settings.STORAGES | {"private": own}
    settings.INCOMING_DIR = tmp_path / "incoming"
    return tmp_path / "private"


@pytest.fixture
def receive(town: Town) -> Receive:
    """A photo of a form that was not sent yet."""

    def one(content: bytes = encoded(exif=exif()), form: uuid.UUID = FORM, where: Town = town) -> Photo:
        with closing(arrival(content)) as file:  # as a request does at its end
            return receiving.receive(where.municipality, form, file, sender=None)

    return one


@pytest.fixture
def photo(receive: Receive) -> Photo:
    """One that is ready."""
    made = receive()
    preparing.prepare(made.pk)
    made.refresh_from_db()
    return made


def files_in(folder: Path) -> list[str]:
    """The names of all files there."""
    return sorted(path.name for path in folder.rglob("*") if path.is_file())
