"""What templates know of the municipality."""

from typing import Any

from django.http import HttpRequest

from meldingen.tenancy.looks import logo_address, stylesheet_address


def municipality(request: HttpRequest) -> dict[str, Any]:
    """`municipality`, `theme_css` and `logo` in every template; without a municipality the default looks."""
    found = getattr(request, "municipality", None)
    return {"municipality": found, "theme_css": stylesheet_address(found), "logo": logo_address(found)}
