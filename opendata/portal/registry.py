"""The entry of a municipality for the international registry of deployments of differential privacy, from its ledger.

It is JSON, which is YAML too. In English, whoever asks: that registry is read in it.
"""

import json
from typing import Any

from django.db.models import Max, Min
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.urls import absolute
from opendata.models import Budget, Release
from opendata.portal.absence import absent
from opendata.portal.contents import FOR_A_WHILE
from opendata.portal.pages import statement

_STATEMENT = (
    "A month costs at most {month} on the account of the month of a melding, its year at most {year} on that of the "
    "year. Together they bound what all tables ever released under this budget tell about one melding. Someone who "
    "makes k meldingen has k times that."
)


@require_safe
def registry_entry(request: HttpRequest) -> HttpResponse:
    """The entry; 404 while nothing was drawn."""
    here = municipality(request)
    days = Release.objects.drawn().of(here).aggregate(first=Min("drawn_at"), last=Max("drawn_at"))
    if days["first"] is None:
        return absent(request, "json", _("Nothing has been published yet."))
    basic = _basic(here) | {"publication_date": days["first"].date().isoformat()}
    deployment = {"basic": basic, **_promise(statement(request)), **_making(here)}
    entry = {
        "url_slug": f"meldingen-{here.code.lower()}",
        "status": "Draft",
        "tier": 3,
        "deployment": deployment,
    }
    answer = HttpResponse(json.dumps(entry, ensure_ascii=False, indent=1), content_type="application/json")
    answer["Cache-Control"] = FOR_A_WHILE
    return answer


def _basic(here: Municipality) -> dict[str, Any]:
    return {
        "name": f"Meldingen about the public space, {here.name}",
        "data_curators": [here.publisher_name],
        "intended_use": "Open data: how many reports about the public space come in, about what, and where.",
        "data_product_type": "Summary statistics",
        "data_product_region": f"{here.name} ({here.code}), the Netherlands",
        "description": "Counts of reports (meldingen) by area and category for each month, quarter or year.",
        "data_product_sector": "Government",
    }


def _promise(figures: dict[str, Any]) -> dict[str, Any]:
    """What one melding may be told of, by the largest budget that was ever granted or is set now."""
    words = _STATEMENT.format(month=figures["epsilon_month"], year=figures["epsilon_year"])
    return {
        "dp_variant": {
            "variant_name": "Pure DP",
            "data_domain": "Reports received in a period, by a grid of areas and categories fixed before the year.",
            "unprotected_quantities": "The grid, the budget, which periods were registered, and expected errors.",
        },
        "privacy_loss": {
            "privacy_unit": "One report (melding)",
            "privacy_unit_details": "Adding or removing one report; changing its place or category costs twice that.",
            "privacy_parameters": {"epsilon": float(figures["epsilon"])},
            "privacy_parameters_details": words,
        },
    }


def _making(here: Municipality) -> dict[str, Any]:
    months = Budget.objects.of(here).filter(kind=Budget.Kind.MONTH, spent__gt=0).count()
    return {
        "deployment_model": {
            "model_name": "Central",
            "release_type": "Many releases",
            "release_type_details": f"Each period is drawn once; so far {months} months have spent of their budget.",
            "data_source_type": "Dynamic",
            "access_type": "Non-interactive",
        },
        "accounting": {
            "post_processing": "Estimates, intervals, sums, rates and pictures are computed from released draws alone.",
            "composition": "Sequential within an account, parallel over months; sums of exact rationals.",
        },
        "implementation": {
            "mechanisms": "Discrete Laplace noise by an exact integer sampler on a cryptographic source, no seeds.",
            "justification": "Every key of the fixed grid is published, zeros too; no threshold, no suppression.",
        },
        "administrative": {"sources": _source(here), "registry_authors": [here.publisher_name]},
    }


def _source(here: Municipality) -> str:
    try:
        return absolute(here, "/data/privacy")
    except ValueError:
        return "/data/privacy"
