import struct
import zlib
from io import BytesIO

import pytest

from meldingen.attachments import inspecting
from meldingen.refusals import Refused
from tests.meldingen.attachments.pictures import HEIC, HTML, PDF, SVG, drawing, encoded, film


def png_head(width: int, height: int) -> bytes:
    """The beginning of a PNG of that size, as long as its head needs."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    head = struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return b"\x89PNG\r\n\x1a\n" + head + struct.pack(">I", 0) + b"IDAT" + struct.pack(">I", zlib.crc32(b"IDAT"))


def code_of(content: bytes, name: str = "foto.jpg") -> str:
    with pytest.raises(Refused) as refused:
        inspecting.check(BytesIO(content), name)
    assert refused.value.field == "photos"
    return refused.value.code


@pytest.mark.parametrize("content", [encoded(kind) for kind in ("JPEG", "PNG", "WEBP")] + [HEIC])
def test_what_telephones_make_is_a_photo_whatever_its_name(content: bytes) -> None:
    inspecting.check(BytesIO(content), "vakantie.txt")


def test_a_jpeg_with_a_second_picture_is_a_photo() -> None:
    content = encoded("MPO", drawing(), save_all=True, append_images=[drawing(8, 8)])
    inspecting.check(BytesIO(content), "foto.jpg")


@pytest.mark.parametrize("content", [SVG, HTML, PDF, b"\0" * 100, encoded("GIF"), encoded("BMP"), b"\xff\xd8\xff"])
def test_what_is_called_a_photo_and_is_none_is_refused(content: bytes) -> None:
    assert code_of(content) == "no_photo"


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_moves_is_refused(kind: str) -> None:
    assert code_of(film(kind)) == "moves"


@pytest.mark.parametrize("size", [(10_000, 10_000), (50_001, 1000), (60_000, 60_000)])
def test_too_many_pixels_are_seen_in_the_head(size: tuple[int, int]) -> None:
    assert code_of(png_head(*size)) == "too_many_pixels"


def test_the_words_name_the_file_and_cut_a_long_name() -> None:
    with pytest.raises(Refused) as refused:
        inspecting.check(BytesIO(SVG), "a" * 500 + ".jpg")
    words = str(refused.value.message)
    assert "“aaaa" in words
    assert len(words) < 200
