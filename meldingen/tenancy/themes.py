"""What makes a municipality look like itself: a few properties of its own over those of the default theme."""

import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from meldingen.tenancy.contrast import contrast

DEFAULT = "standaard"
FOLDER = f"meldingen/themes/{DEFAULT}"
_FILE = Path(__file__).resolve().parent.parent / "static" / FOLDER / "theme.css"
_DECLARATION = re.compile(r"--town-([a-z-]+): ([^;]+);")
_COLOUR = re.compile(r"#([0-9a-f]{3}|[0-9a-f]{6})", re.IGNORECASE)
_RADIUS = re.compile(r"(0|[0-2]?(\.\d{1,3})?rem|\d{1,2}px)")
_FAMILY = r"(\"[A-Za-z0-9 -]{1,40}\"|[A-Za-z-]{1,40})"
DRAWINGS = ("stad", "dorp")  # a file each in static/meldingen/drawings
_DRAWING = re.compile("|".join(DRAWINGS))
_FONT = re.compile(rf"{_FAMILY}(, ?{_FAMILY}){{0,11}}")
WHITE = "#fff"  # the ground of the pages of colleagues and of the boxes of a form
LEAST = 4.5
# What stands on what as text.
PAIRS = (
    *((text, ground) for ground in ("paper", "tint", WHITE) for text in ("ink", "ink-soft", "action", "action-strong")),
    *(("heading", ground) for ground in ("paper", "tint", WHITE)),
    *(("error", ground) for ground in ("paper", WHITE)),
    ("on-action", "action"),
    ("on-action", "action-strong"),
    ("focus-ink", "focus"),
    *(("map-name", f"map-{ground}") for ground in ("land", "water", "green", "building", "street")),
)


@cache
def defaults() -> Mapping[str, str]:
    """Every property that there is, with what it is where a municipality says nothing of it."""
    return dict(_DECLARATION.findall(_FILE.read_text("utf-8")))


def check_theme(theme: object) -> None:
    """ValidationError for a property that nobody knows, a value that it cannot have, and text that cannot be read."""
    if not isinstance(theme, dict):
        raise ValidationError(_("Properties by their names are expected, or “%(name)s”.") % {"name": DEFAULT})
    if unknown := sorted(str(name) for name in theme.keys() - defaults().keys()):
        words = _("%(unknown)s is not known. There are: %(known)s.")
        raise ValidationError(words % {"unknown": ", ".join(unknown)[:200], "known": ", ".join(defaults())})
    for name, value in theme.items():
        if not isinstance(value, str) or not _form(name).fullmatch(value):
            examples = {"name": name, "value": str(value)[:60], "example": defaults()[name]}
            raise ValidationError(_("%(name)s cannot be “%(value)s”. An example: %(example)s.") % examples)
    _refuse_faint(theme)


def stylesheet(theme: Mapping[str, str]) -> str:
    """All properties, for the pages of a municipality with this theme, which was checked."""
    lines = [f"  --town-{name}: {theme.get(name, value)};" for name, value in defaults().items()]
    return "\n".join([".utrecht-document {", *lines, "}", ""])


def drawing(theme: Mapping[str, str]) -> str:
    """The name of the wide drawing that the pages show."""
    return theme.get("drawing", defaults()["drawing"])


def digest(theme: Mapping[str, str]) -> str:
    """What the address of the stylesheet has in it, so that it may be kept for ever."""
    return hashlib.sha256(stylesheet(theme).encode()).hexdigest()[:16]


def _form(name: str) -> re.Pattern[str]:
    return {"font": _FONT, "radius": _RADIUS, "drawing": _DRAWING}.get(name, _COLOUR)


@dataclass(frozen=True)
class Pair:
    """Text on its ground: the names of both properties, their colours, and how well the one reads on the other."""

    text: str
    ground: str
    colour: str
    under: str
    contrast: float


def pairs(theme: Mapping[str, str]) -> list[Pair]:
    """Each text on each ground on which it stands, with this theme."""
    colours = {**defaults(), **theme, WHITE: WHITE}
    return [
        Pair(text, ground, colours[text], colours[ground], contrast(colours[text], colours[ground]))
        for text, ground in PAIRS
    ]


def _refuse_faint(theme: Mapping[str, str]) -> None:
    for pair in pairs(theme):
        if pair.contrast < LEAST:
            words = _(
                "%(text)s (%(colour)s) on %(ground)s (%(under)s) has a contrast of %(measured).2f, and less than "
                "%(least).1f is hard to read. Choose a darker or a lighter one."
            )
            names = {"text": pair.text, "colour": pair.colour, "ground": pair.ground, "under": pair.under}
            # Cut off and not rounded: 4.499 is not said to be 4.50.
            raise ValidationError(words % {**names, "measured": math.floor(pair.contrast * 100) / 100, "least": LEAST})
