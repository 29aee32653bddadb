from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from meldingen.tenancy.logos import MOST_BYTES, MOST_PIXELS, clean_logo, store_logo
from meldingen.tenancy.models import Logo
from tests.factories import Town


def png(width: int = 4, height: int = 4) -> bytes:
    """A red square in which somebody wrote where it was made."""
    words, file = PngInfo(), BytesIO()
    words.add_text("Comment", "Geheimweg 1")
    Image.new("RGB", (width, height), "#b00").save(file, "PNG", pnginfo=words)
    return file.getvalue()


def test_of_a_png_the_picture_alone_is_kept() -> None:
    drawing = clean_logo(png())
    assert (drawing.kind, b"Geheimweg" in png(), b"Geheimweg" in drawing.content) == ("png", True, False)
    with Image.open(BytesIO(drawing.content)) as image:
        assert image.getpixel((0, 0)) == (187, 0, 0, 255)


@pytest.mark.parametrize(
    "raw", [png()[:40], png(MOST_PIXELS + 1, 1), b"\x89PNG\r\n\x1a\n", b"GIF89a", b"x" * (MOST_BYTES + 1)]
)
def test_what_is_no_logo_is_refused(raw: bytes) -> None:
    with pytest.raises(ValidationError):
        clean_logo(raw)


def test_a_new_logo_takes_the_place_of_the_old_one_of_this_town_alone(town: Town, neighbour: Town) -> None:
    store_logo(neighbour.municipality, clean_logo(png(3)))
    for size in (4, 5):
        store_logo(town.municipality, clean_logo(png(size)))
    assert Logo.objects.count() == 2
    assert town.municipality.logo == clean_logo(png(5)).name
