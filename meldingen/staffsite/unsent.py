"""What somebody typed and sent from a page that is valid no more: it is shown, so that they can send it once more.

Their session had ended, or the page was older than their token (they logged in again in another tab).
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

_NEVER = ("password", "wachtwoord", "code", "csrfmiddlewaretoken")
_BOXES = ("text", "note", "reason", "words")


def texts_of(request: HttpRequest) -> list[str]:
    """The texts of a form that was sent: what has several words, and what is typed in a box for words. What a page
    itself puts into a form has none.
    """
    if request.method != "POST":
        return []
    fields = [(name, text) for name, texts in request.POST.lists() for text in texts]
    return [
        text
        for name, text in fields
        if len(text.split()) > (0 if name in _BOXES else 1) and not any(part in name.lower() for part in _NEVER)
    ]  # fmt: skip


def show(request: HttpRequest, texts: list[str], context: dict[str, Any], status: int = 200) -> HttpResponse:
    """The texts, and a link back to the page on which they were typed: past the login for who is logged out.

    `context`: of the staff site.
    """
    page = request.headers.get("referer", "")
    back = page if url_has_allowed_host_and_scheme(page, {request.get_host()}, request.is_secure()) else "/beheer/"
    context |= {"title": _("This was not sent"), "texts": texts, "back": back}
    response = TemplateResponse(request, "staffsite/unsent.html", context, status=status)
    add_never_cache_headers(response)
    return response
