"""A program of its own that makes two clean JPEGs of what somebody sent: `python decoding.py original large small`.

Whatever is in the file is read here and nowhere else: in a process without our settings, with little memory and time,
that may die. It prints width and height of the small one.
"""

import errno
import resource
import signal
import sys
from pathlib import Path

from pi_heif import register_heif_opener
from PIL import Image, ImageOps

FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
MEMORY = 1_500_000_000  # a picture of 50 megapixels in colour, three times, and the programs themselves
SECONDS = 40  # of one processor
AT_LAST = 100  # by the clock, for a child whose worker was killed: no other ends it when it hangs
FILE = 30_000_000
LARGE, SMALL = 2048, 480  # pixels of the longer side
NO_ROOM = 75  # with which it ends when the disk is full: what sysexits.h calls a failure that passes


def limit() -> None:
    """From here on this process can take no more than that."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, FILE),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    signal.alarm(AT_LAST)


def decode(original: Path, large: Path, small: Path) -> tuple[int, int]:
    """Write both, upright, with the picture and nothing else in them: no place, day, telephone or thumbnail."""
    register_heif_opener()
    with Image.open(original, formats=FORMATS) as image:
        image.thumbnail((LARGE, LARGE))  # of a JPEG no more is decoded than this needs
        picture = _on_white(ImageOps.exif_transpose(image))
    picture.info.clear()  # Pillow would write a comment of the original along
    picture.save(large, "JPEG", quality=82, optimize=True, progressive=True)
    picture.thumbnail((SMALL, SMALL))
    picture.save(small, "JPEG", quality=78, optimize=True)
    return picture.size


def _on_white(image: Image.Image) -> Image.Image:
    """In colours without transparency."""
    if not image.has_transparency_data:
        return image.convert("RGB")
    layers = image.convert("RGBA")
    white = Image.new("RGB", layers.size, "white")
    white.paste(layers, mask=layers.getchannel("A"))
    return white


if __name__ == "__main__":
    limit()
    try:
        print(*decode(*map(Path, sys.argv[1:4])))  # noqa: T201  that is its answer
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            sys.exit(NO_ROOM)
        raise
