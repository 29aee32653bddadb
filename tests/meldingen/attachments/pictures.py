"""Pictures for tests, drawn here; `gat.heic` was drawn and written by pillow-heif, with a place in it."""

from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw

from meldingen.attachments.arrivals import Arrival

HEIC = (Path(__file__).parent / "files" / "gat.heic").read_bytes()
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
PDF = b"%PDF-1.7\n1 0 obj\n"
ORIENTATION, GPS, MAKER, COMMENT = 0x0112, 0x8825, 0x010F, "gemaakt door Sam"


def drawing(width: int = 64, height: int = 48, mode: str = "RGB") -> Image.Image:
    """Left half red, right half blue."""
    image = Image.new(mode, (width, height), "blue" if mode == "RGB" else 0)
    ImageDraw.Draw(image).rectangle((0, 0, width // 2 - 1, height), fill="red" if mode == "RGB" else 255)
    return image


def exif(orientation: int = 1) -> Image.Exif:
    """As a telephone writes it: who made it, how it was held, and where."""
    tags = Image.Exif()
    tags[ORIENTATION], tags[MAKER] = orientation, "Verzonnen"
    place = tags.get_ifd(GPS)
    place[1], place[2], place[3], place[4] = "N", (52.0, 26.0, 33.9), "E", (5.0, 34.0, 39.2)
    return tags


def encoded(kind: str = "JPEG", image: Image.Image | None = None, **how: Any) -> bytes:
    file = BytesIO()
    (image or drawing()).save(file, kind, **how)
    return file.getvalue()


def film(kind: str) -> bytes:
    """Three pictures that follow one another."""
    frames = [Image.new("RGB", (32, 32), color) for color in ("red", "green", "blue")]
    return encoded(kind, frames[0], save_all=True, append_images=frames[1:], duration=100)


def arrival(content: bytes, name: str = "foto.jpg") -> Arrival:
    """The same as it came in with a form."""
    made = Arrival(name, "image/jpeg")
    made.take(content, 0)
    made.end(len(content))
    return made
