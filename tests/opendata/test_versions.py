"""Files of which every version stays: whoever is cut off leaves the earlier one as it was."""

import gzip
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages

from opendata import versions

pytestmark = pytest.mark.usefixtures("own_releases")


def test_a_version_lies_under_its_checksum_with_a_packed_one_beside_it() -> None:
    stored = versions.store("GM0001/d/alles", "csv", b"a,b\r\n" * 100, "2026-06-01", packs=True)
    assert stored.name == f"GM0001/d/alles.{stored.sha256[:16]}.csv"
    assert versions.read(stored.name, stored.sha256) == b"a,b\r\n" * 100
    assert gzip.decompress(versions.read_packed(stored.name, stored.sha256) or b"") == b"a,b\r\n" * 100


def test_the_same_file_is_packed_to_the_same_bytes() -> None:
    packed = []
    for _time in range(2):
        stored = versions.store("a", "csv", b"a", "2026-06-01", packs=True)
        packed.append(versions.read_packed(stored.name, stored.sha256))
    assert packed[0] == packed[1] is not None


@pytest.mark.parametrize(
    "broken", [b"", b"no gzip", gzip.compress(b"b", mtime=0), gzip.compress(b"a" * 99, mtime=0)[:-9]]
)
def test_a_packed_file_that_is_broken_or_of_another_file_is_none(broken: bytes) -> None:
    stored = versions.store("a", "csv", b"a", "2026-06-01", packs=True)
    storages["releases"].save(stored.name + versions.GZIP, ContentFile(broken))
    assert versions.read_packed(stored.name, stored.sha256) is None


def test_other_bytes_than_were_written_are_refused() -> None:
    stored = versions.store("a", "csv", b"a", "2026-06-01", packs=False)
    place = Path(storages["releases"].path(stored.name))
    place.write_bytes(b"b")
    with pytest.raises(versions.FileBroken):
        versions.read(stored.name, stored.sha256)


def test_a_pointer_comes_back_as_it_was_written() -> None:
    stored = versions.store("a", "csv", b"a", "2026-06-01", packs=False)
    pointer = versions.Pointer("made of", "0" * 64, {"csv": stored})
    assert versions.read_pointer("a.json") is None
    versions.write_pointer("a.json", pointer)
    assert versions.read_pointer("a.json") == pointer


@pytest.mark.parametrize("broken", ["", "{", "[]", "{}", '{"files": []}', '{"files": {"csv": 1}}'])
def test_a_pointer_that_cannot_be_read_says_so(broken: str) -> None:
    storages["releases"].save("a.json", ContentFile(broken.encode()))
    with pytest.raises(versions.PointerBroken):
        versions.read_pointer("a.json")
