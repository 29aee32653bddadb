"""The page of one melding as a place in a worklist: which one of them it is, and the ones before and after it.

The address carries the worklist with its filters, as the inbox has them; words that were typed are never in it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from meldingen.handling.desk import asked as asking
from meldingen.handling.desk import listing
from meldingen.handling.desk.listing import Listed
from meldingen.handling.desk.worklists import CAP
from meldingen.record.models import Melding

VIEW = "view"  # what a form of that page says of where it was opened from


@dataclass(frozen=True)
class Steps:
    """Where a melding stands. `position` is 0 where that is not known: beyond what is counted, or it left the list."""

    position: int
    number: str
    previous: str
    following: str


def view_of(request: HttpRequest) -> Listed | None:
    """The worklist from which the page was opened; None where it was from none. Http404 for one that there is not."""
    query = QueryDict(request.POST.get(VIEW, "")) if request.method == "POST" else request.GET
    if not (query.get("list") or query.get("saved")):
        return None
    try:
        return listing.listed(request, query)
    except asking.UnreadableDate:
        return None


def page_of(melding_id: int, lists: Listed | None) -> str:
    """The address of the page of a melding, in that worklist."""
    page = reverse("admin:meldingen_melding_change", args=[melding_id])
    return f"{page}?{lists.query()}" if lists else page


def steps(lists: Listed, melding: Melding) -> Steps:
    """The neighbours, found from the key of the melding on; no more than CAP on each side are counted."""
    order = lists.asked.order
    key = order.key(melding)
    if not key:
        return Steps(0, "", "", "")
    ahead = order.before(order.sort(lists.rows, backwards=True), key)
    before = list(ahead.values_list("pk", flat=True)[: CAP + 1])
    rest = list(order.at(lists.rows, key).values_list("pk", flat=True)[: CAP + 2])
    is_there = rest[:1] == [melding.pk]
    after = rest[is_there:]
    position = len(before) + 1 if is_there and len(before) < CAP else 0
    return Steps(
        position,
        listing.in_words(len(before) + len(rest)) if position else "",
        page_of(before[0], lists) if before else "",
        page_of(after[0], lists) if after else "",
    )


def context(request: HttpRequest, melding: Melding) -> dict[str, Any]:
    """What the page shows of it; nothing where it was opened from no worklist."""
    lists = view_of(request)
    if lists is None:
        return {}
    return {
        "view": lists.query(),
        "view_name": lists.name,
        "view_address": lists.address(melding=melding.pk),
        "steps": steps(lists, melding),
    }
