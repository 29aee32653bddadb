"""Where it is: an address, a pin, an object, or only a buurt. Which of them counts is for intake to say."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from meldingen.categories import choices
from meldingen.fields import Uncut
from meldingen.intake.fields import CodeField, DegreesField, MetresField
from meldingen.intake.placing import find_agreed_place, find_place
from meldingen.intake.step import SELECT, TEXTBOX, Fields, Line, Row, Step, Visit
from meldingen.intake.submission import Submission
from meldingen.places import areas, assets, geo, landmarks, neighbours, object_names, pictures
from meldingen.places.addresses import choosing as addresses
from meldingen.places.addresses.finding import Found
from meldingen.places.addresses.spelling import says_no_more
from meldingen.places.base_map import base_map
from meldingen.places.models import AssetKind
from meldingen.places.pictures import MapPicture
from meldingen.places.water import is_water
from meldingen.record.models import Melding
from meldingen.refusals import Refused

# What the radio says that stands below the addresses: the text is a description.
NOT_LISTED = "-"
_NOTHING = _("Say where it is: type a street, put the pin on the map, or choose the neighbourhood below.")
_NOTHING_WITHOUT_MAP = _("Say where it is: type a street, or choose the neighbourhood below.")
_UNKNOWN = _(
    "We do not know this address. Put the pin on the map, or choose the neighbourhood below; what you wrote stays as a "
    "description. Is it in another municipality? Then report it there."
)
_UNKNOWN_WITHOUT_MAP = _(
    "We do not know this address. Choose the neighbourhood below; what you wrote stays as a description. Is it in "
    "another municipality? Then report it there."
)
_NO_ADDRESSES = _("Choose the neighbourhood below too, or put the pin on the map. Then we know what place you mean.")
_NO_ADDRESSES_WITHOUT_MAP = _("Choose the neighbourhood below too. Then we know what place you mean.")
_NO_NUMBER = _("We do not know number {number} here. Mend the number, or say below that it is a description.")
_WHICH_NUMBER = _(
    "Which house number in {street}? Add it, put the pin at the place, or say below that it is a description."
)
_WHICH_NUMBER_WITHOUT_MAP = _("Which house number in {street}? Add it, or say below that it is a description.")
_NAME_OF = {"buurt": "buurt_code", "asset": "asset_number"}


class WhereForm(forms.Form):
    """Address, object, pin and buurt, in the order of the page."""

    place_text = Uncut(
        label=_("Street and house number, postcode or place"),
        help_text=_("Or in words: behind the school, near the swings."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs=TEXTBOX | {"autocomplete": "off", "dir": "auto"}),
    )
    asset = Uncut(
        label=_("Number on the object"),
        help_text=_("It is on a sticker or plate."),
        required=False,
        max_length=101,  # a number, behind the name of its kind
        widget=forms.TextInput(attrs=TEXTBOX | {"autocomplete": "off", "autocapitalize": "characters"}),
    )
    choice = Uncut(required=False, max_length=200, widget=forms.HiddenInput)
    latitude = DegreesField(
        label=_("Latitude"),
        required=False,
        error_messages={"invalid": _("The latitude is no number. Write it in digits, for example 52.37.")},
        widget=forms.TextInput(attrs=TEXTBOX | {"inputmode": "decimal"}),
    )
    longitude = DegreesField(
        label=_("Longitude"),
        required=False,
        error_messages={"invalid": _("The longitude is no number. Write it in digits, for example 4.89.")},
        widget=forms.TextInput(attrs=TEXTBOX | {"inputmode": "decimal"}),
    )

    precision = MetresField(required=False, widget=forms.HiddenInput)
    buurt = CodeField(
        label=_("Neighbourhood"),
        help_text=_("Choose it here when you know no address and cannot show the place on the map."),
        widget=forms.Select(attrs=SELECT),
    )

    def clean_place_text(self) -> str:
        """No space before a comma: there the number was to come, behind a street that was chosen."""
        text: str = self.cleaned_data["place_text"]
        return text.replace(" ,", ",")

    def clean(self) -> dict[str, Any]:
        """Half a pin is no pin."""
        values = super().clean() or {}
        for name, missing in (("latitude", "longitude"), ("longitude", "latitude")):
            if values.get(name) is not None and missing in values and values[missing] is None:
                self.add_error(missing, _("Fill in both numbers of the pin, or neither."))
        return values


def pin_of(submission: Submission) -> Point | None:
    """The place of the pin; None without one."""
    if submission.longitude is None or submission.latitude is None:
        return None
    return geo.from_door(submission.longitude, submission.latitude)


def _offer(visit: Visit, fields: Fields) -> dict[str, Any]:
    buurten = areas.buurten(visit.municipality).values_list("code", "name")
    fields["buurt"].field.widget.choices = [("", "—"), *buurten]
    choice, submission = fields["choice"].value(), visit.submission
    is_unclear = fields["place_text"].errors and not choice
    possible = _possible(visit) if is_unclear else []
    knows = addresses.knows_addresses(visit.municipality)
    if not knows:
        fields["place_text"].label = gettext("Where is it, in your own words?")
        fields["place_text"].help_text = gettext("For example: behind the school, near the swings.")
    if choice not in (None, "", NOT_LISTED):
        name, code = landmarks.read_choice(choice)
        fields["place_text"].form.initial.update(place_text=name or choice, latitude="", longitude="", buurt=code)
    kinds = _kinds(visit)
    if kinds:
        _name_object(visit, kinds, fields["asset"])
    if submission.asset_number and pin_of(submission) and not _knows_object(visit, kinds):
        # It came along from another subject, with the pin that says the same.
        fields["asset"].form.initial.update(asset="")
    return {
        "base_map": base_map(visit.municipality),
        "bounds": areas.bounds(visit.municipality),
        "precise": geo.PRECISE,
        "possible": possible,
        "landmarks": landmarks.choices_of(visit.municipality, submission.place_text) if is_unclear else [],
        "unknown_number": addresses.unknown_number(submission.place_text, [each for each, _buurt, _map in possible]),
        "knows_addresses": knows,
        "away": addresses.are_away(visit.municipality),
        "elsewhere": _elsewhere(visit, fields),
        "not_listed": NOT_LISTED,
        "has_pin": submission.latitude is not None,
        "kinds": kinds,
        # Who was told that the pin is in the water, and came back to change that.
        "was_water": visit.inputs.get("step") == "water",
    }


def _name_object(visit: Visit, kinds: Sequence[AssetKind], field: forms.BoundField) -> None:
    """Ask for the number of a lamp post, not of an object, and show what such a number looks like."""
    field.label = gettext("Number on %(object)s") % {"object": object_names.with_articles(kinds)}
    if number := assets.example_number(visit.municipality, kinds):
        field.help_text = gettext("It is on a sticker or plate, for example %(number)s.") % {"number": number}


def _possible(visit: Visit) -> list[tuple[Found, str, MapPicture | None]]:
    """The addresses that may be meant, each with its buurt and a map of it; of a street that was named no others."""
    text = visit.submission.place_text
    matches = addresses.suggest_in_buurten(visit.municipality, text)
    if street := addresses.street_without_number(text, [each for each, _buurt in matches]):
        matches = [(each, buurt) for each, buurt in matches if each.line == street]
    maps = [pictures.around(visit.municipality, each.point) if each.is_whole else None for each, _buurt in matches]
    return [(each, buurt, picture) for (each, buurt), picture in zip(matches, maps, strict=True)]


def _elsewhere(visit: Visit, fields: Fields) -> neighbours.Neighbour | None:
    """The other town that a pin or an address lies in, where it was refused."""
    submission = visit.submission
    if fields["latitude"].errors and pin_of(submission) is not None:
        return neighbours.town_at(visit.municipality, pin_of(submission))
    return (
        neighbours.town_of_address(visit.municipality, submission.place_text) if fields["place_text"].errors else None
    )


def _kinds(visit: Visit) -> list[AssetKind]:
    """Of which objects the subject asks for one."""
    slugs = choices.with_main(visit.municipality, visit.submission.category_slug)
    return assets.kinds_for(visit.municipality, slugs) if slugs else []


def _knows_object(visit: Visit, kinds: list[AssetKind]) -> bool:
    return bool(assets.by_number(visit.municipality, kinds, visit.submission.asset_number, is_number=True))


def _values(answers: Mapping[str, Any]) -> Mapping[str, Any]:
    values = {_NAME_OF.get(name, name): value for name, value in answers.items()}
    choice = values.pop("choice", "")
    if choice in ("", NOT_LISTED):
        return values
    # What was chosen of the list came last: it counts, whatever a pin or a buurt said before.
    name, code = landmarks.read_choice(choice)
    return values | {"place_text": name or choice, "latitude": None, "longitude": None, "buurt_code": code}


def _check(visit: Visit) -> object:
    """What may be one of several addresses, or none, and nothing else that says where it is, is asked about."""
    try:
        return find_agreed_place(visit.municipality, visit.submission)
    except Refused as refusal:
        if refusal.code == "far" and visit.inputs.get("choice") == NOT_LISTED:
            return None  # the visitor said that the pin counts
        if refusal.code != "missing":
            raise
        raise Refused(refusal.code, _missing(visit), "place_text") from refusal


def _missing(visit: Visit) -> Any:
    text, has_map = visit.submission.place_text, "has_map" in visit.inputs  # map.js says so
    if not text:
        return _NOTHING if has_map else _NOTHING_WITHOUT_MAP
    if not visit.inputs.get("choice") and landmarks.by_name(visit.municipality, text):
        return _("Which place do you mean? Choose it below.")
    if not addresses.knows_addresses(visit.municipality):
        return _NO_ADDRESSES if has_map else _NO_ADDRESSES_WITHOUT_MAP
    matches = [] if visit.inputs.get("choice") else addresses.suggest(visit.municipality, text)
    if number := addresses.unknown_number(text, matches):
        return format_lazy(_NO_NUMBER, number=number)
    if street := addresses.street_without_number(text, matches):
        return format_lazy(_WHICH_NUMBER if has_map else _WHICH_NUMBER_WITHOUT_MAP, street=street)
    if matches:
        return _("Which address do you mean? Choose it below.")
    return _UNKNOWN if has_map else _UNKNOWN_WITHOUT_MAP


def _row(visit: Visit) -> Row:
    place, text = find_place(visit.municipality, visit.submission), visit.submission.place_text
    lines = [] if says_no_more(text, place.address) else [Line(text, "typed")]
    if place.asset:
        lines.append(Line(str(place.asset)))
    if place.address:
        is_told = place.source == Melding.PlaceSource.ADDRESS
        lines.append(Line(place.address if is_told else gettext("near %(address)s") % {"address": place.address}))
    if visit.inputs.get("water_answer") and is_water(visit.municipality, place.point):
        lines.append(Line(gettext("in the water")))
    lines.append(Line(place.buurt.name))
    if place.source == Melding.PlaceSource.PIN:
        lines.append(Line(_pin_in_words(visit.submission.precision), "hint"))
    picture = pictures.around(visit.municipality, place.point)
    return Row(title=gettext("Place"), change=gettext("Change the place"), lines=lines, picture=picture)


def _pin_in_words(precision: int | None) -> str:
    if precision is None:
        return gettext("with a pin on the map")
    return gettext("with a pin on the map, accurate to %(metres)d m") % {"metres": precision}


def _mend(refusal: Refused, submission: Submission) -> Mapping[str, str]:
    """Without the pin: the words of its refusal promised that a buurt will do."""
    return {"latitude": "", "longitude": ""} if refusal.field == "pin" and submission.buurt_code else {}


WHERE = Step(
    name="where",
    form=WhereForm,
    template="intake/where.html",
    offer=_offer,
    check=_check,
    values=_values,
    row=_row,
    refusals={"pin": "latitude", "buurt_code": "buurt", "place_text": "place_text", "asset_number": "asset"},
    mend=_mend,
)
