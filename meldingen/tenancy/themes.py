"""Which files make a municipality look like itself: a folder of custom properties and a logo under static."""

from functools import cache

from django.contrib.staticfiles import finders

DEFAULT = "standaard"


def folder(theme: str) -> str:
    """The static folder of this theme; that of the default theme where nobody shipped this one."""
    return f"meldingen/themes/{theme if _shipped(theme) else DEFAULT}"


@cache
def _shipped(theme: str) -> bool:
    files = ("theme.css", "logo.svg")
    return all(finders.find(f"meldingen/themes/{theme}/{name}") is not None for name in files)
