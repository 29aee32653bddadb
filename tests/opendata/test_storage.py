"""A file is there completely or not at all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile

from opendata.storage import ReleaseStorage


class FailingDisk(ContentFile):  # type: ignore[type-arg]  # takes none when it runs
    def chunks(self, chunk_size: Any = None) -> Iterator[bytes]:
        yield b"half"
        raise OSError("disk full")


def test_the_same_name_replaces_the_file(tmp_path: Path) -> None:
    storage = ReleaseStorage(location=tmp_path)
    storage.save("a/b.csv", ContentFile(b"one"))
    assert storage.save("a/b.csv", ContentFile(b"two")) == "a/b.csv"
    assert (tmp_path / "a" / "b.csv").read_bytes() == b"two"


def test_a_disk_that_fails_leaves_what_was_there_and_nothing_beside_it(tmp_path: Path) -> None:
    storage = ReleaseStorage(location=tmp_path)
    storage.save("b.csv", ContentFile(b"one"))
    with pytest.raises(OSError, match="disk full"):
        storage.save("b.csv", FailingDisk(b""))
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"b.csv": b"one"}
