"""Where the files of exports are: in the private storage, which has no address, under names that nobody guesses."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages

from meldingen.exports.models import Export

_SCRATCH = "export-"
_OLD_SECONDS = 86400


def storage() -> Storage:
    """The one that is not public."""
    return storages["private"]


@contextmanager
def scratch() -> Iterator[Path]:
    """A folder to make a file in, beside the private storage; it goes with all that is in it."""
    settings.INCOMING_DIR.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=_SCRATCH, dir=settings.INCOMING_DIR) as folder:
        yield Path(folder)


def name_of(export: Export) -> str:
    """Follows from the row alone, so whoever has the row can remove what belongs to it."""
    return f"exports/{export.key.hex}.{export.kind}"


def keep(export: Export, path: Path) -> None:
    """Bring a file that is whole into the storage, in the place of what an attempt before this one left there."""
    remove(export)
    with path.open("rb") as content:
        storage().save(name_of(export), File(content))


def read(export: Export) -> File[Any]:
    """Open it. FileNotFoundError when it is not there."""
    return storage().open(name_of(export))


def remove(export: Export) -> None:
    """Remove it. What is not there is no error."""
    storage().delete(name_of(export))


def remove_left_over() -> None:
    """Remove the folders that killed workers left: no export takes a day."""
    for folder in settings.INCOMING_DIR.glob(f"{_SCRATCH}*"):
        if folder.stat().st_mtime < time.time() - _OLD_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)
