"""What templates know of the municipality."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static

from meldingen.tenancy import themes


def municipality(request: HttpRequest) -> dict[str, Any]:
    """`municipality`, `theme_css` and `logo` in every template; without a municipality the default looks."""
    found = getattr(request, "municipality", None)
    folder = themes.folder(found.theme if found else themes.DEFAULT)
    return {"municipality": found, "theme_css": static(f"{folder}/theme.css"), "logo": static(f"{folder}/logo.svg")}
