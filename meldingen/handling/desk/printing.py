"""One melding on a sheet of A4, to take along: its map and its history, and nothing of its reporter."""

from __future__ import annotations

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

MOST = 12  # lines of the history: the sheet stays one


@require_safe
def sheet(request: HttpRequest, melding_id: int) -> HttpResponse:
    """The sheet. Answers and notes are on the page alone: names may stand in them."""
    if not may(request, Right.VIEW):
        raise PermissionDenied
    melding, where = detail.find(request, str(melding_id)), municipality(request)
    categories = {each.pk: each.name for each in Category.objects.of(where)}
    teams = dict(Team.objects.of(where).values_list("pk", "name"))
    context = {
        "melding": melding,
        "reference": references.spaced(melding.reference),
        "place": rows.place_of(melding),
        "picture": pictures.around(where, melding.point),
        "history": detail.history(detail.events_of(melding), categories, teams)[:MOST],
    }
    return render(request, "handling/sheet.html", context)
