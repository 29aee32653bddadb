"""The meldingen that an address of the inbox asks for, page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.urls import reverse

from meldingen.handling import claiming, saved_worklists
from meldingen.handling.desk import asked as asking
from meldingen.handling.desk import confidential, rows, worklists
from meldingen.handling.desk.asked import Asked, Known
from meldingen.handling.desk.worklists import BUILT_IN, Reader
from meldingen.handling.models import Worklist
from meldingen.record.models import Melding
from meldingen.tenancy.models import User
from meldingen.tenancy.requests import municipality

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
    map: str = ""  # which piece of the town the map shows; empty for no map

    @property
    def name(self) -> str:
        """What stands above it."""
        return self.saved.name if self.saved else str(BUILT_IN[self.asked.worklist].name_for(self.reader))

    def address(self, **more: str | int) -> str:
        """Of the same worklist, with `more` in it."""
        return f"{reverse('admin:index')}?{self.query(**more)}"

    def query(self, **more: str | int) -> str:
        """As it stands in an address."""
        own: dict[str, str | int] = {"saved": self.saved.pk} if self.saved else {}
        return self.asked.query(**(own | {"map": self.map} | more))

    def with_map(self, look: str) -> Listed:
        """The same, on that piece of the map."""
        return replace(self, map=look)

    def offer_after(self, melding: Melding, user: User) -> int | None:
        """The one that follows on this melding as it was, else the first of all, of those that nobody else is offered.

        It is claimed. None where none is left.
        """
        order, key = self.asked.order, self.asked.order.key(melding)
        others, where = self.rows.exclude(pk=melding.pk), melding.municipality
        following = claiming.claim(where, user, order.after(others, key)) if key else None
        return following or claiming.claim(where, user, others)


class LostWords(Http404):
    """Words that are not kept, or not for this colleague."""


class LostView(Http404):
    """A saved worklist that names a colleague, a team or another row that is not there any more."""

    def __init__(self, saved: Worklist) -> None:
        super().__init__(saved.name)
        self.saved = saved


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
        known = asking.look_up(asked, where, reader.user_id)
    except asking.UnknownWords as error:
        raise (LostView(saved) if saved else LostWords()) from error
    except asking.Unknown as error:
        raise (LostView(saved) if saved else Http404()) from error
    visible = confidential.visible(request, Melding.objects.of(where))
    narrowed = asking.narrow(visible, asked, known, reader)
    return Listed(asked, known, asked.order.sort(narrowed), reader, saved, query.get("map", ""))


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
        meldingen = whole(ids)
        newer = order.key(meldingen[1]) if len(ids) > SIZE else ""
        return Page(meldingen[-SIZE:], newer=newer, older=before)
    ids = list(order.at(lists.rows, at).values_list("pk", flat=True)[: SIZE + 1])
    meldingen = whole(ids)
    older = meldingen[SIZE] if len(meldingen) > SIZE else None
    newer = order.key(meldingen[0]) if at and meldingen else ""
    return Page(meldingen[:SIZE], newer, order.key(older) if older else "", older.pk if older else None)


def whole(ids: Sequence[int], *, with_point: bool = False) -> list[Melding]:
    """These meldingen in this order, with what their lines show."""
    heavy = ("search", *(() if with_point else ("point",)), "buurt__geometry", "buurt__ages")
    rows_found = (
        rows.with_leads(rows.with_additions(Melding.objects.filter(pk__in=ids)))
        .select_related("category", "team", "buurt")
        .defer(*heavy)
    )
    by_id = {melding.pk: melding for melding in rows_found} if ids else {}
    return [by_id[pk] for pk in ids if pk in by_id]


def in_words(number: int | None) -> str:
    """A number that was counted up to a cap; empty for what is not counted."""
    if number is None:
        return ""
    return str(number) if number <= worklists.CAP else f"{worklists.CAP}+"
