"""A photo from the form to the private page, with a real worker; and one whose worker is killed in the middle."""

import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from meldingen.attachments.models import Photo
from meldingen.attachments.receiving import receive
from tests.factories import Town
from tests.journeys.machinery import until
from tests.meldingen.attachments.pictures import arrival, drawing, encoded, exif

pytestmark = pytest.mark.slow


@pytest.fixture
def form() -> uuid.UUID:
    return uuid.uuid4()


def states() -> list[str]:
    return list(Photo.objects.values_list("state", flat=True))


def left(photo: Photo) -> list[str]:
    return sorted(path.name for path in Path(settings.DATA_DIR, "private").rglob(f"{photo.key.hex}*"))


def test_a_worker_cleans_what_came_in(town: Town, worker: Any, form: uuid.UUID) -> None:
    photo = receive(town.municipality, form, arrival(encoded(exif=exif())), sender=None)
    worker.start()
    until(lambda: states() == ["ready"])
    assert left(photo) == [f"{photo.key.hex}-small.jpg", f"{photo.key.hex}.jpg"]


def test_a_photo_whose_worker_was_killed_is_found_by_the_sweep_once_more(
    town: Town, worker: Any, form: uuid.UUID
) -> None:
    large = encoded("PNG", drawing(7000, 7000))
    photo = receive(town.municipality, form, arrival(large), sender=None)
    worker.start()
    until(lambda: Photo.objects.get().attempts == 1)
    worker.kill_children()
    time.sleep(1)
    Photo.objects.update(due_at="2026-01-01T00:00Z", leased_until="2026-01-01T00:00Z")
    until(lambda: states() == ["ready"], 90)
    assert Photo.objects.get().attempts == 2
    assert len(left(photo)) == 2
