"""Where it is: the place that a reporter meant, in a buurt of the municipality, or what is asked about it."""

from dataclasses import dataclass, replace

from django.contrib.gis.geos import Point
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen.categories import choices
from meldingen.intake.submission import Submission
from meldingen.places import areas, assets, geo
from meldingen.places.addresses import choosing as addresses
from meldingen.places.models import Area, Asset
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality

FAR = 100  # metres between a pin and the address beside it, from which one of them must be wrong
_NO_BUURT = _(
    "This place lies in our municipality, but in none of its neighbourhoods. Move the pin, or choose one from the list."
)
_MISSING = _("Choose the neighbourhood where it is, or put a pin on the map.")
_NO_ASSET = _("We do not know this number. Look at it again, or leave it out and say where it is.")
_SEVERAL = _("More than one object has this number. Write which one you mean: {names}.")
_PIN_DIFFERS = _("The pin is in {pin}, and you chose {chosen}. Remove the pin, or choose {pin}.")
_PIN_FAR = _("The pin is not at {address}. Which of the two do you mean? Choose it below.")
_OBJECT_DIFFERS = _("{name} lies in {found}, and you chose {chosen}. Choose {found}, or take out the number.")
_OBJECT_FAR_OF_PIN = _("{name} does not stand at the pin. Take out the number, or the two numbers of the pin.")
_OBJECT_FAR_OF_ADDRESS = _("{name} does not stand at {address}. Take out the number, or the address.")
_ADDRESS_DIFFERS = _("{address} lies in {found}, and you chose {chosen}. Choose {found}, or write another address.")
_OUTSIDE = _("This place lies outside our municipality. Move the pin, or choose a neighbourhood.")


@dataclass(frozen=True)
class Place:
    """Where it is, as stored: a point where there is a pin, the way in which it was said, and always a buurt."""

    buurt: Area
    source: str
    point: Point | None
    address: str = ""
    asset: Asset | None = None


def find_place(municipality: Municipality, submission: Submission) -> Place:
    """The place that was meant. Raises Refused where it is not covered by a buurt of this municipality.

    A pin outside is refused also when there is a buurt: a program may have turned its numbers round. The form then
    asks again without the pin, for its visitor sees on the next page which place counts.
    """
    if submission.asset_number and (place := _at_object(municipality, submission, "asset_number")):
        return place
    if submission.longitude is not None and submission.latitude is not None:
        point = geo.from_door(submission.longitude, submission.latitude)
        buurt = _buurt_of(municipality, point)
        return Place(buurt, Melding.PlaceSource.PIN, point, addresses.nearest(municipality, point))
    if match := addresses.find_one(municipality, submission.place_text, submission.buurt_code):
        return Place(match.buurt, Melding.PlaceSource.ADDRESS, match.point, match.text)
    if any(map(str.isdigit, submission.place_text)) and (place := _at_object(municipality, submission, "place_text")):
        return place
    if not submission.buurt_code:
        raise Refused("missing", _MISSING, "buurt_code")
    buurt_chosen = areas.buurten(municipality).filter(code=submission.buurt_code).first()
    if buurt_chosen is None:
        raise Refused("unknown", _("We do not know this neighbourhood. Choose one from the list."), "buurt_code")
    source = Melding.PlaceSource.ADDRESS if submission.place_text else Melding.PlaceSource.BUURT
    return Place(buurt_chosen, source, None)


def _at_object(municipality: Municipality, submission: Submission, field: str) -> Place | None:
    """At the object whose number stands in that field, among those that the category asks for."""
    is_free = field == "place_text"
    here = submission.buurt_code if is_free else ""  # a number in words moves nothing out of the buurt that was chosen
    kinds = assets.kinds_for(municipality, choices.with_main(municipality, submission.category_slug))
    candidates = assets.by_number(municipality, kinds, getattr(submission, field), is_number=not is_free)
    objects = [each for each in candidates if here in ("", each.buurt.code)]
    if len(objects) > 1 and not here:
        raise Refused("several", format_lazy(_SEVERAL, names=", ".join(map(str, objects))), field)
    if not objects and not is_free:
        raise Refused("unknown", _NO_ASSET, field)
    if len(objects) != 1:
        return None
    (asset,), nearest = objects, addresses.nearest(municipality, objects[0].point)
    return Place(asset.buurt, Melding.PlaceSource.OBJECT, asset.point, nearest, asset)


