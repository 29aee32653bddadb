"""A photo from the form to the private page, with a real worker; and those over which decoder or worker are killed."""

import os
import signal
import uuid
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from meldingen.attachments import decoding
from meldingen.attachments.models import Photo
from meldingen.attachments.receiving import receive
from tests.factories import Town
from tests.journeys.machinery import until
from tests.meldingen.attachments.conftest import files_in
from tests.meldingen.attachments.pictures import arrival, drawing, encoded, exif

pytestmark = pytest.mark.slow


@pytest.fixture
def form() -> uuid.UUID:
    return uuid.uuid4()


def received(town: Town, form: uuid.UUID, content: bytes) -> Photo:
    with closing(arrival(content)) as file:  # as a request does at its end
        return receive(town.municipality, form, file, sender=None)


def states() -> list[str]:
    return list(Photo.objects.values_list("state", flat=True))


def left(photo: Photo) -> list[str]:
    return sorted(path.name for path in Path(settings.DATA_DIR, "private").rglob(f"{photo.key.hex}*"))


def test_a_worker_cleans_what_came_in(town: Town, worker: Any, form: uuid.UUID) -> None:
    photo = received(town, form, encoded(exif=exif()))
    worker.start()
    until(lambda: states() == ["ready"])
    assert left(photo) == [f"{photo.key.hex}-small.jpg", f"{photo.key.hex}.jpg"]


@pytest.fixture
def scratch(worker: Any, tmp_path: Path) -> Path:
    """Where the worker keeps what it needs for a moment."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    worker.environment["TMPDIR"] = str(folder)
    return folder


@pytest.fixture
def huge(town: Town, form: uuid.UUID, broker: Any) -> Photo:
    """One that takes some seconds to decode."""
    return received(town, form, encoded("PNG", drawing(7000, 7000)))


def children(pid: int | str) -> list[str]:
    """The processes that this one started, and theirs."""
    try:
        own = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:  # it ended meanwhile
        return []
    return [*own, *(each for child in own for each in children(child))]


def decoding_processes(worker: Any) -> list[int]:
    """Those of the worker that decode a photo at this moment."""
    program = decoding.__file__.encode()
    lines = {pid: Path(f"/proc/{pid}/cmdline") for pid in children(worker.process.pid)}
    return [int(pid) for pid, line in lines.items() if line.exists() and program in line.read_bytes().split(b"\0")]


def time_passes() -> None:
    """The lease of who died is over, and the sweep may look."""
    Photo.objects.update(due_at="2026-01-01T00:00Z", leased_until="2026-01-01T00:00Z")


def die_over(worker: Any, attempt: int) -> None:
    """The process of the worker that has the photo in hand for this time is killed while it decodes."""
    until(lambda: Photo.objects.get().attempts == attempt and decoding_processes(worker))
    worker.kill_children()


def test_a_photo_over_which_its_decoder_is_killed_could_not_be_read(huge: Photo, worker: Any, scratch: Path) -> None:
    worker.start()
    until(lambda: decoding_processes(worker))
    os.kill(decoding_processes(worker)[0], signal.SIGKILL)
    until(lambda: states() == ["unreadable"], 30)
    photo = Photo.objects.get()
    assert (photo.attempts, photo.due_at, left(photo), files_in(scratch)) == (1, None, [], [])


def test_a_photo_whose_worker_was_killed_is_found_by_the_sweep_once_more(
    huge: Photo, worker: Any, scratch: Path
) -> None:
    worker.start()
    die_over(worker, 1)
    time_passes()
    until(lambda: states() == ["ready"], 90)
    assert Photo.objects.get().attempts == 2
    assert (len(left(huge)), files_in(scratch)) == (2, [])


def test_a_photo_over_which_two_workers_were_killed_is_not_tried_a_third_time(
    huge: Photo, worker: Any, scratch: Path
) -> None:
    worker.start()
    for attempt in (1, 2):
        die_over(worker, attempt)
        time_passes()
    until(lambda: states() == ["unreadable"], 30)
    photo = Photo.objects.get()
    assert (photo.attempts, photo.due_at, left(photo), files_in(scratch)) == (2, None, [], [])
