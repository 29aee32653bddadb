"""Where a form of the desk was sent from, and the address that leads back there: the same worklist, page and search."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from meldingen.handling.desk import asked as asking
from meldingen.handling.desk import listing, stepping
from meldingen.handling.desk.searching import QUERY, results_address

INBOX = "inbox"  # the query of the inbox from which a form was sent


def query_of(request: HttpRequest) -> QueryDict:
    """The query of the inbox that the form carries; empty for a form of another page."""
    return QueryDict(request.POST.get(INBOX, ""), mutable=True)


def lists_of(request: HttpRequest) -> listing.Listed:
    """The worklist from which the form was sent, or else the first one of the colleague."""
    try:
        return listing.listed(request, query_of(request))
    except asking.UnreadableDate as error:
        raise Http404 from error


def inbox_of(request: HttpRequest) -> listing.Listed | None:
    """The worklist from which the form was sent; None for one of the melding's own page."""
    return lists_of(request) if request.POST.get(INBOX) else None


def address(request: HttpRequest, lists: listing.Listed, melding_id: int | None) -> str:
    """Of the inbox at the place where it stood, with this melding open; what was searched for is not lost."""
    query = query_of(request)
    place: dict[str, Any] = {name: query.get(name, "") for name in ("at", QUERY)}
    return lists.address(**place, melding=melding_id or "")


def to_melding(request: HttpRequest, melding_id: int) -> str:
    """This melding, beside the list or on its own page, as the colleague had it."""
    lists = inbox_of(request)
    return address(request, lists, melding_id) if lists else stepping.page_of(melding_id, stepping.view_of(request))


def is_search(query: QueryDict) -> bool:
    """Whether it names what was found, and no worklist."""
    return QUERY in query and not (query.get("list") or query.get("saved"))


def search_of(request: HttpRequest) -> str:
    """The query of the search from which the form was sent; empty for one of a worklist."""
    query = query_of(request)
    return f"{QUERY}={int(number)}" if is_search(query) and (number := str(query[QUERY])[:9]).isdecimal() else ""


def to_many(request: HttpRequest, query: str) -> str:
    """The worklist or the page of what was found that this query names."""
    inbox, names = reverse("admin:index"), QueryDict(query)
    if is_search(names):
        return results_address(request, str(names[QUERY])) or inbox
    return f"{inbox}?{query}"
