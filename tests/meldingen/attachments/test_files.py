from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from meldingen.attachments import files
from meldingen.attachments.models import Photo
from tests.meldingen.attachments.conftest import files_in


def test_what_was_left_by_an_attempt_before_is_replaced(photo: Photo, private: Path) -> None:
    before = files_in(private)
    files.write(photo, files.LARGE, ContentFile(b"again"))
    assert files_in(private) == before
    assert files.read(photo, files.LARGE).read() == b"again"


def test_nobody_else_on_the_machine_reads_them() -> None:
    kept = files.storage()
    assert isinstance(kept, FileSystemStorage)
    assert (kept.file_permissions_mode, kept.directory_permissions_mode) == (0o600, 0o700)


def test_all_that_belongs_to_a_row_goes_at_once(photo: Photo, private: Path) -> None:
    files.write(photo, files.ORIGINAL, ContentFile(b"x"))
    files.remove(photo)
    files.remove(photo)
    assert files_in(private) == []
