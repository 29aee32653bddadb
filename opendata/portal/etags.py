"""An ETag for what is made anew for each who asks: pages, views, the catalogue, feeds, answers of the interface.

What is a stored file has its checksum already.
"""

import hashlib
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response

from opendata.portal.sharing import ROOM


class ETagMiddleware:
    """Who sends the ETag of what is still so gets a 304 instead of it all. It spares sending, not making."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if (
            not request.path_info.startswith(ROOM)
            or request.method not in ("GET", "HEAD")
            or not _can_be_kept(response)
        ):
            return response
        content: bytes = response.content  # type: ignore[attr-defined]  # what streams has none, and is left alone
        response["ETag"] = f'"{hashlib.sha256(content).hexdigest()}"'
        return get_conditional_response(request, etag=response["ETag"], response=response) or response


def _can_be_kept(response: HttpResponseBase) -> bool:
    """Not what says that it may not be kept, what has one already, or what streams."""
    if response.status_code != 200 or response.streaming or response.has_header("ETag"):
        return False
    return "no-store" not in response.get("Cache-Control", "")
