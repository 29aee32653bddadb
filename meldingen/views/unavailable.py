"""The answer when the database is away: a page that says so, and no half work."""

import logging
from collections.abc import Callable

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


class UnavailableMiddleware:
    """Outermost: turns a lost database into a 503 that tells the visitor what to do; everything else passes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Middleware below turns exceptions of the view into responses, so both ways of failing are looked at."""
        try:
            return self.get_response(request)
        except (OperationalError, InterfaceError):
            return unavailable(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """The same, for what a view raised."""
        return unavailable(request) if isinstance(exception, (OperationalError, InterfaceError)) else None


def unavailable(request: HttpRequest) -> HttpResponse:
    """A 503 without any query: the page knows no municipality."""
    logger.error("database away")
    response = HttpResponse(render_to_string("meldingen/unavailable.html"), status=503)
    response["Retry-After"] = "60"
    return response
