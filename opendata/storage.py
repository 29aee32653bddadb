"""Where releases lie: files that are there completely or not at all."""

import os
import tempfile
from pathlib import Path

from django.core.cache import cache
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, storages

# An object storage is asked for each file by itself, so not at each look.
SECONDS_KEPT = 3600


def bytes_below(folder: str) -> int:
    """All files in a folder of the releases and below it, every version and what is packed; 0 where there is none."""
    return cache.get_or_set(f"bytes:{folder}", lambda: _bytes_below(folder), SECONDS_KEPT) or 0


def _bytes_below(folder: str) -> int:
    releases = storages["releases"]
    try:
        folders, files = releases.listdir(folder)
    except FileNotFoundError:
        return 0
    own = sum(releases.size(f"{folder}/{name}") for name in files)
    return own + sum(_bytes_below(f"{folder}/{name}") for name in folders)


class ReleaseStorage(FileSystemStorage):
    """A folder in which every file is written beside its place and then moved there; the same name replaces it.

    Object storage (S3) does this by itself: another backend under the alias `releases` needs nothing of this.
    """

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """The name itself: a file that is written again has the same bytes."""
        return name

    def _save(self, name: str, content: "File[bytes]") -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=target.parent, prefix=".")
        try:
            with os.fdopen(descriptor, "wb") as file:
                for chunk in content.chunks():
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            Path(temporary).chmod(0o644)
            Path(temporary).replace(target)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
        return name
