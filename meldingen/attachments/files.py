"""Where a photo is kept: in the private storage, which has no address, under names that say nothing of who or where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages

from meldingen.attachments.models import Photo

ORIGINAL, LARGE, SMALL = "original", "large", "small"
_ENDS = {ORIGINAL: "", LARGE: ".jpg", SMALL: "-small.jpg"}


def storage() -> Storage:
    """The one that is not public."""
    return storages["private"]


def name_of(photo: Photo, which: str) -> str:
    """Follows from the row alone, so whoever has the row can remove all that belongs to it."""
    return f"photos/{photo.key.hex[:2]}/{photo.key.hex}{_ENDS[which]}"


def write(photo: Photo, which: str, content: File[Any]) -> None:
    """Keep it, in the place of what an attempt before this one left there."""
    name = name_of(photo, which)
    storage().delete(name)
    storage().save(name, content)


def read(photo: Photo, which: str) -> File[Any]:
    """Open it. FileNotFoundError when it is not there."""
    return storage().open(name_of(photo, which))


def exists(photo: Photo, *which: str) -> bool:
    """Whether all of these are there."""
    return all(storage().exists(name_of(photo, each)) for each in which)


def remove(photo: Photo, *which: str) -> None:
    """Remove these, all when none is named. What is not there is no error.

    The original last: as long as it is there the others count for nothing, whoever is killed in between.
    """
    for name in _names(photo, which or (SMALL, LARGE, ORIGINAL)):
        storage().delete(name)


def _names(photo: Photo, which: tuple[str, ...]) -> Iterator[str]:
    return (name_of(photo, each) for each in which)
