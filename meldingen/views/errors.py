"""Error pages that say what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page was open too long or came from elsewhere."""
    return render(request, "meldingen/csrf_failure.html", status=403)
