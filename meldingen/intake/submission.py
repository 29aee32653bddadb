"""Taking in one melding, from whichever door: what is covered, what is refused, and everything in one transaction."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen import queueing
from meldingen.attachments import attaching
from meldingen.categories import choices
from meldingen.categories.models import Category
from meldingen.classification.dangers import Kind
from meldingen.classification.emergencies import find_danger
from meldingen.intake import suggestions
from meldingen.intake.fingerprint import Content, fingerprint, matches, next_key, second_key
from meldingen.limits.rules import count_received, floods
from meldingen.limits.senders import Sender
from meldingen.notifications import telling
from meldingen.places import areas, assets, geo
from meldingen.places.addresses import choosing as addresses
from meldingen.places.models import Area, Asset
from meldingen.questions import asking
from meldingen.record import events, lifecycle
from meldingen.record.models import Event, Melding, Reporter
from meldingen.refusals import Refused
from meldingen.routing import routes
from meldingen.routing import tasks as routing_tasks
from meldingen.tenancy.models import Municipality, User

MAX_TEXT = 5000
# One in 10^12 references is taken; a third try would mean that something else is wrong.
_TRIES = 3
VERSIONS = 5
FAR = 100  # metres between a pin and the address beside it, from which one of them must be wrong
EMERGENCIES = (Kind.GAS, Kind.LIFE)
# What is kept of who made it, apart from the melding.
CONTACT = ("name", "email", "phone")
_NO_BUURT = _(
    "This place lies in our municipality, but in none of its neighbourhoods. Move the pin, or choose one from the list."
)
_MISSING = _("Choose the neighbourhood where it is, or put a pin on the map.")
_NO_ASSET = _("We do not know this number. Look at it again, or leave it out and say where it is.")
_SEVERAL = _("More than one object has this number. Write which one you mean: {names}.")
_PIN_DIFFERS = _("The pin is in {pin}, and you chose {chosen}. Remove the pin, or choose {pin}.")
_PIN_FAR = _("The pin is not at {address}. Which of the two do you mean? Choose it below.")
_ADDRESS_DIFFERS = _("{address} lies in {found}, and you chose {chosen}. Choose {found}, or write another address.")
_ELSEWHERE = _("This is not ours. It is solved by {whose}: {door}")
_OUTSIDE = _("This place lies outside our municipality. Move the pin, or choose a neighbourhood.")


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a reporter said, clean in shape. A place is needed, and the first of these counts: the number of an object
    that the category asks for, a pin (degrees, WGS84), a text that is one address, a buurt.

    `precision`: how many metres the pin may be off, as the telephone said or the scale of the map.
    `danger_answer`: what they said when they were told to call 112, one of Event.Answer; empty when they were not.
    `seal`: what the page says they were shown as suggestions; it is believed when the server wrote it.
    `second_text`: the words of a second thing at the same place, which becomes a melding of its own beside the first.
    `photos`: signed ids of photos that were added to the form with the mark `form`.
    `answers`: to what the category asks; None from a door that asks nothing, where none can be missing.
    """

    text: str
    second_text: str = ""
    longitude: float | None = None
    latitude: float | None = None
    precision: int | None = None
    place_text: str = ""
    asset_number: str = ""
    buurt_code: str = ""
    category_slug: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = settings.LANGUAGE_CODE
    source: str = Melding.Source.WEB
    danger_answer: str = ""
    seal: str = ""
    photos: tuple[str, ...] = ()
    answers: tuple[asking.Entry, ...] | None = None
    form: uuid.UUID | None = None
    entered_by: User | None = None
    submission_key: uuid.UUID | None = None

    @cached_property
    def danger(self) -> Kind | None:
        """What danger the words name."""
        return find_danger(self.text)

    @property
    def is_emergency(self) -> bool:
        """Whether people may be in danger now, as the words say and unless the reporter said that nobody is."""
        return self.danger in EMERGENCIES and self.danger_answer != Event.Answer.SAFE

    def content(self, municipality: Municipality) -> Content:
        """What makes it this submission and no other, by name. A field that is added counts, unless it may differ.

        Its own key is part of it: two rows never show that the same was said twice.
        """
        content = {each.name: getattr(self, each.name) for each in fields(self) if each.name not in _MAY_DIFFER}
        content["municipality"] = municipality.pk
        content["entered_by"] = self.entered_by.pk if self.entered_by else None
        content["submission_key"] = str(self.submission_key)
        if not self.answers:  # who answers nothing sends the same as where nothing is asked
            content.pop("answers")
        return content


