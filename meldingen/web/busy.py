"""The answer when too many log in at once: a page that says to try again, while all other pages go on."""

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meldingen.limits.slots import Busy
from meldingen.staffsite.hashing import in_request

logger = logging.getLogger(__name__)


class BusyMiddleware:
    """Says that what a request hashes takes a slot, and turns a slot that did not come free into a 503."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing on the way in or out but that."""
        with in_request():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A 503 for Busy; nothing for anything else."""
        if not isinstance(exception, Busy):
            return None
        logger.warning("too many passwords at once")
        response = render(request, "web/busy.html", status=503)
        response["Retry-After"] = str(exception.retry_after)
        return response
