"""Error pages that say what to do next; for programs the same as a problem."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from meldingen.api.addresses import is_for_programs
from meldingen.api.problems import problem
from meldingen.intake import views
from meldingen.staffsite import unsent
from meldingen.staffsite.site import site

logger = logging.getLogger(__name__)
AWAY = (OperationalError, InterfaceError)
# In two languages, like its page: the database can be lost before anybody asked which one the visitor reads.
AWAY_WORDS = (
    "Even niet bereikbaar. Wacht een minuut en stuur precies hetzelfde opnieuw. / "
    "Not available at this moment. Wait a minute and send exactly the same again."
)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose page was open too long or came from elsewhere. Who was making a melding keeps all of it,
    and a colleague what they typed.

    Only to our own pages: another website could else fill in the form of our visitor.
    """
    if request.path_info in (reverse("melden"), reverse("melden_photos")) and _from_here(request):
        return views.stale(request)
    if _by_colleague(request) and _from_here(request) and (texts := unsent.texts_of(request)):
        return unsent.show(request, texts, site.each_context(request), status=403)
    return render(request, "web/csrf_failure.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400 for what no browser sends, or far too much of it."""
    words = _("We cannot read what was sent. Check the address, the headers and the body, and send it again.")
    return _answer(request, 400, "web/bad_request.html", words)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404 for an address that leads nowhere; among the pages of colleagues one of theirs."""
    if _by_colleague(request):
        return render(request, "web/staff_not_found.html", site.each_context(request), status=404)
    words = _("This address does not exist. Check how it is spelt.")
    context = {"is_of_data": request.path_info.startswith(reverse("data"))}
    return _answer(request, 404, "web/not_found.html", words, context)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403 for what somebody may not see or do; to colleagues it says whom to ask."""
    if _by_colleague(request):
        return render(request, "web/staff_forbidden.html", site.each_context(request), status=403)
    return _answer(request, 403, "web/forbidden.html", _("You may not see or do this."))


def our_fault(request: HttpRequest) -> HttpResponse:
    """500: our fault; or the 503 of a lost database. Needs no query: without a municipality the page does without."""
    if isinstance(sys.exc_info()[1], AWAY):
        return unavailable(request)
    words = _("Something went wrong on our side. Wait a few minutes and send exactly the same again.")
    return _answer(request, 500, "web/broken.html", words)


def unavailable(request: HttpRequest) -> HttpResponse:
    """A 503 without any query: the page knows no municipality."""
    logger.error("database away")
    if is_for_programs(request.path_info):
        return problem(503, AWAY_WORDS, wait=60)
    response = HttpResponse(render_to_string("web/unavailable.html"), status=503)
    response["Retry-After"] = "60"
    return response


def _answer(
    request: HttpRequest, status: int, page: str, words: str, context: dict[str, bool] | None = None
) -> HttpResponse:
    """The page for people, the words for programs."""
    if is_for_programs(request.path_info):
        return problem(status, words)
    return render(request, page, context, status=status)


def _from_here(request: HttpRequest) -> bool:
    here = f"{request.scheme}://{request.get_host()}"
    there = request.headers.get("origin") or request.headers.get("referer", "")
    return there == here or there.startswith(f"{here}/")


def _by_colleague(request: HttpRequest) -> bool:
    """Whether a page of the staff site was asked, at a host and with a session of ours."""
    has_session = hasattr(request, "user") and hasattr(request, "municipality")
    return has_session and request.path_info.startswith(reverse("admin:index"))
