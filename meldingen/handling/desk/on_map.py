"""The map of a worklist: a pane of the inbox, its ground for who has no scripts, and what it shows when it is moved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import cos, isfinite, log2, radians
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meldingen.handling import mapping
from meldingen.handling.desk import asked as asking
from meldingen.handling.desk import listing, rows
from meldingen.handling.desk.listing import Listed
from meldingen.handling.mapping import Box, Group, Spread
from meldingen.places import areas, geo, pictures
from meldingen.places.base_map import base_map
from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality
from meldingen.tenancy.requests import municipality

WHOLE = "on"  # as an address asks for the map of the whole town
ZOOMS = range(8, 20)
CLOSER = 2  # zooms that a group is looked at closer
_METRES = 156_543.03  # of a pixel at zoom 0 on the equator
_WIDE, _HIGH = pictures.WIDE, pictures.HIGH


@dataclass(frozen=True)
class Look:
    """Which piece of the town is shown: its middle in degrees, and the zoom as maps on the web have it."""

    zoom: int
    latitude: float
    longitude: float

    def __str__(self) -> str:
        return f"{self.zoom}_{self.latitude:.5f}_{self.longitude:.5f}"

    @property
    def metres(self) -> float:
        """How wide our own drawing of it is."""
        return float(_WIDE * _METRES * cos(radians(self.latitude)) / 2**self.zoom)

    def box(self) -> Box:
        """What that drawing shows."""
        middle = geo.from_door(self.longitude, self.latitude)
        if middle is None:
            raise Http404
        wide, high = self.metres, self.metres * _HIGH / _WIDE
        return Box(middle.x - wide / 2, middle.y - high / 2, middle.x + wide / 2, middle.y + high / 2)

    def beside(self) -> Mapping[str, Look]:
        """Closer, further and half a picture on to each side, for who has no scripts."""
        across = 180 * _WIDE / 256 / 2**self.zoom
        up = across * _HIGH / _WIDE * cos(radians(self.latitude))
        moves = {
            "closer": (1, 0.0, 0.0), "further": (-1, 0.0, 0.0), "north": (0, up, 0.0), "south": (0, -up, 0.0),
            "west": (0, 0.0, -across), "east": (0, 0.0, across),
        }  # fmt: skip
        return {
            name: Look(self.zoom + zoom, self.latitude + north, self.longitude + east)
            for name, (zoom, north, east) in moves.items()
            if self.zoom + zoom in ZOOMS
        }


def read(text: str, where: Municipality) -> Look:
    """What an address asks to see, never further away than beside the town. Http404 for what no page of ours gives."""
    bounds = areas.bounds(where)
    if bounds is None:
        raise Http404
    west, south, east, north = bounds
    if text == WHOLE:
        return _whole(west, south, east, north)
    parts = text.split("_")
    try:
        zoom, latitude, longitude = int(parts[0]), float(parts[1]), float(parts[2])
    except (ValueError, IndexError) as error:
        raise Http404 from error
    if len(parts) != 3 or zoom not in ZOOMS or not (isfinite(latitude) and isfinite(longitude)):
        raise Http404
    return Look(zoom, min(max(latitude, south), north), min(max(longitude, west), east))


def _whole(west: float, south: float, east: float, north: float) -> Look:
    """The town as it fits into our drawing."""
    latitude = (south + north) / 2
    across = 360 * _WIDE / 256 / max(east - west, 1e-6)
    up = 360 * _HIGH / 256 * cos(radians(latitude)) / max(north - south, 1e-6)
    zoom = int(log2(min(across, up)))
    return Look(min(max(zoom, ZOOMS[0]), ZOOMS[-1]), latitude, (west + east) / 2)


def context(request: HttpRequest, lists: Listed) -> dict[str, Any]:
    """What the pane shows."""
    where = municipality(request)
    look = read(lists.map, where)
    box = look.box()
    return {
        "map_shown": True,
        "look": look,
        "look_is_near": lists.map != WHOLE,
        "whole": lists.address(map=WHOLE),
        "borders": areas.attribution(where),
        "moves": {name: lists.address(map=str(each)) for name, each in look.beside().items()},
        "ground": f"{reverse('admin:map_ground')}?look={look}",
        "spots_address": f"{reverse('admin:map_spots')}?{lists.query(map='')}",
        "base_map": base_map(where),
        "bounds": areas.bounds(where),
        "picture": {"width": _WIDE, "height": _HIGH},
        **_spots(request, lists, look, box),
    }


@never_cache
@require_safe
def spots(request: HttpRequest) -> HttpResponse:
    """What lies in a box of the map that a script drew, as the list beside it."""
    lists = _listed(request)
    look = read(request.GET.get("look", ""), municipality(request))
    lists = lists.with_map(str(look))
    return render(request, "handling/map_spots.html", _spots(request, lists, look, _box(request.GET)))


@require_safe
def ground(request: HttpRequest) -> HttpResponse:
    """Streets, water and green of a piece of the town, as a picture that stands below the marks."""
    where = municipality(request)
    look = read(request.GET.get("look", ""), where)
    middle = geo.from_door(look.longitude, look.latitude)
    picture = pictures.around(where, middle, look.metres)
    answer = render(request, "places/ground.svg", {"picture": picture or pictures.MapPicture()}, "image/svg+xml")
    answer["Cache-Control"] = "private, max-age=3600"
    return answer


def _listed(request: HttpRequest) -> Listed:
    try:
        return listing.listed(request, request.GET)
    except asking.UnreadableDate as error:
        raise Http404 from error


def _box(query: QueryDict) -> Box:
    """West, south, east and north in degrees. Http404 for what is none."""
    try:
        west, south, east, north = map(float, query.get("box", "").split("_"))
    except ValueError as error:
        raise Http404 from error
    corners = [geo.from_door(x, y) for x in (west, east) for y in (south, north)]
    xs, ys = ([getattr(corner, axis) for corner in corners if corner] for axis in ("x", "y"))
    if len(xs) != len(corners):
        raise Http404
    return Box(min(xs), min(ys), max(xs), max(ys))


def _spots(request: HttpRequest, lists: Listed, look: Look, box: Box) -> dict[str, Any]:
    """One line for each melding where they are few, else one for each group of them."""
    spread = mapping.spread(lists.rows, box)
    spots = _single(spread, lists, box) if spread.single else _grouped(municipality(request), spread, lists, look, box)
    return {
        "spread": spread,
        "spots": spots,
        "most": mapping.MOST,
        "more": spread.number - len(spread.single) if spread.single else 0,
        "list_only": lists.address(map=""),
    }


def _single(spread: Spread, lists: Listed, box: Box) -> list[dict[str, Any]]:
    meldingen = listing.whole(spread.single, with_point=True)
    return [
        {
            "number": number,
            "row": rows.row(melding, lists.reader.now, lists.reader.zone),
            "address": lists.address(melding=melding.pk),
            "is_urgent": melding.priority == melding.Priority.URGENT,
            **_place(melding.point.x, melding.point.y, box),
        }
        for number, melding in enumerate(meldingen, start=1)
        if melding.point
    ]


def _grouped(where: Municipality, spread: Spread, lists: Listed, look: Look, box: Box) -> list[dict[str, Any]]:
    ids = {group.buurt_id for group in spread.groups}
    names = dict(Area.objects.of(where).filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    return [
        {
            "number": group.number,
            "buurt": names.get(group.buurt_id, ""),
            "is_group": group.number > 1,
            "is_urgent": group.is_urgent,
            "zoom": min(look.zoom + CLOSER, ZOOMS[-1]),
            **(place := _place(group.x, group.y, box)),
            "address": _closer(group, lists, look, place),
        }
        for group in spread.groups
    ]


def _closer(group: Group, lists: Listed, look: Look, place: Mapping[str, Any]) -> str:
    """To the one melding, or to a closer look at several."""
    if group.number == 1:
        return lists.address(melding=group.keys[0])
    zoom = min(look.zoom + CLOSER, ZOOMS[-1])
    return lists.address(map=str(Look(zoom, place["latitude"], place["longitude"])))


def _place(x: float, y: float, box: Box) -> dict[str, Any]:
    """In degrees, and in units of our own drawing."""
    longitude, latitude = geo.to_door(geo.point_of(x, y))
    return {
        "longitude": longitude,
        "latitude": latitude,
        "across": round((x - box.west) / (box.east - box.west) * _WIDE),
        "down": round((box.north - y) / (box.north - box.south) * _HIGH),
    }