def find_agreed_place(municipality: Municipality, submission: Submission) -> Place:
    """The same, for who sees one question: Refused where two things that were said do not go together, for either may
    be meant: a pin in one buurt and another one from the list, an address in another buurt or far from the pin, an
    object far from any of these.
    """
    place = find_place(municipality, submission)
    if place.asset is not None and submission.asset_number:
        _check_what_stands_beside(municipality, submission, place.asset)
    elif place.source == Melding.PlaceSource.PIN and place.point is not None:
        _check_buurt_of_pin(municipality, submission, place.buurt, place.point)
        _check_address_of_pin(municipality, submission, place.point)
    elif place.source == Melding.PlaceSource.ADDRESS and place.point is None:
        _check_buurt_of_address(municipality, submission, place.buurt)
    return place


def _check_what_stands_beside(municipality: Municipality, submission: Submission, asset: Asset) -> None:
    """A buurt, a pin and an address beside the number of an object."""
    name = str(asset)
    if submission.buurt_code not in ("", asset.buurt.code):
        of_list = areas.buurten(municipality).filter(code=submission.buurt_code).first()
        if of_list and not geo.is_near(of_list, asset.point):
            words = format_lazy(_OBJECT_DIFFERS, name=name, found=asset.buurt.name, chosen=of_list.name)
            raise Refused("differs", words, "buurt_code")
    if submission.longitude is not None and submission.latitude is not None:
        pin = geo.from_door(submission.longitude, submission.latitude)
        if pin is None or pin.distance(asset.point) > FAR:
            raise Refused("apart", format_lazy(_OBJECT_FAR_OF_PIN, name=name), "asset_number")
    match = addresses.find_one(municipality, submission.place_text)
    if match and match.point.distance(asset.point) > FAR:
        raise Refused("apart", format_lazy(_OBJECT_FAR_OF_ADDRESS, name=name, address=match.text), "asset_number")


def _check_buurt_of_pin(municipality: Municipality, submission: Submission, of_pin: Area, point: Point) -> None:
    if submission.buurt_code in ("", of_pin.code):
        return
    of_list = find_place(municipality, replace(submission, longitude=None, latitude=None, place_text="")).buurt
    # Along a border the map, which draws it coarsely, may have chosen the one beside it.
    if not geo.is_near(of_list, point):
        raise Refused("differs", format_lazy(_PIN_DIFFERS, pin=of_pin.name, chosen=of_list.name), "buurt_code")


def _check_address_of_pin(municipality: Municipality, submission: Submission, point: Point) -> None:
    match = addresses.find_one(municipality, submission.place_text)
    if match and match.point.distance(point) > FAR:
        raise Refused("far", format_lazy(_PIN_FAR, address=match.text), "place_text")


def _check_buurt_of_address(municipality: Municipality, submission: Submission, of_list: Area) -> None:
    match = addresses.find_one(municipality, submission.place_text)
    if match and not geo.is_near(of_list, match.point):
        message = format_lazy(_ADDRESS_DIFFERS, address=match.text, found=match.buurt.name, chosen=of_list.name)
        raise Refused("differs", message, "buurt_code")


def _buurt_of(municipality: Municipality, point: Point | None) -> Area:
    (location,) = geo.locate(municipality, [point])
    if location.buurt_id is not None:
        return Area.objects.defer("geometry").get(pk=location.buurt_id)
    if location.in_gemeente:
        raise Refused("no_buurt", _NO_BUURT, "pin")
    raise Refused("outside", _OUTSIDE, "pin")
