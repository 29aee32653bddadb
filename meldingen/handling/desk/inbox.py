"""The inbox, which is the front page of the staff site: worklists, the meldingen of one of them, and one melding."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meldingen.handling import claiming
from meldingen.handling.desk import asked as asking
from meldingen.handling.desk import (
    confidential,
    detail,
    last_act,
    merging,
    on_map,
    rows,
    searching,
    worklists,
)
from meldingen.handling.desk.actions import ActionForm
from meldingen.handling.desk.listing import (
    Listed,
    LostView,
    LostWords,
    Meldingen,
    Page,
    in_words,
    listed,
    page_of,
    readable,
)
from meldingen.handling.desk.offering import for_colleague, primary
from meldingen.handling.desk.orders import ORDERS
from meldingen.handling.desk.worklists import BUILT_IN
from meldingen.limits.rules import is_flooded
from meldingen.record.models import Melding
from meldingen.staffsite.site import site
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

_ALL, _BEFORE = "#all", "#before"  # no worklist is called so


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The page: a row opens beside the list, on a phone instead of it."""
    try:
        lists = listed(request, request.GET)
    except LostView as lost:
        return HttpResponseRedirect(f"{reverse('admin:filters')}?lost={lost.saved.pk}")
    except (asking.UnreadableDate, LostWords):
        return HttpResponseRedirect(f"{reverse('admin:filters')}?{request.GET.urlencode()}")
    return show(request, lists, request.GET)


def show(
    request: HttpRequest,
    lists: Listed,
    query: QueryDict,
    busy: tuple[str, ActionForm] | None = None,
    *,
    reveal: detail.Reveal = detail.NOTHING,
) -> HttpResponse:
    """The page with the melding that the query names; `busy` is an action that was refused, with what was typed."""
    where = municipality(request)
    pk = query.get("melding")
    melding = detail.find(request, pk) if pk else None
    page = page_of(lists, at=query.get("at", ""), before=query.get("before", ""))
    if melding and melding.pk not in {each.pk for each in page.meldingen} and not query.get("before"):
        page = _page_with(lists, melding) or page
    visible = confidential.visible(request, Melding.objects.of(where))
    numbers = worklists.counts(visible, lists.reader, _around(lists, page, melding))
    context = {
        **site.each_context(request),
        **_list_context(request, lists, page, melding, numbers),
        **(pane(request, lists, page, melding, numbers, busy, reveal=reveal) if melding else {}),
        **(on_map.context(request, lists) if lists.map and not melding else {}),
        "title": lists.name,
        "is_flooded": is_flooded(where.pk),
        "list_address": lists.address(),
        "map_address": lists.address(map=lists.map or on_map.WHOLE),
        "list_only": lists.address(map=""),
        "map_open": bool(lists.map),
        "with_map": lists.map if lists.map and not melding else "",
        "results": searching.results_address(request, query.get(searching.QUERY, "")),
        "back": _place(request, lists, page, query),
        "own_page": f"?{lists.query()}",
        "last": None if busy else last_act.offered(request),
        "may_contact_search": may(request, Right.CONTACT),
        "may_work": may(request, Right.HANDLE_OWN),
        "may_bulk": may(request, Right.HANDLE),
    }
    return TemplateResponse(request, "handling/inbox.html", context)


def _page_with(lists: Listed, melding: Melding) -> Page | None:
    """The page that begins at a melding of this worklist; None for one that is not in it."""
    if not lists.rows.filter(pk=melding.pk).exists():
        return None
    return page_of(lists, at=lists.asked.order.key(melding))


def _place(request: HttpRequest, lists: Listed, page: Page, query: QueryDict) -> str:
    """The query of the page that is open, as forms carry it: who acts comes back to the same place and search."""
    at = lists.asked.order.key(page.meldingen[0]) if page.meldingen and (query.get("at") or page.newer) else ""
    number = query.get(searching.QUERY, "")
    search = {searching.QUERY: number if searching.results_address(request, number) else ""}
    return lists.query(at=at, **search)


def _list_context(
    request: HttpRequest, lists: Listed, page: Page, melding: Melding | None, numbers: dict[str, int]
) -> dict[str, Any]:
    reader, place = lists.reader, {"at": page.newer and lists.asked.order.key(page.meldingen[0])}
    selection = melding.pk if melding else None
    saved, offered_to = list(readable(request)), _offered_to(request, page)
    return {
        "lists": [_item(each, lists, numbers) for each in worklists.built_in_of(reader)],
        "saved_lists": saved,
        "saved": lists.saved,
        "rows": [
            {
                "row": rows.row(each, reader.now, reader.zone, selected=selection, taken=offered_to),
                "address": lists.address(**place, melding=each.pk),
            }
            for each in page.meldingen
        ],
        "newer": lists.address(before=page.newer) if page.newer else "",
        "older": lists.address(at=page.older) if page.older else "",
        "chips": [] if lists.saved else asking.chips(lists.asked, lists.known),
        "filters_address": f"{reverse('admin:filters')}?{lists.asked.query(map=lists.map)}",
        "sorts": _sorts(lists),
        "current_list": lists.asked.worklist,
        "done": BUILT_IN[lists.asked.worklist].done,
        "next_list": next_list(lists, numbers),
        "number": _number(lists, numbers),
    }


