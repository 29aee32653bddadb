"""Error pages that say what to do next."""

import sys

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meldingen.views.unavailable import AWAY, unavailable


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page was open too long or came from elsewhere."""
    return render(request, "meldingen/csrf_failure.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for what no browser sends, or far too much of it."""
    return render(request, "meldingen/bad_request.html", status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an address that leads nowhere."""
    return render(request, "meldingen/not_found.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; or the 503 of a lost database. Needs no query: without a municipality the page does without."""
    if isinstance(sys.exc_info()[1], AWAY):
        return unavailable(request)
    return render(request, "meldingen/broken.html", status=500)
