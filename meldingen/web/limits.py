"""Too much from one network: a 429 that says when to come back. The form and what is on the way to it never refuse."""

import math
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from meldingen.api.addresses import is_for_programs
from meldingen.api.problems import problem
from meldingen.limits.rules import TOO_MANY, wait_for_page
from meldingen.limits.senders import sender_of

# Who reports something, in danger perhaps, is never sent away; health is asked by a balancer; what colleagues see is
# behind the log-in, which has limits of its own.
# How a page looks comes with it, as any static file.
NEVER = ("/melden/", "/gezond", "/beheer/", "/huisstijl/")


class LimitMiddleware:
    """Counts pages and files that anybody may ask, for each network; over the limit a 429 with Retry-After."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer without asking the database for more."""
        wait = 0.0 if _has_its_own(request) else wait_for_page(sender_of(request))
        return too_many(request, wait) if wait else self.get_response(request)


def too_many(request: HttpRequest, wait: float) -> HttpResponse:
    """A page for people, the words for programs."""
    seconds = math.ceil(wait)
    if is_for_programs(request.path_info):
        return problem(429, str(TOO_MANY % {"seconds": seconds}), wait=seconds)
    response = render(request, "web/too_many.html", {"seconds": seconds}, status=429)
    response["Retry-After"] = str(seconds)
    return response


def _has_its_own(request: HttpRequest) -> bool:
    """Whether this address has another limit, or none."""
    return request.path_info.startswith(NEVER) or (request.method == "POST" and request.path_info.startswith("/api/"))
