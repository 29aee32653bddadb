"""The municipality's own map: the borders of its buurten and its streets, small enough for a telephone."""

import hashlib
import json

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from meldingen.places import areas, geo, tiles
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality

SECONDS_KEPT = 600
TOLERANCE = 5.0  # metres; what a border may move on the map
DECIMALS = 5  # of a degree: one metre


@require_safe
def areas_geojson(request: HttpRequest) -> HttpResponse:
    """GeoJSON of the buurten in use: code, name, border in degrees."""
    here = municipality(request)
    loaded = here.areas_loaded_at.timestamp() if here.areas_loaded_at else 0
    key = f"areas.geojson:{here.pk}:{here.area_vintage}:{loaded}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = _geojson(here)
        cache.set(key, content, SECONDS_KEPT)
    return _kept(request, content, "application/geo+json")


@require_safe
@gzip_page
def square(request: HttpRequest, z: int, x: int, y: int) -> HttpResponse:
    """What our own map draws in one square, as `places.tiles` says it."""
    here = municipality(request)
    if not tiles.exists(z, x, y):
        raise Http404
    loaded = here.map_loaded_at.timestamp() if here.map_loaded_at else 0
    key = f"square:{here.pk}:{loaded}:{z}:{x}:{y}"
    content: bytes | None = cache.get(key)
    if content is None:
        content = tiles.square(here, z, x, y)
        cache.set(key, content, SECONDS_KEPT)
    return _kept(request, content, "application/json")


def _kept(request: HttpRequest, content: bytes, kind: str) -> HttpResponse:
    """An answer that a browser keeps for a while and then only asks about."""
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    response = HttpResponse(content, content_type=kind)
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={SECONDS_KEPT}"
    return get_conditional_response(request, etag=etag, response=response) or response


def _geojson(here: Municipality) -> bytes:
    border = geo.border("geometry", decimals=DECIMALS, tolerance=TOLERANCE)
    rows = areas.buurten(here).annotate(border=border)
    features = [
        {"type": "Feature", "properties": {"code": row.code, "name": row.name}, "geometry": _shape(row.border)}
        for row in rows
    ]
    head = {"type": "FeatureCollection", "attribution": areas.attribution(here)}
    return json.dumps(head | {"features": features}, separators=(",", ":")).encode()


def _shape(border: str) -> object:
    """None, as GeoJSON writes an area without a place, where nothing is left at this scale."""
    shape = json.loads(border)
    return shape if shape["coordinates"] else None
