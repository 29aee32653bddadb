"""One melding on a sheet of A4, to take along: its map and its history, and nothing of its reporter."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldingen.categories.models import Category
from meldingen.handling.desk import detail, rows
from meldingen.places import pictures
from meldingen.record import references
from meldingen.tenancy.models import Team
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may

MOST = 6  # lines of the history: the sheet stays one
MOST_BESIDE_LONG = 4  # the same, where the words need the room
LONG, LINES = 500, 6  # signs and lines; more than one of these is set smaller
LONGEST, MOST_LINES = 1500, 14  # more does not fit, and is said to be elsewhere


@dataclass(frozen=True)
class Words:
    """What the reporter wrote, as much as fits on the sheet, without empty lines."""

    text: str
    is_long: bool
    is_cut: bool


def fit(text: str) -> Words:
    """As much of it as leaves room for the map and the history."""
    lines = [line for line in text.splitlines() if line.strip()]
    whole = "\n".join(lines)
    some = "\n".join(lines[:MOST_LINES])[:LONGEST]
    return Words(some, len(whole) > LONG or len(lines) > LINES, some != whole)


@require_safe
def sheet(request: HttpRequest, melding_id: int) -> HttpResponse:
    """The sheet. Answers and notes are on the page alone: names may stand in them."""
    if not may(request, Right.VIEW):
        raise PermissionDenied
    melding, where = detail.find(request, str(melding_id)), municipality(request)
    categories = {each.pk: each.name for each in Category.objects.of(where)}
    teams = dict(Team.objects.of(where).values_list("pk", "name"))
    words = fit(melding.text)
    history = detail.history(detail.events_of(melding), categories, teams)
    context = {
        "melding": melding,
        "words": words,
        "goes_with": rows.lead_of(melding),
        "reference": references.spaced(melding.reference),
        "place": rows.place_of(melding),
        "picture": pictures.around(where, melding.point),
        "history": history[: MOST_BESIDE_LONG if words.is_long else MOST],
    }
    return render(request, "handling/sheet.html", context)
