"""The headers that every answer to a program has: the version, and that pages elsewhere may read it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from meldingen.api.addresses import VERSION, is_for_programs

_READS = "GET, HEAD, OPTIONS"


class ApiHeadersMiddleware:
    """Adds them, and answers a browser that asks beforehand whether a page elsewhere may read. To write it may not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing for the pages of people."""
        if not is_for_programs(request.path_info):
            return self.get_response(request)
        asks = request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers
        response = _may_read() if asks else self.get_response(request)
        if request.method == "OPTIONS" and response.status_code == 405:
            response = HttpResponse(status=204, headers={"Allow": response["Allow"]})
        response["API-Version"] = VERSION
        if request.method in ("GET", "HEAD", "OPTIONS"):
            response["Access-Control-Allow-Origin"] = "*"
            response["Access-Control-Expose-Headers"] = "API-Version, ETag, Link, Retry-After"
        return response


def _may_read() -> HttpResponse:
    response = HttpResponse(status=204)
    response["Access-Control-Allow-Methods"] = _READS
    response["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match"
    response["Access-Control-Max-Age"] = "86400"
    return response
