"""Making of a file that came in the two pictures that people see. In a worker, and the decoding in a child of it."""

import logging
import subprocess
import sys
import tempfile
from datetime import timedelta
from pathlib import Path
from shutil import copyfileobj

from django.core.files.base import File
from django.db.models import F, Q
from django.utils import timezone

from meldingen.attachments import decoding, files
from meldingen.attachments.models import Photo
from meldingen.attachments.scanning import ScannerAway, scanner

__all__ = ["prepare"]

LEASE = timedelta(minutes=3)  # longer than the task may take
SECONDS = 60  # by the clock, for one picture
MOST_ATTEMPTS = 2
State = Photo.State
logger = logging.getLogger(__name__)


def prepare(photo_id: int) -> None:
    """Scan, decode and keep one photo, unless that was done or a worker is at it; its original is deleted after.

    What cannot be read is marked so, and so is what two workers died over. Where the scanner is away it stays due.
    """
    photo = _lease(photo_id)
    if photo is None:
        return None
    if not files.exists(photo, files.ORIGINAL):
        done = files.exists(photo, files.LARGE, files.SMALL)  # by a worker that died before it could say so
        return _settle(photo, State.READY if done else State.UNREADABLE)
    if photo.attempts >= MOST_ATTEMPTS:
        return _settle(photo, State.UNREADABLE)
    try:
        with files.read(photo, files.ORIGINAL) as original:
            is_clean = scanner().is_clean(original)
    except ScannerAway as away:
        logger.warning("photo %s waits, the scanner is away: %s", photo_id, away)
        Photo.objects.filter(pk=photo_id).update(leased_until=None)
        return None
    return _decode(photo) if is_clean else _settle(photo, State.INFECTED)


def _lease(photo_id: int) -> Photo | None:
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    waiting = Photo.objects.filter(free, pk=photo_id, state=State.WAITING, due_at__isnull=False)
    if not waiting.update(leased_until=now + LEASE):
        return None
    return Photo.objects.filter(pk=photo_id).first()


def _decode(photo: Photo) -> None:
    Photo.objects.filter(pk=photo.pk).update(attempts=F("attempts") + 1)
    with tempfile.TemporaryDirectory() as folder:
        original, large, small = (Path(folder, name) for name in (files.ORIGINAL, files.LARGE, files.SMALL))
        with files.read(photo, files.ORIGINAL) as source, original.open("wb") as copy:
            copyfileobj(source, copy)
        size = _in_child(original, large, small)
        if size is None:
            return _settle(photo, State.UNREADABLE)
        for which, path in ((files.LARGE, large), (files.SMALL, small)):
            with path.open("rb") as picture:
                files.write(photo, which, File(picture))
    return _settle(photo, State.READY, size)


def _in_child(original: Path, large: Path, small: Path) -> tuple[int, int] | None:
    """Width and height of the small one; None where the child could not do it, or died."""
    # Isolated and without our environment: it holds passwords.
    command = [sys.executable, "-I", decoding.__file__, str(original), str(large), str(small)]
    try:
        child = subprocess.run(command, env={}, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603
        width, height = map(int, child.stdout.split())
    except (subprocess.SubprocessError, OSError, ValueError):
        return None
    return width, height


def _settle(photo: Photo, state: str, size: tuple[int, int] | None = None) -> None:
    """Say what became of it, once nothing is left of what came in. Of a photo that was removed meanwhile: nothing."""
    files.remove(photo, files.ORIGINAL)
    width, height = size or (None, None)
    values = {"state": state, "width": width, "height": height, "due_at": None, "leased_until": None}
    if not Photo.objects.filter(pk=photo.pk).update(**values):
        files.remove(photo)
