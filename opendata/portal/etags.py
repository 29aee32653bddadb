"""An ETag for what is made anew for each who asks: pages, views, the catalogue, feeds, answers of the interface.

What is a stored file has its checksum already.
"""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from opendata.portal.sharing import ROOM


class ETagMiddleware:
    """Who sends the ETag of what is still so gets a 304 instead of it all. It spares sending, not making."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_read = request.path_info.startswith(ROOM) and request.method in ("GET", "HEAD")
        if not is_read or not isinstance(response, HttpResponse) or not _can_be_kept(response):  # or it streams
            return response
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()}"'
        return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _can_be_kept(response: HttpResponse) -> bool:
    """Not what says that it may not be kept, nor what has one already."""
    if response.status_code != 200 or response.has_header("ETag"):
        return False
    return "no-store" not in response.get("Cache-Control", "")
