import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageStat

from meldingen.attachments import decoding
from tests.meldingen.attachments.pictures import COMMENT, HEIC, drawing, encoded, exif


@pytest.fixture
def decoded(tmp_path: Path) -> Any:
    """What is made of some bytes, large and small."""

    def decode(content: bytes) -> tuple[Path, Path]:
        original, large, small = (tmp_path / name for name in ("original", "large.jpg", "small.jpg"))
        original.write_bytes(content)
        decoding.decode(original, large, small)
        return large, small

    return decode


def left_is_red(path: Path) -> bool:
    with Image.open(path) as image:
        left = image.convert("RGB").crop((0, 0, image.width // 4, image.height))
        red, _green, blue = ImageStat.Stat(left).mean
        return red > blue


@pytest.mark.parametrize(
    "content",
    [
        encoded("JPEG", exif=exif(), comment=COMMENT),
        encoded("PNG", exif=exif()),
        encoded("WEBP", exif=exif()),
        HEIC,
    ],
    ids=["jpeg", "png", "webp", "heic"],
)
def test_nothing_but_the_picture_is_left(decoded: Any, content: bytes) -> None:
    for path in decoded(content):
        with Image.open(path) as image:
            assert (image.format, dict(image.getexif()), image.info.get("comment")) == ("JPEG", {}, None)
        assert not any(words in path.read_bytes() for words in (b"Verzonnen", COMMENT.encode(), b"Exif", b"GPS"))


@pytest.mark.parametrize(
    ("orientation", "size", "red_left"), [(1, (64, 48), True), (3, (64, 48), False), (6, (48, 64), None)]
)
def test_it_stands_upright_as_the_telephone_was_held(
    decoded: Any, orientation: int, size: tuple[int, int], red_left: bool | None
) -> None:
    large, _small = decoded(encoded(exif=exif(orientation)))
    with Image.open(large) as image:
        assert image.size == size
    if red_left is not None:
        assert left_is_red(large) is red_left


def test_large_and_small_have_their_sizes(decoded: Any) -> None:
    sizes = [Image.open(path).size for path in decoded(encoded("JPEG", drawing(4000, 1000)))]
    assert sizes == [(2048, 512), (480, 120)]


@pytest.mark.parametrize("mode", ["RGBA", "LA", "L", "1", "P", "CMYK", "I;16"])
def test_every_kind_of_colour_becomes_a_jpeg(decoded: Any, mode: str) -> None:
    kind = "TIFF" if mode == "CMYK" else "PNG"
    image = drawing().convert("L").convert("I").convert(mode) if mode == "I;16" else drawing().convert(mode)
    large, _small = decoded(encoded("JPEG" if kind == "TIFF" else "PNG", image))
    with Image.open(large) as made:
        assert made.mode == "RGB"


def test_what_is_transparent_becomes_white(decoded: Any) -> None:
    large, _small = decoded(encoded("PNG", Image.new("RGBA", (20, 20), (0, 0, 0, 0))))
    with Image.open(large) as image:
        assert min(ImageStat.Stat(image).mean) > 250


def test_as_a_program_it_says_how_large_the_small_one_is(tmp_path: Path) -> None:
    (tmp_path / "original").write_bytes(encoded("JPEG", drawing(960, 480)))
    command = [sys.executable, "-I", decoding.__file__, *(str(tmp_path / name) for name in ("original", "l", "s"))]
    child = subprocess.run(command, env={}, capture_output=True, check=True)
    assert child.stdout.split() == [b"480", b"240"]


def test_it_takes_no_more_memory_than_it_may(tmp_path: Path) -> None:
    greedy = (
        f"import sys; sys.path.insert(0, {str(Path(decoding.__file__).parent)!r}); import decoding; decoding.limit()"
    )
    child = subprocess.run(
        [sys.executable, "-c", f"{greedy}; b'x' * {decoding.MEMORY}"], capture_output=True, check=False
    )
    assert b"MemoryError" in child.stderr


def test_one_whose_worker_is_gone_ends_by_the_clock() -> None:
    folder = str(Path(decoding.__file__).parent)
    hanging = f"import sys, time; sys.path.insert(0, {folder!r}); import decoding; decoding.AT_LAST = 1; "
    child = subprocess.run([sys.executable, "-c", f"{hanging}decoding.limit(); time.sleep(30)"], check=False)
    assert child.returncode == -signal.SIGALRM