def _number(lists: Listed, numbers: dict[str, int]) -> str:
    """How many there are, in words; empty where filters narrow them, or the worklist is not counted."""
    return "" if lists.asked.filters else in_words(numbers.get(lists.asked.worklist))


def _offered_to(request: HttpRequest, page: Page) -> dict[int, str]:
    """Which of these meldingen are offered to a colleague at this moment, and to whom."""
    if not isinstance(request.user, User):
        return {}
    others = claiming.claimed(municipality(request), request.user).filter(
        melding__in=[each.pk for each in page.meldingen]
    )
    return {each.melding_id: str(each.user.get_full_name() or each.user) for each in others.select_related("user")}


def _item(each: worklists.BuiltIn, lists: Listed, numbers: dict[str, int]) -> dict[str, Any]:
    number = numbers.get(each.slug)
    return {
        "slug": each.slug,
        "name": each.name_for(lists.reader),
        "icon": each.icon,
        "number": in_words(number),
        "is_late": each.slug == "late" and bool(number),
        "is_current": lists.saved is None and each.slug == lists.asked.worklist,
    }


def _sorts(lists: Listed) -> list[dict[str, Any]]:
    """The orders in which it does not stand now."""
    return [
        {"words": order.words, "query": replace(lists.asked, sort=name).query()}
        for name, order in ORDERS.items()
        if order is not lists.asked.order
    ]


def next_list(lists: Listed, numbers: dict[str, int]) -> dict[str, Any] | None:
    """Where to go when nothing is left: the next worklist that holds something."""
    slugs = list(BUILT_IN)
    here = slugs.index(lists.asked.worklist)
    for slug in slugs[here + 1 :] + slugs[:here]:
        if numbers.get(slug):
            return {"slug": slug, "name": BUILT_IN[slug].name, "number": in_words(numbers[slug])}
    return None


def pane(
    request: HttpRequest,
    lists: Listed,
    page: Page,
    melding: Melding,
    numbers: dict[str, int],
    busy: tuple[str, ActionForm] | None = None,
    *,
    reveal: detail.Reveal = detail.NOTHING,
) -> dict[str, Any]:
    """What the pane of one melding shows."""
    shown = detail.context(request, melding, reveal, busy[1].seen_before if busy else "")
    acts = for_colleague(request, melding, shown, busy)
    return {
        **shown,
        "group": merging.group(request, melding, shown["guess"]),
        "selected": rows.row(melding, lists.reader.now, lists.reader.zone),
        "offered": sorted(acts, key=lambda each: not each.is_open),
        "primary": primary(melding, acts, busy),
        "busy": busy[1] if busy else None,
        **_beside(lists, page, melding, numbers),
    }


def _beside(lists: Listed, page: Page, melding: Melding, numbers: dict[str, int]) -> dict[str, Any]:
    """The meldingen before and after it in the list, and which one of them it is."""
    ids = [each.pk for each in page.meldingen]
    if melding.pk not in ids:
        return {"previous": "", "following": "", "position": 0, "total": ""}
    here = ids.index(melding.pk)
    place: dict[str, str | int] = {"at": lists.asked.order.key(page.meldingen[0])} if page.newer else {}
    following = ids[here + 1] if here + 1 < len(ids) else None
    after = lists.address(**place, melding=following) if following else ""
    if not after and page.next_id:
        after = lists.address(at=page.older, melding=page.next_id)
    return {
        "previous": lists.address(**place, melding=ids[here - 1]) if here else "",
        "following": after,
        **_standing(page, melding, numbers),
    }


def _around(lists: Listed, page: Page, melding: Melding | None) -> dict[str, Meldingen]:
    """What is counted beside the worklists for “3 of 23”: all of this one, and what stands before its page."""
    first = page.meldingen[0] if page.newer else None
    if melding not in page.meldingen:
        return {}
    order = lists.asked.order
    return {_ALL: lists.rows} | ({_BEFORE: order.before(lists.rows, order.key(first))} if first else {})


def _standing(page: Page, melding: Melding, numbers: dict[str, int]) -> dict[str, Any]:
    """Which one it is of how many; 0 beyond what is counted."""
    before = numbers.get(_BEFORE, 0)
    position = before + page.meldingen.index(melding) + 1 if before <= worklists.CAP else 0
    return {"position": position, "total": in_words(numbers.get(_ALL))}
