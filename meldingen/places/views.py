"""The municipality's own map: the borders of its buurten and its streets, small enough for a telephone."""

import hashlib
import json
from collections.abc import Sequence

from django.contrib.gis.geos import Point
from django.core.cache import cache, caches
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meldingen.places import areas, assets, geo, landmarks, neighbours, tiles
from meldingen.places.addresses import choosing as addresses
from meldingen.places.addresses.finding import Found
from meldingen.places.models import Asset, AssetKind
from meldingen.places.water import is_water
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality

SECONDS_KEPT = 600
SHORTEST_NAME = 3  # letters from which a neighbourhood is looked for
MOST_MEANT = 6  # names that may have been meant
TOLERANCE = 5.0  # metres; what a border may move on the map
DECIMALS = 5  # of a degree: one metre
_NOTHING = {"address": "", "metres": 0, "objects": [], "water": False}


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
    kept = caches["squares"]
    content: bytes | None = kept.get(key)
    if content is None:
        content = tiles.square(here, z, x, y)
        kept.set(key, content, SECONDS_KEPT)
    return _kept(request, content, "application/json")


@require_POST
def suggested(request: HttpRequest) -> HttpResponse:
    """Addresses for what is being typed, and of the kinds that the page names the objects with that number; of what is
    `whole`, also the one address that it is. By POST: what somebody types stands in no address and no log.
    """
    here, typed = municipality(request), request.POST.get("q", "")[:200]
    found = addresses.suggest_in_buurten(here, typed)
    kinds = assets.kinds_by_id(here, request.POST.getlist("kind")[:20])
    objects = [_object(each) for each in assets.by_number(here, kinds, typed)] if kinds else []
    seen = [_seen(each) | {"buurt": buurt} for each, buurt in found]
    exact = addresses.find_one(here, typed) if "whole" in request.POST else None
    answer = {
        "found": [*objects, *seen],
        "exact": exact.text if exact else "",
        "away": not found and addresses.are_away(here),
        "landmarks": [] if any(each.is_whole for each, _buurt in found) else _landmarks(here, typed),
        "buurten": _buurten(here, typed, found),
    }
    return _fresh(answer | {"number": addresses.unknown_number(typed, [each for each, _buurt in found])})


def _landmarks(here: Municipality, typed: str) -> list[dict[str, object]]:
    """Places of that name, for the map to open on; each with its buurt where all of it lies in one."""
    return [
        {
            "text": place.name, "label": str(place.label).lower(), "code": place.buurt_code, "buurt": place.buurt_name,
            "box": [round(degrees, 6) for degrees in place.box],
        }
        for place in landmarks.by_name(here, typed)
    ]  # fmt: skip


def _buurten(here: Municipality, typed: str, found: Sequence[object]) -> list[dict[str, str]]:
    """The neighbourhoods of that name, where it is the name of no street."""
    if found or len(typed.strip()) < SHORTEST_NAME:
        return []
    return [{"code": each.code, "name": each.name} for each in areas.buurten_by_name(here, typed)]


@require_http_methods(["GET", "HEAD", "POST"])
def find_buurt(request: HttpRequest) -> HttpResponse:
    """To the figures of the buurt that somebody typed, by its name, or by an address or street in it. By POST:
    what somebody types stands in no address and no log; the code of a buurt may. Who comes back to this address without
    it gets the box and the list.
    """
    here, typed = municipality(request), request.POST.get("q", "")[:200]
    buurten = areas.buurten_by_name(here, typed)
    if not buurten:
        address = addresses.find_one(here, typed)
        buurten = [address.buurt] if address else addresses.buurten_of_street(here, typed)
    if len(buurten) == 1:
        return HttpResponseRedirect(reverse("data_buurt", args=[buurten[0].code]))
    context = {
        "typed": typed,
        "buurten": buurten or areas.buurten(here),
        "is_known": bool(buurten),
        "is_asked": request.method == "POST",
        "nearly": [] if buurten else _nearly(here, typed),
    }
    response = render(request, "places/buurt.html", context, status=404 if context["is_asked"] and not buurten else 200)
    response["Cache-Control"] = "no-store"
    return response


def _nearly(here: Municipality, typed: str) -> list[str]:
    """Names of neighbourhoods and of streets that may have been meant by what nobody knows, each once."""
    streets = (each.line for each in addresses.suggest(here, typed))
    return list(dict.fromkeys([*areas.names_like(here, typed), *streets]))[:MOST_MEANT]


@require_POST
def around(request: HttpRequest) -> HttpResponse:
    """The address and the buurt at a pin, or whose town it is in, and the objects near it that the subject asks for."""
    here, point = municipality(request), _point(request)
    (located,) = geo.locate(here, [point])
    if located.buurt_id is None:
        return _fresh({"buurt": "", "is_ours": located.in_gemeente, "elsewhere": _elsewhere(here, point)} | _NOTHING)
    found = addresses.nearest_found(here, point)
    answer = {"buurt": areas.name_of(located.buurt_id), "is_ours": True, "elsewhere": None}
    kinds = assets.kinds_by_id(here, request.POST.getlist("kind")[:20])
    answer |= {"water": is_water(here, point)}
    return _fresh(answer | _address(found, point) | {"objects": _objects(here, point, kinds)})


def _address(found: Found | None, point: Point | None) -> dict[str, object]:
    metres = round(found.point.distance(point)) if found and point else 0
    return {"address": found.line if found else "", "metres": metres}


def _objects(here: Municipality, point: Point | None, kinds: list[AssetKind]) -> list[dict[str, object]]:
    near = assets.nearest(here, point, kinds) if point and kinds else []
    return [_object(each) | {"metres": assets.metres(each, point)} for each in near if point]


def _object(asset: Asset) -> dict[str, object]:
    return {"text": str(asset), "label": asset.own_label, "is_object": True, **_degrees(asset.point)}


def _elsewhere(here: Municipality, point: Point | None) -> dict[str, str] | None:
    town = neighbours.town_at(here, point)
    return {"name": town.name, "url": town.url} if town else None


def _point(request: HttpRequest) -> Point | None:
    try:
        return geo.from_door(float(request.POST.get("longitude", "")), float(request.POST.get("latitude", "")))
    except ValueError:
        return None


def _seen(found: Found) -> dict[str, object]:
    return {"text": found.text, "whole": found.is_whole, **_degrees(found.point)}


def _degrees(point: Point) -> dict[str, float]:
    longitude, latitude = geo.to_door(point)
    return {"longitude": round(longitude, 6), "latitude": round(latitude, 6)}


def _fresh(answer: dict[str, object]) -> HttpResponse:
    response = JsonResponse(answer)
    response["Cache-Control"] = "no-store"
    return response


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
