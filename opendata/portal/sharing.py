"""Open data may be read by pages of other sites: files, pages and what is said when something is not there."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

ROOM = "/data/"
INTERFACE = "/data/api/"  # has a frame of its own, the one of all interfaces
METHODS = "GET, HEAD, OPTIONS"
MAY_ASK = "Accept, Accept-Language, If-None-Match, If-Range, Range"
MAY_READ = "Content-Disposition, Content-Length, Content-Range, ETag, Link, Retry-After"
DAY = 86_400


class SharingMiddleware:
    """Says on every answer under /data/, errors and refusals too, that any page may read it, and answers what a browser
    asks before it does. Nothing there knows who asks, so there is nothing to protect.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.startswith(ROOM) or request.path_info.startswith(INTERFACE):
            return self.get_response(request)
        response = _preflight() if _is_preflight(request) else self.get_response(request)
        response.headers.setdefault("Access-Control-Allow-Origin", "*")
        response.headers.setdefault("Access-Control-Expose-Headers", MAY_READ)
        return response


def _is_preflight(request: HttpRequest) -> bool:
    return request.method == "OPTIONS"


def _preflight() -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Allow": METHODS,
            "Access-Control-Allow-Methods": METHODS,
            "Access-Control-Allow-Headers": MAY_ASK,
            "Access-Control-Max-Age": str(DAY),
        },
    )
