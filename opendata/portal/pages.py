"""The page about privacy, and what all pages of the portal have."""

import logging
import math
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.urls import absolute
from opendata import histories, versions
from opendata.formats import HISTORY_FORMATS
from opendata.models import Budget
from opendata.portal import schema_org, with_and_without

logger = logging.getLogger(__name__)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """How one melding is protected, in plain words, and what is not covered."""
    here = municipality(request)
    context = {"picture": with_and_without.picture(here), "spent": with_and_without.accounts(here)}
    return shown_page(request, "opendata/privacy.html", context, None)


def statement(request: HttpRequest) -> dict[str, Any]:
    """The figures of the promise: they hold for every melding of every period, so they are those of the largest budget
    that was ever granted or is set now."""
    here = municipality(request)
    budgets = Budget.objects.of(here).values_list("kind").annotate(Max("granted")).order_by()
    grants = dict(budgets)
    month = max(here.epsilon_month, grants.get(Budget.Kind.MONTH, Decimal(0)))
    year = max(here.epsilon_year, grants.get(Budget.Kind.YEAR, Decimal(0)))
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


def shown_page(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    describe: Callable[[str], schema_org.Values] | None,
) -> HttpResponse:
    """A page, with the address that the municipality calls its own, and what search engines read of it: neither where
    it has no host of its own.
    """
    try:
        root = absolute(municipality(request), "/").rstrip("/")
    except ValueError:
        return render(request, template, context | statement(request))
    block = schema_org.block(describe(root)) if describe else None
    for_all = {"canonical": root + request.path, "described": block}
    response = render(request, template, context | for_all | statement(request))
    return response if block is None else block.allow(response)


def history_of(here: Municipality, slug: str) -> versions.Pointer | None:
    """The files with every period; None while they are not written, or cannot be read."""
    try:
        return histories.read(here, slug)
    except versions.PointerBroken:
        logger.exception("the pointer of %s cannot be read", slug)
        return None


def files_of(history: versions.Pointer | None) -> list[tuple[str, str, int]]:
    """Label, format and size of each."""
    files = {} if history is None else history.files
    return [(kind.label, kind.name, files[kind.name].size) for kind in HISTORY_FORMATS.values() if kind.name in files]
