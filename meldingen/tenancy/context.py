"""What templates know of the municipality."""

from typing import Any

from django.http import HttpRequest

from meldingen.tenancy import themes
from meldingen.tenancy.looks import logo_address, stylesheet_address


def municipality(request: HttpRequest) -> dict[str, Any]:
    """`municipality` and its looks in every template; without a municipality the default ones."""
    where = getattr(request, "municipality", None)
    return {
        "municipality": where,
        "theme_css": stylesheet_address(where),
        "logo": logo_address(where),
        "town_drawing": themes.drawing(where.theme if where else {}),
    }
