"""Where releases lie: files that are there completely or not at all."""

import os
import tempfile
from pathlib import Path

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


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
