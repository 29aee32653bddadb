"""The line about what a colleague did last, which stays for some minutes or until they do something else, and its
undoing.

It is kept in a signed cookie of the staff site: nobody can make one up, and where there is none no statement is spent.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.handling import undoing
from meldingen.handling.desk import rows
from meldingen.handling.desk.actions import ACTIONS
from meldingen.handling.triage import Case
from meldingen.record import references
from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import Municipality, User
from meldingen.tenancy.requests import municipality

COOKIE = "last_act"
MINUTES = 10  # after that nobody has in mind what they did
MERGE, CATEGORY = "merge", "recategorise"
_UNKNOWN, _TOLD = -1, -2  # in place of the last event before it: nothing can be undone
# What says itself that it is for good, or sends what was held at once.
FOR_GOOD = frozenset({"strike", "release", "read", "hold", "no-spam"})


@dataclass(frozen=True)
class LastAct:
    """What was done, to which melding, and the last event before it. `is_told`: somebody heard of it at once.

    `undone_of`: of which meldingen it is undone; who merges does something to others than the one that leads.
    `became`: category, team and term that it got by it.
    """

    melding_id: int
    reference: str
    done: Any
    after: int
    can_undo: bool
    is_told: bool
    undone_of: tuple[int, ...]
    became: str = ""

    @property
    def address(self) -> str:
        """The page of that melding."""
        return reverse("admin:meldingen_melding_change", args=[self.melding_id])


def keep(request: HttpRequest, response: HttpResponse, name: str, melding: Melding, seen: str) -> None:
    """Keep what was done; `seen` is the last event that the colleague had seen when they did it, as text."""
    after = int(seen) if seen.isascii() and seen.isdecimal() else _UNKNOWN
    _keep(request, response, name, melding, [melding.pk], after)


def keep_merger(request: HttpRequest, response: HttpResponse, lead: Melding, merged: Sequence[Event]) -> None:
    """Keep that others were merged into this one."""
    if merged:
        ids = [event.melding_id for event in merged]
        _keep(request, response, MERGE, lead, ids, min(event.pk for event in merged) - 1)


def _keep(
    request: HttpRequest, response: HttpResponse, name: str, melding: Melding, ids: Sequence[int], after: int
) -> None:
    where = municipality(request)
    if after >= 0 and name not in FOR_GOOD and isinstance(request.user, User):
        cases = [Case(melding_id=pk, municipality=where, actor=request.user) for pk in ids]
        after = after if undoing.can_undo(cases, after) else _TOLD
    became = _became(where, melding.pk) if name == CATEGORY else ""
    content = json.dumps([where.pk, request.user.pk, melding.pk, melding.reference, name, after, became, *ids])
    response.set_signed_cookie(
        COOKIE, content, salt=COOKIE, max_age=MINUTES * 60, path=reverse("admin:index"), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def forget(response: HttpResponse) -> None:
    """Nothing was done last."""
    response.delete_cookie(COOKIE, path=reverse("admin:index"), samesite="Lax")


def offered(request: HttpRequest) -> LastAct | None:
    """The same for a page: none where its undoing would be refused, for somebody did something with it since."""
    act = shown(request)
    if act is None or not act.can_undo or not isinstance(request.user, User):
        return act
    where = municipality(request)
    cases = [Case(melding_id=pk, municipality=where, actor=request.user) for pk in act.undone_of]
    return act if undoing.is_last(cases, act.after) else None


def shown(request: HttpRequest) -> LastAct | None:
    """What this colleague did last here; None where nothing was, or it is some time ago."""
    match _read(request):
        case [int(where), int(who), int(pk), str(reference), str(name), int(after), str(became), *ids]:
            done = _done(name)
            if where == municipality(request).pk and who == request.user.pk and done is not None:
                can_undo = after >= 0 and name not in FOR_GOOD
                undone_of = tuple(map(int, ids))
                is_told = after == _TOLD
                return LastAct(pk, references.spaced(reference), done, after, can_undo, is_told, undone_of, became)
    return None


def _became(where: Municipality, melding_id: int) -> str:
    """In one line: no more than the list shows of it."""
    melding = Melding.objects.of(where).select_related("category", "team").defer("search", "text").get(pk=melding_id)
    term = rows.term(melding, timezone.now(), where.time_zone)
    words = (
        melding.category.name if melding.category else "",
        melding.team.name if melding.team else "",
        str(term.words) if term else "",
    )
    return " · ".join(filter(None, words))


def _done(name: str) -> Any:
    if name == MERGE:
        return _("Others are merged into it.")
    return ACTIONS[name].done if name in ACTIONS else None


def _read(request: HttpRequest) -> Any:
    try:
        return json.loads(request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=MINUTES * 60) or "")
    except (BadSignature, ValueError):
        return None
