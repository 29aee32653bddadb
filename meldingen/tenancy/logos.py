"""The logo of a municipality: a PNG or a cleaned SVG, kept beside its row and served from its own address."""

import hashlib
from dataclasses import dataclass
from io import BytesIO

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image

from meldingen.tenancy.models import Logo, Municipality
from meldingen.tenancy.svg import clean_svg

MOST_BYTES = 100_000
MOST_PIXELS = 1024  # of each side
_PNG = b"\x89PNG\r\n\x1a\n"
TYPES = {"svg": "image/svg+xml", "png": "image/png"}


@dataclass(frozen=True)
class Drawing:
    """A logo that may be shown. Its name says what is in it."""

    content: bytes
    kind: str

    @property
    def name(self) -> str:
        """The last part of its address."""
        return f"{hashlib.sha256(self.content).hexdigest()[:16]}.{self.kind}"


def clean_logo(raw: bytes) -> Drawing:
    """The logo in a file, written anew. ValidationError in words for what is none."""
    if len(raw) > MOST_BYTES:
        raise ValidationError(_("A logo has at most %(most)d kB.") % {"most": MOST_BYTES // 1000})
    return Drawing(_clean_png(raw), "png") if raw.startswith(_PNG) else Drawing(clean_svg(raw), "svg")


@transaction.atomic
def store_logo(municipality: Municipality, drawing: Drawing | None) -> None:
    """Put it in the place of the one there was; None: the municipality has none of its own."""
    Logo.objects.of(municipality).delete()
    if drawing:
        Logo.objects.create(municipality=municipality, content=drawing.content)
    municipality.logo = drawing.name if drawing else ""
    municipality.save(update_fields=["logo"])


def _clean_png(raw: bytes) -> bytes:
    """The picture alone: what was written beside it (place, words, a program) goes."""
    try:
        with Image.open(BytesIO(raw), formats=["PNG"]) as image:
            if max(image.size) > MOST_PIXELS:
                raise ValidationError(_("A logo has at most %(most)d pixels on a side.") % {"most": MOST_PIXELS})
            picture = image.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValidationError(_("This is no PNG that can be read.")) from error
    picture.info.clear()
    clean = BytesIO()
    picture.save(clean, "PNG", optimize=True)
    return clean.getvalue()
