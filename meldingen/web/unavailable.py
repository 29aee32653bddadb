"""The answer when the database is away: a page that says so, and no half work."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from meldingen.web.errors import AWAY, unavailable


class UnavailableMiddleware:
    """Turns a database that a view lost into a 503.

    What other middleware loses never comes by here as an exception; it reaches `errors.our_fault`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing on the way in or out."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A 503 for what a view raised because the database is away; nothing for anything else."""
        return unavailable(request) if isinstance(exception, AWAY) else None
