"""Making of a file that came in the two pictures that people see. In a worker, and the decoding in a child of it."""

import errno
import logging
import os
import subprocess
import sys
from datetime import timedelta
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import IO

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
# What says that we have no room, rather than that the file is broken: no memory to begin a child, a full disk.
_OUR_TROUBLE = {errno.ENOMEM, errno.EAGAIN, errno.EMFILE, errno.ENFILE, errno.ENOSPC, errno.EDQUOT}
logger = logging.getLogger(__name__)


class Later(Exception):
    """Nothing was learnt of the file: it is tried again."""


def prepare(photo_id: int) -> None:
    """Scan, decode and keep one photo, unless that was done or a worker is at it; its original is deleted after.

    What cannot be read is marked so, and so is what two workers died over, or took too long. Where the scanner is away,
    or we have no room, it stays due and no attempt is counted.
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
        return _let_go(photo)
    return _try(photo) if is_clean else _settle(photo, State.INFECTED)


def _lease(photo_id: int) -> Photo | None:
    now = timezone.now()
    free = Q(leased_until=None) | Q(leased_until__lt=now)
    waiting = Photo.objects.filter(free, pk=photo_id, state=State.WAITING, due_at__isnull=False)
    if not waiting.update(leased_until=now + LEASE):
        return None
    return Photo.objects.filter(pk=photo_id).first()


def _try(photo: Photo) -> None:
    """Decode it. That is one attempt, also where the worker dies; none where it was for want of room."""
    Photo.objects.filter(pk=photo.pk).update(attempts=F("attempts") + 1)
    try:
        _decode(photo)
    except Later as later:
        logger.warning("photo %s is tried again: %s", photo.pk, later)
        _let_go(photo)
    except OSError as error:
        if error.errno not in _OUR_TROUBLE:
            raise
        logger.warning("photo %s waits, there is no room: %s", photo.pk, error.strerror)
        files.remove(photo, files.LARGE, files.SMALL)
        Photo.objects.filter(pk=photo.pk).update(attempts=F("attempts") - 1)
        _let_go(photo)


def _let_go(photo: Photo) -> None:
    Photo.objects.filter(pk=photo.pk).update(leased_until=None)


def _decode(photo: Photo) -> None:
    # Without a name: of a worker that is killed nothing stays behind, and in here is what nobody cleaned yet.
    with TemporaryFile() as original, TemporaryFile() as large, TemporaryFile() as small:
        with files.read(photo, files.ORIGINAL) as source:
            copyfileobj(source, original)
        original.flush()
        size = _in_child(original, large, small)
        if size is None:
            return _settle(photo, State.UNREADABLE)
        files.write(photo, files.LARGE, File(large))
        files.write(photo, files.SMALL, File(small))
    return _settle(photo, State.READY, size)


def _in_child(original: IO[bytes], large: IO[bytes], small: IO[bytes]) -> tuple[int, int] | None:
    """Width and height of the small one; None where the child could not do it, or died.

    Later where it took too long by the clock, which may be a busy machine; OSError where we have no room for it.
    """
    # Isolated and without our environment: it holds passwords.
    ours = [file.fileno() for file in (original, large, small)]
    command = [sys.executable, "-I", decoding.__file__, *(f"/dev/fd/{number}" for number in ours)]
    try:
        child = subprocess.run(  # noqa: S603
            command, env={}, capture_output=True, timeout=SECONDS, check=True, pass_fds=ours
        )
        width, height = map(int, child.stdout.split())
    except subprocess.TimeoutExpired as error:
        raise Later("it took too long") from error
    except subprocess.CalledProcessError as error:
        if error.returncode == decoding.NO_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        return None
    except ValueError:
        return None
    return width, height


def _settle(photo: Photo, state: str, size: tuple[int, int] | None = None) -> None:
    """Say what became of it, once nothing is left of what came in. Of a photo that nobody will see nothing is left.

    Nor of one that was removed meanwhile.
    """
    files.remove(photo, *([files.ORIGINAL] if state == State.READY else []))  # all: an attempt may have left some
    width, height = size or (None, None)
    values = {"state": state, "width": width, "height": height, "due_at": None, "leased_until": None}
    if not Photo.objects.filter(pk=photo.pk).update(**values):
        files.remove(photo)
