"""What templates know of the municipality."""

from typing import Any

from django.http import HttpRequest

from meldingen.tenancy import themes
from meldingen.tenancy.looks import logo_address, stylesheet_address


def municipality(request: HttpRequest) -> dict[str, Any]:
    """`municipality` and its looks in every template; without a municipality the default ones."""
    found = getattr(request, "municipality", None)
    return {
        "municipality": found,
        "theme_css": stylesheet_address(found),
        "logo": logo_address(found),
        "town_drawing": themes.drawing(found.theme if found else {}),
    }