# Who sends the same again may read the page in another language by then, and the page may be made anew.
_MAY_DIFFER = frozenset({"language", "danger_answer", "seal", "form"})


@dataclass(frozen=True)
class Place:
    """Where it is, as stored: a point where there is a pin, the way in which it was said, and always a buurt."""

    buurt: Area
    source: str
    point: Point | None
    address: str = ""
    asset: Asset | None = None


def submit(municipality: Municipality, submission: Submission, *, sender: Sender | None = None) -> Melding:
    """Store a melding with its reporter and first Event, and ask for its classification and receipt on commit.

    Words of danger give it its priority and deadline here, in the same transaction, whatever becomes of the tasks.

    The same submission_key with the same content gives the melding that it gave before; with other content it is
    Refused at `submission_key`. Raises Refused; then nothing is stored.
    `sender` is whose limit counts, none for a colleague: over it the melding is suspect: stored and handled like any
    other, but its reporter gets no mail before a colleague has judged it.
    """
    content = submission.content(municipality)
    before = _earlier(municipality, submission, content)
    if before:
        return before
    mark = fingerprint(content) if submission.submission_key else ""
    values = _values(municipality, submission) | {"submission_fingerprint": mark}
    values["is_suspect"] = floods(sender)
    for _attempt in range(_TRIES):
        try:
            return _store(submission, values)
        except IntegrityError as error:
            last = error
            before = _earlier(municipality, submission, content)  # of another press at the same moment
            if before:
                return before
    raise last


def _values(municipality: Municipality, submission: Submission) -> dict[str, Any]:
    """What is stored of it in the melding itself. Raises Refused."""
    _check_text(submission.text, "text")
    if submission.second_text:
        _check_text(submission.second_text, "second_text")
    place = find_place(municipality, submission)
    category = find_category(municipality, submission.category_slug, without=choices.TEXTS)
    check_ours(category, submission)
    check_answers(category, submission)
    return {
        "municipality": municipality,
        "text": submission.text,
        "point": place.point,
        "precision": submission.precision if place.source == Melding.PlaceSource.PIN else None,
        "place_source": place.source,
        "place_text": submission.place_text,
        "address": place.address,
        "asset": place.asset,
        "buurt": place.buurt,
        "category": category,
        "category_by": Melding.CategoryBy.RESIDENT if category else Melding.CategoryBy.NOBODY,
        "source": submission.source,
        "entered_by": submission.entered_by,
        "submission_key": submission.submission_key,
    }


def submit_changed(municipality: Municipality, submission: Submission, *, sender: Sender | None = None) -> Melding:
    """The same as submit, for a page that stays open: who changed something after sending has a report of its own.

    Also when that is sent twice: the keys after the first follow from it. What was changed more than VERSIONS times is
    stored each time that it is sent.
    """
    submission = replace(submission, form=submission.submission_key)
    for _version in range(VERSIONS):
        try:
            return submit(municipality, submission, sender=sender)
        except Refused as refused:
            if refused.field != "submission_key" or submission.submission_key is None:
                raise
        submission = replace(submission, submission_key=next_key(submission.submission_key))
    return submit(municipality, replace(submission, submission_key=uuid.uuid4()), sender=sender)


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
    candidates = assets.by_number(municipality, kinds, getattr(submission, field))
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
    be meant: a pin in one buurt and another one from the list, an address in another buurt or far from the pin.
    """
    place = find_place(municipality, submission)
    if place.source == Melding.PlaceSource.PIN and place.point is not None:
        _check_buurt_of_pin(municipality, submission, place.buurt, place.point)
        _check_address_of_pin(municipality, submission, place.point)
    elif place.source == Melding.PlaceSource.ADDRESS and place.point is None:
        _check_buurt_of_address(municipality, submission, place.buurt)
    return place


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


def find_category(municipality: Municipality, slug: str, *, without: Sequence[str] = ()) -> Category | None:
    """The category that the reporter chose; None when they left it to us. Raises Refused for any other word.

    `without`: columns that are not read, unless somebody asks for them after all.
    """
    if not slug:
        return None
    category = choices.categories(municipality).annotate(asks=asking.ASKS).defer(*without).filter(slug=slug).first()
    if category is None:
        raise Refused("unknown", _("We do not know this subject. Choose one from the list."), "category_slug")
    return category


def check_ours(category: Category | None, submission: Submission) -> None:
    """Raises Refused for what only others take in. Danger is taken in, and a colleague knows what they do."""
    if category is None or not (category.is_only_elsewhere and category.elsewhere_texts):
        return
    if submission.danger is None and submission.entered_by is None:
        door = category.elsewhere_url or category.elsewhere_phone
        raise Refused("elsewhere", format_lazy(_ELSEWHERE, whose=category.elsewhere, door=door), "elsewhere")


def check_answers(category: Category | None, submission: Submission) -> None:
    """Raises Refused for what is no answer to what the category asks. Who is in danger is not held up by a question."""
    if not submission.answers and not getattr(category, "asks", False):
        return
    is_complete = submission.answers is not None and not submission.is_emergency
    asking.check(category, submission.answers or (), is_complete=is_complete)


def _check_text(text: str, field: str) -> None:
    if not text.strip():
        raise Refused("empty", _("Tell us what is the matter."), field)
    if len(text) > MAX_TEXT:
        raise Refused("too_long", _("Your text is too long."), field)


def _earlier(municipality: Municipality, submission: Submission, content: Content) -> Melding | None:
    """The melding of this key. Refused when it says anything else: its follow address may be another person's."""
    if submission.submission_key is None:
        return None
    own = Melding.objects.of(municipality)
    melding = own.filter(submission_key=submission.submission_key).first()
    if melding and not matches(melding.submission_fingerprint, content):
        message = _("This key belongs to another report already. Send this report with a key of its own.")
        raise Refused("used", message, "submission_key")
    return melding


