"""Whether a colleague is still there: who does nothing for a while is signed out, and loses nothing that they typed."""

import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from meldingen.accounts import second_factor, sessions
from meldingen.limits.senders import sender_of
from meldingen.staffsite import entering
from meldingen.tenancy import auditing
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality

# Where somebody is a colleague; everything else is the same for everybody.
_OWN = "/beheer/"
_STAFF = (_OWN, "/melden/")
# How long is left is asked there; asking is no sign that anybody is there.
STILL_THERE = "/beheer/sessie/"


class PresenceMiddleware:
    """Ends the session of who was away for longer than the municipality allows, or came in without the code that it
    asks now. What is kept of a request says from which network it came.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Nothing is asked of the database for who has no session, and nothing at all of residents."""
        is_staff = request.path.startswith(_STAFF) and settings.SESSION_COOKIE_NAME in request.COOKIES
        if not is_staff and not request.path.startswith(_OWN):
            return self.get_response(request)
        with auditing.from_network(sender_of(request).wide):
            _look(request)
            return self.get_response(request)


def seconds_left(request: HttpRequest) -> int | None:
    """Until the session ends when nothing happens; None where that is not kept."""
    since = request.session.get(entering.SEEN)
    if since is None:
        return None
    return max(0, int(since) + municipality(request).idle_minutes * 60 - int(time.time()))


def _look(request: HttpRequest) -> None:
    left = seconds_left(request)
    if left is None:
        return
    if left == 0:
        # A form for residents is taken in all the same: whoever calls is not asked to wait.
        if not (request.method == "POST" and request.path.startswith("/melden/")):
            request.was_away = True  # type: ignore[attr-defined]
            entering.leave(request, auditing.Kind.IDLE)
        return
    if _lacks_code(request):
        entering.leave(request)
        return
    if request.path == STILL_THERE and request.method != "POST":
        return
    now = int(time.time())
    if now - request.session[entering.SEEN] >= sessions.SEEN_EVERY.total_seconds():
        request.session[entering.SEEN] = now
        sessions.see(str(request.session.session_key))


def _lacks_code(request: HttpRequest) -> bool:
    """Whether the municipality asks for a code since this session began without one."""
    if request.session.get(entering.CODE) or not municipality(request).requires_code:
        return False
    return isinstance(request.user, User) and second_factor.is_required(request.user, municipality(request))
