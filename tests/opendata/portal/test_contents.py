"""A file as HTTP gives it."""

import gzip

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client

from opendata import histories, versions
from tests.factories import Town

FILE = "/data/buurt-per-maand/2026-05.csv"
ALL = "/data/buurt-per-maand/alles.csv"


@pytest.mark.parametrize("path", [FILE, ALL])
def test_who_takes_packed_files_gets_them_packed(reader: Client, path: str) -> None:
    plain, packed = reader.get(path), reader.get(path, headers={"accept-encoding": "br, gzip"})
    assert (packed["Content-Encoding"], gzip.decompress(packed.content)) == ("gzip", plain.content)
    assert packed["ETag"] != plain["ETag"]
    assert "Accept-Encoding" in packed["Vary"]
    assert "Content-Encoding" not in reader.get(path, headers={"accept-encoding": "gzip;q=0"})


def test_a_packed_file_that_is_broken_gives_way_to_the_plain_one(reader: Client, published_city: Town) -> None:
    pointer = histories.read(published_city.municipality, "buurt-per-maand")
    assert pointer is not None
    name = pointer.files["csv"].name + versions.GZIP
    packed = storages["releases"].open(name).read()
    storages["releases"].save(name, ContentFile(packed[:-9]))
    answer, plain = reader.get(ALL, headers={"accept-encoding": "gzip"}), reader.get(ALL)
    storages["releases"].save(name, ContentFile(packed))
    assert (answer.status_code, answer.content, answer["ETag"]) == (200, plain.content, plain["ETag"])
    assert "Content-Encoding" not in answer


@pytest.mark.parametrize("asked", ["bytes=0-3", "bytes=4-", "bytes=-4", "bytes=0-99999"])
def test_a_part_is_the_bytes_that_were_asked(reader: Client, asked: str) -> None:
    whole = reader.get(ALL)
    part = reader.get(ALL, headers={"range": asked, "accept-encoding": "gzip"})
    cut = {"bytes=0-3": slice(0, 4), "bytes=4-": slice(4, None), "bytes=-4": slice(-4, None)}.get(asked, slice(None))
    size = len(whole.content)
    first, last, _step = cut.indices(size)
    assert (part.status_code, part.content) == (206, whole.content[cut])
    assert part["Content-Range"] == f"bytes {first}-{last - 1}/{size}"
    assert int(part["Content-Length"]) == len(part.content)


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "lines=1-2", "bytes=x-y", "bytes=-", "nonsense"])
def test_a_part_that_nobody_understands_is_the_whole(reader: Client, asked: str) -> None:
    assert reader.get(ALL, headers={"range": asked}).status_code == 200


def test_a_part_beyond_the_end_is_a_416_that_says_how_large_it_is(reader: Client) -> None:
    answer = reader.get(ALL, headers={"range": "bytes=9999999-"})
    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{len(reader.get(ALL).content)}")


def test_a_part_of_another_version_is_the_whole_of_this_one(reader: Client) -> None:
    assert reader.get(ALL, headers={"range": "bytes=0-3", "if-range": '"other"'}).status_code == 200
    etag = reader.get(ALL)["ETag"]
    assert reader.get(ALL, headers={"range": "bytes=0-3", "if-range": etag}).status_code == 206


def test_the_head_of_a_file_says_how_large_it_is(reader: Client) -> None:
    head, whole = reader.head(ALL), reader.get(ALL)
    assert (head.status_code, head.content, head["ETag"]) == (200, b"", whole["ETag"])
    assert int(head["Content-Length"]) == len(whole.content)
    assert head["Accept-Ranges"] == "bytes"


def test_who_has_it_is_told_so(reader: Client) -> None:
    for path in (FILE, ALL, "/data/gebieden-2025.gpkg"):
        again = reader.get(path, headers={"if-none-match": reader.get(path)["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
