"""A file is there completely or not at all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from opendata.storage import ReleaseStorage, bytes_below


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


@pytest.mark.usefixtures("own_releases")
def test_the_size_of_a_folder_is_that_of_every_version_and_of_what_lies_below() -> None:
    cache.clear()
    for name in ("GM1/a/2026-05.csv", "GM1/a/alles.1.csv", "GM1/a/alles.2.csv.gz", "GM1/gebieden/b.gpkg", "GM2/c.csv"):
        storages["releases"].save(name, ContentFile(b"12345"))
    assert [bytes_below(folder) for folder in ("GM1", "GM3")] == [20, 0]
