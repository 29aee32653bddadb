"""Whom to tell of a weakness of this site: security.txt (RFC 9116), from the row of the municipality."""

from datetime import UTC, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from meldingen.tenancy.requests import municipality
from meldingen.tenancy.urls import absolute

# The standard advises less than a year; who reads it later asks again.
VALID = timedelta(days=180)


@require_safe
def security(request: HttpRequest) -> HttpResponse:
    """The municipality's contact, until when that holds, and the languages in which it answers."""
    where = municipality(request)
    expires = (timezone.now().astimezone(UTC) + VALID).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{where.contact_email}",
        f"Expires: {expires:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {absolute(where, '/.well-known/security.txt')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
