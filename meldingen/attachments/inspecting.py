"""Whether a file is a photo, by its content and whatever its name: head and end are looked at, nothing is decoded."""

from typing import IO, Any

from django.utils.text import Truncator, format_lazy
from django.utils.translation import gettext_lazy as _
from pi_heif import register_heif_opener
from PIL import Image

from meldingen import texts
from meldingen.attachments.completeness import is_complete
from meldingen.refusals import Refused

# What a telephone makes and a browser sends. No other reader of Pillow sees the file.
FORMATS = ["JPEG", "PNG", "WEBP", "HEIF"]
MOST_PIXELS = 50_000_000
_NO_PHOTO = _("“{name}” is no photo that we can read. Choose a JPEG, PNG, WebP or HEIC file.")
_TOO_MANY_PIXELS = _("“{name}” has more than 50 megapixels. Make it smaller, or take the photo once more.")
_HALF = _("“{name}” is damaged, or did not arrive whole. Choose it once more, or take the photo again.")
_MOVES = _("“{name}” moves. Choose a photo that stands still.")

register_heif_opener()


def check(file: IO[Any], name: str) -> None:
    """Raises Refused for what we do not take; `name` is how its sender called it."""
    try:
        with Image.open(file, formats=FORMATS) as image:
            width, height, kind = *image.size, image.format or ""
            # A telephone may keep a second picture beside the first (MPO, HEIC): that is no film.
            moves = kind in ("PNG", "WEBP") and getattr(image, "is_animated", False)
    except Image.DecompressionBombError as error:
        raise refusal("too_many_pixels", _TOO_MANY_PIXELS, name) from error
    except Exception as error:  # readers of pictures fail in many ways on what is none
        raise refusal("no_photo", _NO_PHOTO, name) from error
    if width * height > MOST_PIXELS:
        raise refusal("too_many_pixels", _TOO_MANY_PIXELS, name)
    if moves:
        raise refusal("moves", _MOVES, name)
    if not is_complete(file, kind):
        raise refusal("half", _HALF, name)


def refusal(code: str, message: Any, name: str) -> Refused:
    """In words with the name of the file, cut where it is long."""
    return Refused(code, format_lazy(message, name=Truncator(texts.clean(name)).chars(60)), "photos")
