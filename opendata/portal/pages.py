"""The list of datasets, a page per dataset, and the page about privacy."""

import logging
import math
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from analytics import grid
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.urls import absolute
from opendata import histories, maps, queries, versions
from opendata.datasets import document
from opendata.datasets.caveats import first_figures_in_words, registered_in_words
from opendata.datasets.reasons import reason_in_words
from opendata.disclosure import intervals
from opendata.formats import HISTORY_FORMATS
from opendata.models import Budget, PlannedTable, Release
from opendata.portal import schema_org, with_and_without
from opendata.registration import registration_of

logger = logging.getLogger(__name__)
PREVIEW_ROWS = 15
# The columns that people read; codes are for machines.
NAMES = {"wijknaam", "buurtnaam", "hoofdcategorie", "categorie", "afhandeltijd"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is published here, and what is not and why."""
    here = municipality(request)
    registration = registration_of(here)
    context = {
        "datasets": queries.summaries(here, registration),
        "reasons": _reasons(here),
        "registered": registered_in_words(registration),
        "first_figures": first_figures_in_words(registration, timezone.localdate()),
    }
    return _shown(request, "opendata/index.html", context, lambda root: schema_org.catalogue(here, root))


@require_safe
def dataset(request: HttpRequest, dataset: str) -> HttpResponse:
    """One dataset: what it is, how it is protected, how it looks, and its files. 404 for the neighbour's."""
    here = municipality(request)
    found = queries.dataset(here, registration_of(here), dataset)
    if found is None:
        raise Http404
    preview, whole = _preview(here, found.latest), _history(here, dataset)
    context: dict[str, Any] = {
        "found": found,
        "history": _files(whole),
        "has_areas": maps.is_written(here, preview["vintage"]),
        "dataset": found.dataset,
        "latest": found.latest,
        "preview": preview,
        "half_width": intervals.half_width(Fraction(found.latest.release.epsilon)),
        "least_difference": intervals.least_difference(Fraction(found.latest.release.epsilon)),
    }
    return _shown(request, "opendata/dataset.html", context, lambda root: schema_org.dataset(here, root, found, whole))


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """How one melding is protected, in plain words, and what is not covered."""
    here = municipality(request)
    context = {"picture": with_and_without.picture(here), "spent": with_and_without.spent(here)}
    return _shown(request, "opendata/privacy.html", context, None)


def statement(request: HttpRequest) -> dict[str, Any]:
    """The figures of the promise: they hold for every melding of every period, so they are those of the largest budget
    that was ever granted or is set now."""
    here = municipality(request)
    budgets = Budget.objects.of(here).values_list("kind").annotate(Max("granted")).order_by()
    granted = dict(budgets)
    month = max(here.epsilon_month, granted.get(Budget.Kind.MONTH, Decimal(0)))
    year = max(here.epsilon_year, granted.get(Budget.Kind.YEAR, Decimal(0)))
    factor = math.exp(float(month + year))
    return {
        "epsilon_month": month.normalize(),
        "epsilon_year": year.normalize(),
        "epsilon": (month + year).normalize(),
        "epsilon_twice": (2 * (month + year)).normalize(),
        "factor": factor,
        "factor_twice": factor * factor,
        "certainty": round(100 * factor / (1 + factor)),
    }


def _reasons(here: Municipality) -> list[str]:
    """Why tables of the newest year are not published as declared."""
    plans = list(PlannedTable.objects.of(here).order_by("-year", "id"))
    return [reason_in_words(planned) for planned in plans if planned.year == plans[0].year and planned.reason]


def _shown(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    described: Callable[[str], schema_org.Values] | None,
) -> HttpResponse:
    """A page, with the address that the municipality calls its own, and what search engines read of it: neither where
    it has no host of its own.
    """
    try:
        root = absolute(municipality(request), "/").rstrip("/")
    except ValueError:
        return render(request, template, context | statement(request))
    block = schema_org.block(described(root)) if described else None
    shared = {"canonical": root + request.path, "described": block}
    response = render(request, template, context | shared | statement(request))
    return response if block is None else block.allow(response)


def _history(here: Municipality, slug: str) -> versions.Pointer | None:
    """The files with every period; None while they are not written, or cannot be read."""
    try:
        return histories.read(here, slug)
    except versions.PointerBroken:
        logger.exception("the pointer of %s cannot be read", slug)
        return None


def _files(history: versions.Pointer | None) -> list[tuple[str, str, int]]:
    """Label, format and size of each."""
    files = {} if history is None else history.files
    return [(made.label, made.name, files[made.name].size) for made in HISTORY_FORMATS.values() if made.name in files]


def _preview(here: Municipality, latest: queries.PublicRelease) -> dict[str, Any]:
    """The highest numbers of a release with the names that people read; the files have everything."""
    release = Release.objects.defer("noise").get(pk=latest.release.pk)
    fixed = grid.read(here, release.grid_year)
    if fixed is None:
        raise Http404
    whole = document(release, fixed, latest.caveats)
    names = [column for column in whole.columns if column in NAMES]
    highest = sorted(whole.rows, key=lambda row: -int(row["aantal"] or 0))[:PREVIEW_ROWS]
    rows = [
        {
            "name": row[names[-1]],
            "within": " · ".join(str(row[name]) for name in names[:-1]),
            "number": row["aantal"],
            "lower": row["ondergrens"],
            "upper": row["bovengrens"],
        }
        for row in highest
    ]
    return {"rows": rows, "total": len(whole.rows), "vintage": fixed.vintage, "attribution": fixed.attribution}
