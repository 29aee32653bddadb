"""The inbox, which is the front page of the staff site: worklists, the meldingen of one of them, and one melding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meldingen.handling import claiming, saved_worklists
from meldingen.handling.desk import asked as asking
from meldingen.handling.desk import confidential, detail, last_act, merging, rows, searching, worklists
from meldingen.handling.desk.actions import ActionForm
from meldingen.handling.desk.asked import Asked, Known
from meldingen.handling.desk.offering import for_colleague, primary
from meldingen.handling.desk.orders import ORDERS
from meldingen.handling.desk.worklists import BUILT_IN, Reader
from meldingen.handling.models import Worklist
from meldingen.limits.rules import is_flooded
from meldingen.record.models import Melding
from meldingen.staffsite.site import site
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

Meldingen = QuerySet[Melding]
SIZE = 50  # rows of a page


@dataclass(frozen=True)
class Listed:
    """The worklist that an address asks for, as this colleague may see it."""

    asked: Asked
    known: Known
    rows: Meldingen  # in their order
    reader: Reader
    saved: Worklist | None = None

    @property
    def name(self) -> str:
        """What stands above it."""
        return self.saved.name if self.saved else str(BUILT_IN[self.asked.worklist].name)

    def address(self, **more: str | int) -> str:
        """Of the same worklist, with `more` in it."""
        return f"{reverse('admin:index')}?{self.asked.query(**self._own(), **more)}"

    def _own(self) -> dict[str, str | int]:
        return {"saved": self.saved.pk} if self.saved else {}

    def offer_after(self, melding: Melding, user: User) -> int | None:
        """The one that follows on this melding as it was, else the first of all, of those that nobody else is offered.

        It is claimed. None where none is left.
        """
        order, key = self.asked.order, self.asked.order.key(melding)
        others, where = self.rows.exclude(pk=melding.pk), melding.municipality
        following = claiming.claim(where, user, order.after(others, key)) if key else None
        return following or claiming.claim(where, user, others)


@dataclass(frozen=True)
class Page:
    """The rows of one page with the keys of the pages beside it, empty where there is none. `next_id`: the first
    melding of the next page.
    """

    meldingen: Sequence[Melding]
    newer: str = ""
    older: str = ""
    next_id: int | None = None


def listed(request: HttpRequest, query: QueryDict) -> Listed:
    """What the query asks. Http404 for what is not of this municipality, UnreadableDate for a day that is none."""
    where, reader = municipality(request), worklists.reader_of(request)
    saved = _saved(request, query.get("saved", ""))
    asked_of = QueryDict(saved.query) if saved else query
    try:
        asked = asking.read(asked_of, worklists.first_of(request))
        known = asking.look_up(asked, where)
    except asking.Unknown as error:
        raise Http404 from error
    visible = confidential.visible(request, Melding.objects.of(where))
    narrowed = asking.narrow(visible, asked, known, reader)
    return Listed(asked, known, asked.order.sort(narrowed), reader, saved)


def _saved(request: HttpRequest, text: str) -> Worklist | None:
    if not text:
        return None
    is_number = text.isascii() and text.isdecimal() and len(text) < 19
    worklist = readable(request).filter(pk=int(text)).first() if is_number else None
    if worklist is None:
        raise Http404
    return worklist


def readable(request: HttpRequest) -> QuerySet[Worklist]:
    """The saved worklists that this colleague sees."""
    if not isinstance(request.user, User):
        return Worklist.objects.none()
    return saved_worklists.readable(municipality(request), request.user)


def page_of(lists: Listed, *, at: str = "", before: str = "") -> Page:
    """A page that begins at a key, or ends before one; else the first. Ids first: they are found in an index alone."""
    order = lists.asked.order
    if before:
        ahead = order.before(order.sort(lists.rows, backwards=True), before)
        ids = list(ahead.values_list("pk", flat=True)[: SIZE + 1])[::-1]
        if not ids:  # what stood there is gone
            return page_of(lists)
        meldingen = _whole(ids)
        newer = order.key(meldingen[1]) if len(ids) > SIZE else ""
        return Page(meldingen[-SIZE:], newer=newer, older=before)
    ids = list(order.at(lists.rows, at).values_list("pk", flat=True)[: SIZE + 1])
    meldingen = _whole(ids)
    older = meldingen[SIZE] if len(meldingen) > SIZE else None
    newer = order.key(meldingen[0]) if at and meldingen else ""
    return Page(meldingen[:SIZE], newer, order.key(older) if older else "", older.pk if older else None)


def _whole(ids: Sequence[int]) -> list[Melding]:
    heavy = ("search", "point", "buurt__geometry", "buurt__ages")
    rows_found = (
        rows.with_additions(Melding.objects.filter(pk__in=ids))
        .select_related("category", "team", "buurt")
        .defer(*heavy)
    )
    by_id = {melding.pk: melding for melding in rows_found} if ids else {}
    return [by_id[pk] for pk in ids if pk in by_id]


@never_cache
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """The page: a row opens beside the list, on a phone instead of it."""
    try:
        lists = listed(request, request.GET)
    except asking.UnreadableDate:
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
    numbers = worklists.counts(visible, lists.reader)
    context = {
        **site.each_context(request),
        **_list_context(request, lists, page, melding, numbers),
        **(pane(request, lists, page, melding, busy, reveal=reveal) if melding else {}),
        "title": lists.name,
        "is_flooded": is_flooded(where.pk),
        "list_address": lists.address(),
        "results": searching.results_address(request, query.get(searching.QUERY, "")),
        "back": _place(lists, page, query),
        "last": last_act.shown(request),
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


def _place(lists: Listed, page: Page, query: QueryDict) -> str:
    """The query of the page that is open, as forms carry it: who acts comes back to the same place."""
    at = lists.asked.order.key(page.meldingen[0]) if page.meldingen and (query.get("at") or page.newer) else ""
    return lists.address(at=at).partition("?")[2]


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
        "filters_address": f"{reverse('admin:filters')}?{lists.asked.query()}",
        "sorts": _sorts(lists),
        "current_list": lists.asked.worklist,
        "done": BUILT_IN[lists.asked.worklist].done,
        "next_list": next_list(lists, numbers),
        "number": in_words(numbers.get(lists.asked.worklist)) if not lists.asked.filters else "",
    }


def _offered_to(request: HttpRequest, page: Page) -> dict[int, str]:
    """Which of these meldingen are offered to a colleague at this moment, and to whom."""
    if not isinstance(request.user, User):
        return {}
    others = claiming.claimed(municipality(request), request.user).filter(
        melding__in=[each.pk for each in page.meldingen]
    )
    return {each.melding_id: str(each.user.get_full_name() or each.user) for each in others.select_related("user")}


def in_words(number: int | None) -> str:
    """A number that was counted up to a cap; empty for what is not counted."""
    if number is None:
        return ""
    return str(number) if number <= worklists.CAP else f"{worklists.CAP}+"


def _item(each: worklists.BuiltIn, lists: Listed, numbers: dict[str, int]) -> dict[str, Any]:
    number = numbers.get(each.slug)
    return {
        "slug": each.slug,
        "name": each.name,
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
    busy: tuple[str, ActionForm] | None = None,
    *,
    reveal: detail.Reveal = detail.NOTHING,
) -> dict[str, Any]:
    """What the pane of one melding shows."""
    shown = detail.context(request, melding, reveal, busy[1].seen_before if busy else "")
    acts = for_colleague(request, melding, shown, busy)
    return {
        **shown,
        "group": merging.group(request, melding),
        "selected": rows.row(melding, lists.reader.now, lists.reader.zone),
        "offered": sorted(acts, key=lambda each: not each.is_open),
        "primary": primary(melding, acts, busy),
        "busy": busy[1] if busy else None,
        **_beside(lists, page, melding),
    }


def _beside(lists: Listed, page: Page, melding: Melding) -> dict[str, Any]:
    """The meldingen before and after it in the list, and which one of them it is."""
    ids = [each.pk for each in page.meldingen]
    if melding.pk not in ids:
        return {"previous": "", "following": "", "position": 0}
    here = ids.index(melding.pk)
    place: dict[str, str | int] = {"at": lists.asked.order.key(page.meldingen[0])} if page.newer else {}
    following = ids[here + 1] if here + 1 < len(ids) else None
    after = lists.address(**place, melding=following) if following else ""
    if not after and page.next_id:
        after = lists.address(at=page.older, melding=page.next_id)
    return {
        "previous": lists.address(**place, melding=ids[here - 1]) if here else "",
        "following": after,
        "position": 0 if page.newer else here + 1,
    }
