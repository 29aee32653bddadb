"""The line about what a colleague did last, which stays until they do something else, and its undoing.

It is kept in a signed cookie of the staff site: no statement is spent on it, and nobody can make one up.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from meldingen.handling.desk.actions import ACTIONS
from meldingen.record import references
from meldingen.record.models import Melding
from meldingen.tenancy.requests import municipality

COOKIE = "last_act"
HOURS = 12
# What says itself that it is for good, or sends what was held at once.
FOR_GOOD = frozenset({"strike", "release", "read", "hold", "no-spam"})


@dataclass(frozen=True)
class LastAct:
    """What was done, to which melding, and the last event before it."""

    melding_id: int
    reference: str
    done: Any
    after: int
    can_undo: bool

    @property
    def address(self) -> str:
        """The page of that melding."""
        return reverse("admin:meldingen_melding_change", args=[self.melding_id])


def keep(request: HttpRequest, response: HttpResponse, name: str, melding: Melding, seen: str) -> None:
    """Keep what was done; `seen` is the last event that the colleague had seen when they did it, as text."""
    after = int(seen) if seen.isascii() and seen.isdecimal() else -1
    content = json.dumps([municipality(request).pk, request.user.pk, melding.pk, melding.reference, name, after])
    response.set_signed_cookie(
        COOKIE, content, salt=COOKIE, max_age=HOURS * 3600, path=reverse("admin:index"), httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def forget(response: HttpResponse) -> None:
    """Nothing was done last."""
    response.delete_cookie(COOKIE, path=reverse("admin:index"), samesite="Lax")


def shown(request: HttpRequest) -> LastAct | None:
    """What this colleague did last here; None where nothing was."""
    match _read(request):
        case [int(where), int(who), int(pk), str(reference), str(name), int(after)]:
            action = ACTIONS.get(name)
            if where == municipality(request).pk and who == request.user.pk and action is not None:
                can_undo = after >= 0 and name not in FOR_GOOD
                return LastAct(pk, references.spaced(reference), action.done, after, can_undo)
    return None


def _read(request: HttpRequest) -> Any:
    try:
        return json.loads(request.get_signed_cookie(COOKIE, "", salt=COOKIE, max_age=HOURS * 3600) or "")
    except (BadSignature, ValueError):
        return None
