"""The public map, with the same as a list beside it; complete without JavaScript."""

import json
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from meldingen.categories.models import Category
from meldingen.nearby import on_map
from meldingen.nearby.on_map import Spot
from meldingen.places.base_map import base_map
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality

SECONDS_KEPT = 300


@require_safe
def public_map(request: HttpRequest) -> HttpResponse:
    """What is known in the town, the newest day first."""
    here = municipality(request)
    kinds = list(on_map.categories(here))
    category = _choice(kinds, request.GET.get("onderwerp", ""))
    number = _number(request.GET.get("blad", "1"))
    spots, has_older = on_map.page_of(here, category, number)
    context = {
        "kinds": kinds,
        "category": category,
        "spots": spots,
        "newer": number - 1,
        "older": number + 1 if has_older and number < on_map.PAGES else 0,
        "base_map": base_map(here),
    }
    return render(request, "nearby/map.html", context)


@require_safe
@gzip_page
def spots_geojson(request: HttpRequest) -> HttpResponse:
    """The same as GeoJSON, for the map to draw."""
    here = municipality(request)
    category = _choice(list(on_map.categories(here)), request.GET.get("onderwerp", ""))
    key = f"spots:{here.pk}:{category.pk if category else 0}:{translation.get_language()}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = _geojson(here, category)
        cache.set(key, content, SECONDS_KEPT)
    response = HttpResponse(content, content_type="application/geo+json")
    response["Cache-Control"] = f"public, max-age={SECONDS_KEPT}"
    return response


def _choice(kinds: list[Category], slug: str) -> Category | None:
    """The category with this code; None for none, Http404 for one that is not shown."""
    if not slug:
        return None
    category = next((kind for kind in kinds if kind.slug == slug), None)
    if category is None:
        raise Http404
    return category


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0
    if not 1 <= number <= on_map.PAGES:
        raise Http404
    return number


def _geojson(here: Municipality, category: Category | None) -> bytes:
    features = [_feature(spot) for spot in on_map.spots(here, category)]
    return json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")).encode()


def _feature(spot: Spot) -> dict[str, Any]:
    properties = {
        "soort": spot.category.name,
        "object": str(spot.asset) if spot.asset else "",
        "gemeld": spot.received_on.isoformat(),
        "opgelost": spot.solved_on.isoformat() if spot.solved_on else "",
    }
    return {"type": "Feature", "properties": properties, "geometry": {"type": "Point", "coordinates": spot.place}}
