"""A file on its way in: written to disk as it comes, and gone again unless somebody keeps it."""

import tempfile

from django.conf import settings
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile

# What the form calls a file that may be a photo.
FIELD = "photo_files"
MOST_BYTES = 20_000_000
# Of one form. So much of a request is read: these, and the words of the form.
MOST_PHOTOS = 5


class Arrival(TemporaryUploadedFile):
    """What a form sent as a photo. `is_whole`: whether all of it could be written down."""

    def __init__(self, name: str, content_type: str) -> None:
        settings.INCOMING_DIR.mkdir(parents=True, exist_ok=True)
        file = tempfile.NamedTemporaryFile(dir=settings.INCOMING_DIR)  # noqa: SIM115  closed with this one
        UploadedFile.__init__(self, file, name, content_type, 0, None)
        self.is_whole = True

    def take(self, chunk: bytes, start: int) -> None:
        """Write down what comes next; of a file that is too large no more than shows that it is."""
        if not self.is_whole or start > MOST_BYTES:
            return
        try:
            self.file.write(chunk)  # type: ignore[union-attr]
        except OSError:  # the disk is full
            self.is_whole = False

    def end(self, size: int) -> None:
        """All of it came: so many bytes."""
        self.size = size
        try:
            self.file.flush()  # type: ignore[union-attr]
            self.seek(0)
        except OSError:
            self.is_whole = False
