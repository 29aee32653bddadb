"""What templates know of the municipality."""

from typing import Any

from django.http import HttpRequest


def municipality(request: HttpRequest) -> dict[str, Any]:
    """`municipality` in every template; absent on pages of unknown hosts."""
    return {"municipality": getattr(request, "municipality", None)}