def _store(submission: Submission, values: dict[str, Any]) -> Melding:
    with transaction.atomic():
        meldingen = [_receive(submission, values)]
        if submission.second_text:
            meldingen.append(_receive(*_second(submission, values)))
    for melding in meldingen:
        if not melding.is_suspect:
            count_received(melding.municipality_id)
    return meldingen[0]


def _second(submission: Submission, values: dict[str, Any]) -> tuple[Submission, dict[str, Any]]:
    """The second thing: same place and reporter, but of what the first is about it has nothing."""
    key = second_key(submission.submission_key) if submission.submission_key else None
    other = replace(
        submission, text=submission.second_text, second_text="", category_slug="", asset_number="", seal="",
        danger_answer="", photos=(), answers=None, submission_key=key,
    )  # fmt: skip
    source = Melding.PlaceSource.PIN if values["asset"] else values["place_source"]
    nothing = {"asset": None, "category": None, "category_by": Melding.CategoryBy.NOBODY, "submission_fingerprint": ""}
    return other, values | nothing | {"text": other.text, "place_source": source, "submission_key": key}


def second_of(melding: Melding) -> Melding | None:
    """What was sent along with it as a second thing; None where nothing was."""
    if melding.submission_key is None:
        return None
    return Melding.objects.of(melding.municipality_id).filter(submission_key=second_key(melding.submission_key)).first()


def _receive(submission: Submission, values: dict[str, Any]) -> Melding:
    """One melding, inside the transaction of all that was sent together."""
    melding = Melding(**values, received_at=timezone.now())
    actor = _actor(submission)
    saw = suggestions.unseal(submission.seal, melding.municipality_id, melding.text)
    routes.assess(melding, submission.danger, saw=saw)
    event = lifecycle.receive(melding, actor=actor, saw=saw)
    if submission.danger in EMERGENCIES and submission.danger_answer in Event.Answer.values:
        warning = events.Warned(danger=str(melding.danger), answer=submission.danger_answer)
        lifecycle.change(melding, warning, actor=actor)
    if submission.photos:
        attaching.attach(melding, submission.form or submission.submission_key, submission.photos)
    if submission.answers:
        asking.keep(melding, submission.answers)
    telling.receive(event, _store_reporter(melding, submission))
    queueing.after_commit(routing_tasks.classify_and_route, melding.pk)
    return melding


def _actor(submission: Submission) -> events.Actor:
    if submission.entered_by is not None:
        return events.by(submission.entered_by)
    return events.CLIENT if submission.source == Melding.Source.API else events.REPORTER


def _store_reporter(melding: Melding, submission: Submission) -> Reporter | None:
    contact = {name: getattr(submission, name) for name in CONTACT}
    if not any(contact.values()):
        return None
    own = {"municipality_id": melding.municipality_id, "melding": melding, "language": submission.language}
    return Reporter.objects.create(**own, **contact)
