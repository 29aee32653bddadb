"""Who knows the addresses of a municipality, and what the house asks of them. Without an answer: nothing."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.gis.geos import Point

from meldingen.places import geo
from meldingen.places.addresses.finding import Addresses, Found, Unanswered
from meldingen.places.addresses.own import OwnAddresses
from meldingen.places.addresses.pdok import PdokAddresses
from meldingen.places.addresses.spelling import key_of, readings
from meldingen.places.models import Area
from meldingen.tenancy.models import AddressSource, Municipality

_SOURCES: Mapping[str, Callable[[Municipality], Addresses]] = {
    AddressSource.OWN: OwnAddresses,
    AddressSource.PDOK: PdokAddresses,
}


@dataclass(frozen=True)
class Meant:
    """The one address that was meant, with its buurt."""

    text: str
    point: Point
    buurt: Area


def addresses_of(municipality: Municipality) -> Addresses | None:
    """The source that the municipality chose."""
    source = _SOURCES.get(municipality.address_source)
    return source(municipality) if source else None


def are_away(municipality: Municipality) -> bool:
    """Whether addresses cannot be looked up now, though they can at other times."""
    source = addresses_of(municipality)
    return source is not None and source.is_away()


def last_away(municipality: Municipality) -> datetime | None:
    """When its source was left alone last, for it did not answer; None for not within a day."""
    source = addresses_of(municipality)
    return source.last_away() if source else None


def suggest(municipality: Municipality, text: str) -> Sequence[Found]:
    """What may be meant, the likeliest first."""
    source = addresses_of(municipality)
    try:
        return source.suggest(text) if source and text.strip() else []
    except Unanswered:
        return []


def suggest_in_buurten(municipality: Municipality, text: str) -> Sequence[tuple[Found, str]]:
    """The same, each with the name of its buurt: streets of one name are told apart by it. Empty where none has it,
    and of a street that is the only one of its name: it may lie in more than one.
    """
    matches = suggest(municipality, text)
    places = geo.locate(municipality, [each.point for each in matches]) if matches else []
    names = dict(
        Area.objects.filter(pk__in=[place.buurt_id for place in places if place.buurt_id]).values_list("pk", "name")
    )
    lines = Counter(each.line for each in matches)
    return [
        (each, names.get(place.buurt_id or 0, "") if each.is_whole or lines[each.line] > 1 else "")
        for each, place in zip(matches, places, strict=True)
    ]


def knows_addresses(municipality: Municipality) -> bool:
    """Whether anybody can be asked: else what is typed is a description, and no more."""
    return addresses_of(municipality) is not None


def unknown_number(text: str, matches: Sequence[Found]) -> str:
    """The house number that was typed and stands in no street that may be meant; empty where none was, or one does."""
    typed = readings(text)[0]
    if typed.number is None or not matches or any(each.is_whole for each in matches):
        return ""
    if typed.street and not any(key_of(each.line).startswith(typed.street) for each in matches):
        return ""  # another street may be meant: then it is not the number that is wrong
    if any(str(typed.number) in each.line for each in matches):  # “Plein 1940”
        return ""
    return f"{typed.number}{typed.letter}"


def street_without_number(text: str, matches: Sequence[Found]) -> str:
    """The street that a text names exactly, of those that may be meant, where it has no house number; else empty."""
    typed = readings(text)[0]
    names = {each.line for each in matches if not each.is_whole and key_of(each.line) == typed.street}
    return names.pop() if typed.number is None and len(names) == 1 else ""


def find_one(municipality: Municipality, text: str, buurt_code: str = "") -> Meant | None:
    """The address that the text says exactly, where only one is so; in a buurt by its code where that was chosen."""
    source = addresses_of(municipality)
    try:
        matches = source.find(text) if source and text.strip() else []
    except Unanswered:
        return None
    if not matches:
        return None
    places = geo.locate(municipality, [each.point for each in matches])
    ids = [place.buurt_id for place in places]
    buurten = Area.objects.defer("geometry").in_bulk([each for each in ids if each])
    in_buurt = [
        Meant(each.text, each.point, buurten[pk])
        for each, pk in zip(matches, ids, strict=True)
        if pk and buurt_code in ("", buurten[pk].code)
    ]
    return in_buurt[0] if len(in_buurt) == 1 else None


def buurten_of_street(municipality: Municipality, text: str) -> list[Area]:
    """The buurten in which the street lies that the text says, by name; of streets of that name all of them."""
    source = addresses_of(municipality)
    try:
        points = source.along(text) if source and text.strip() else []
    except Unanswered:
        return []
    places = geo.locate(municipality, points) if points else []
    ids = {place.buurt_id for place in places if place.buurt_id}
    return list(Area.objects.filter(pk__in=ids).defer("geometry").order_by("name", "code"))


def nearest(municipality: Municipality, point: Point | None) -> str:
    """The text of the address nearest to a stored point; empty where there is none near."""
    match = nearest_found(municipality, point)
    return match.text if match else ""


def nearest_found(municipality: Municipality, point: Point | None) -> Found | None:
    """The same with all that is known of it."""
    source = addresses_of(municipality)
    try:
        return source.reverse(point) if source and point else None
    except Unanswered:
        return None
