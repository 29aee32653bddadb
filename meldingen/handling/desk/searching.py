"""One box that finds a melding by whatever a colleague has. What was typed is posted: no address and no log has it."""

from __future__ import annotations

import re

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meldingen import texts
from meldingen.handling import finding, saved_worklists
from meldingen.handling.desk import confidential, rows
from meldingen.handling.finding import By
from meldingen.record.models import URGENT_AND_OPEN, Melding
from meldingen.staffsite.site import site
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

QUERY = "gezocht"  # in an address: the number of a search of this session
_BY: dict[By, str | Promise] = {
    By.REFERENCE: gettext_lazy("reference"),
    By.EMAIL: gettext_lazy("e-mail address"),
    By.PHONE: gettext_lazy("telephone"),
    By.NAME: gettext_lazy("name of the reporter"),
    By.PLACE: gettext_lazy("address"),
    By.OBJECT: gettext_lazy("object"),
    By.WORDS: gettext_lazy("words"),
}


KEPT = "searches"  # in the session: what was found, by the number of the search; never the words
MOST_KEPT = 10
_KEPT_WORDS = re.compile(r"woorden-([0-9]{1,18})")  # as an address of the plain list names what was typed
WORDS = "search_words"  # until the page that shows them, and no longer
NEAR = "search_near"  # the same: whether it only looks like what was typed


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Search, and go to the page of what was found, which stays there; one alone is opened. Who comes without words
    gets the box.
    """
    if not isinstance(request.user, User):
        raise PermissionDenied
    if request.method != "POST":
        return _page(request, request.GET.get(QUERY, ""))
    where, words = municipality(request), request.POST.get("words", "")
    if not words.strip():
        return HttpResponseRedirect(reverse("admin:search"))
    by_contact = request.user if may(request, Right.CONTACT) else None
    matches = finding.find(where, _visible(request), words, by_contact=by_contact)
    if len(matches.ids) == 1 and not matches.is_near:
        return HttpResponseRedirect(_address(next(iter(matches.ids))))
    request.session[WORDS] = words[: finding.LONGEST]
    request.session[NEAR] = matches.is_near
    return HttpResponseRedirect(f"{reverse('admin:search')}?{QUERY}={_keep(request, matches)}")


def results_address(request: HttpRequest, number: str) -> str:
    """The page of a search of this session; empty for none."""
    is_there = number in request.session.get(KEPT, {})
    return f"{reverse('admin:search')}?{QUERY}={number}" if is_there else ""


def to_plain_list(request: HttpRequest, typed: str) -> str:
    """What an address of the plain list has of the words that were typed there; empty for none."""
    words = texts.clean(typed).strip()[: finding.LONGEST]
    if not isinstance(request.user, User):
        return ""
    words_id = saved_worklists.keep_words(municipality(request), request.user, words)
    return f"woorden-{words_id}" if words_id else ""


def in_plain_list(request: HttpRequest, named: str) -> str:
    """The words that such an address names; a reference is itself. Empty for words that this colleague cannot read."""
    match = _KEPT_WORDS.fullmatch(named.strip())
    if match is None:
        return texts.clean(named).strip()[: finding.LONGEST]
    return saved_worklists.words_of(municipality(request), request.user.pk or 0, int(match[1])) or ""


def are_kept(named: str) -> bool:
    """Whether an address names words that were posted, and not a reference."""
    return _KEPT_WORDS.fullmatch(named.strip()) is not None


def _keep(request: HttpRequest, matches: finding.Matches) -> int:
    """Keep what was found in the session, and the number under which it is."""
    kept = request.session.get(KEPT, {})
    number = max(map(int, kept), default=0) + 1
    kept[str(number)] = [[pk, by.value] for pk, by in matches.ids.items()]
    request.session[KEPT] = dict(list(kept.items())[-MOST_KEPT:])
    return number


def _page(request: HttpRequest, number: str) -> TemplateResponse:
    """What a search of this session had found and this colleague sees now."""
    where = municipality(request)
    kept = request.session.get(KEPT, {}).get(number)
    by = {int(pk): By(way) for pk, way in kept or ()}
    heavy = ("search", "point", "buurt__geometry", "buurt__ages")
    meldingen = rows.with_additions(_visible(request).filter(pk__in=by)).select_related("category", "team", "buurt")
    in_order = list(meldingen.defer(*heavy).order_by(URGENT_AND_OPEN.desc(), "-received_at", "-pk")) if by else []
    now, zone = timezone.now(), where.time_zone
    context = {
        **site.each_context(request),
        "title": _("Search"),
        "words": request.session.pop(WORDS, ""),
        "is_near": request.session.pop(NEAR, False) and bool(by),
        "is_searched": kept is not None,
        "is_gone": bool(number) and kept is None,
        "may_contact_search": may(request, Right.CONTACT),
        "may_bulk": may(request, Right.HANDLE),
        "back": f"{QUERY}={number}" if by else "",
        "list_address": results_address(request, number),
        "shown": ",".join(str(each.pk) for each in in_order),
        "is_full": len(by) == finding.MOST,
        "rows": [
            {"row": rows.row(each, now, zone), "address": _address(each.pk, number), "by": _BY[by[each.pk]]}
            for each in in_order
        ],
    }
    return TemplateResponse(request, "handling/found.html", context)


def _visible(request: HttpRequest) -> QuerySet[Melding]:
    return confidential.visible(request, Melding.objects.of(municipality(request)))


def _address(melding_id: int, number: str = "") -> str:
    own = f"&{QUERY}={number}" if number else ""
    return f"{reverse('admin:index')}?list=all&melding={melding_id}{own}"
