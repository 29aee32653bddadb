"""Taking in one melding, from whichever door: what is covered, what is refused, and everything in one transaction."""

import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from meldingen import queueing
from meldingen.categories import choices
from meldingen.categories.models import Category
from meldingen.limits.rules import count_received, floods
from meldingen.limits.senders import Sender
from meldingen.notifications import telling
from meldingen.places import areas, geo
from meldingen.places.models import Area
from meldingen.record import events, lifecycle, references
from meldingen.record.models import Event, Melding, Reporter
from meldingen.refusals import Refused
from meldingen.routing import planning, routes
from meldingen.routing import tasks as routing_tasks
from meldingen.tenancy.models import Municipality, User

MAX_TEXT = 5000
# One in 10^12 references is taken; a third try would mean that something else is wrong.
_TRIES = 3


@dataclass(frozen=True, kw_only=True)
class Submission:
    """What a reporter said, clean in shape. A pin (degrees, WGS84) goes before a buurt; one of the two is needed.

    `danger_answer`: what they said when they were told to call 112, one of Event.Answer; empty when they were not.
    """

    text: str
    longitude: float | None = None
    latitude: float | None = None
    place_text: str = ""
    buurt_code: str = ""
    category_slug: str = ""
    name: str = ""
    email: str = ""
    phone: str = ""
    language: str = settings.LANGUAGE_CODE
    source: str = Melding.Source.WEB
    danger_answer: str = ""
    entered_by: User | None = None
    submission_key: uuid.UUID | None = None

    def with_next_key(self) -> "Submission":
        """The same under a key of its own that follows from key and content: sent again, it is the same key again.

        Nobody can try out contact details against the key, for SECRET_KEY is in it.
        """
        content = repr(replace(self, submission_key=None))
        digest = salted_hmac(f"meldingen.submission:{self.submission_key}", content, algorithm="sha256").digest()
        return replace(self, submission_key=uuid.UUID(bytes=digest[:16]))


@dataclass(frozen=True)
class Place:
    """Where it is, as stored: a point where there is a pin, the way in which it was said, and always a buurt."""

    buurt: Area
    source: str
    point: Point | None


def submit(municipality: Municipality, submission: Submission, *, sender: Sender | None = None) -> Melding:
    """Store a melding with its reporter and first Event, and ask for its classification and receipt on commit.

    Words of danger give it its priority and deadline here, in the same transaction, whatever becomes of the tasks.

    The same submission_key with the same content gives the melding that it gave before; with other content it is
    Refused at `submission_key`. Raises Refused; then nothing is stored.
    `sender` is whose limit counts, none for a colleague: over it the melding is suspect: stored and handled like any
    other, but its reporter gets no mail before a colleague has judged it.
    """
    _check_text(submission.text)
    place = find_place(municipality, submission)
    category = find_category(municipality, submission.category_slug)
    values = {
        "municipality": municipality,
        "text": submission.text,
        "point": place.point,
        "place_source": place.source,
        "place_text": submission.place_text,
        "buurt": place.buurt,
        "category": category,
        "category_by": Melding.CategoryBy.RESIDENT if category else Melding.CategoryBy.NOBODY,
        "source": submission.source,
        "entered_by": submission.entered_by,
        "submission_key": submission.submission_key,
    }
    before = _earlier(submission, values)
    if before:
        return before
    values["is_suspect"] = floods(sender)
    for _attempt in range(_TRIES):
        try:
            return _store(submission, values)
        except IntegrityError as error:
            last = error
            before = _earlier(submission, values)  # of another press at the same moment
            if before:
                return before
    raise last


def find_place(municipality: Municipality, submission: Submission) -> Place:
    """The place that was meant. Raises Refused where it is not covered by a buurt of this municipality.

    A pin outside is refused also when there is a buurt: a program may have turned its numbers round. The form then
    asks again without the pin, for its visitor sees on the next page which place counts.
    """
    if submission.longitude is not None and submission.latitude is not None:
        point = geo.from_door(submission.longitude, submission.latitude)
        return Place(_buurt_of(municipality, point), Melding.PlaceSource.PIN, point)
    if not submission.buurt_code:
        raise Refused("missing", _("Choose the buurt where it is, or put a pin on the map."), "buurt_code")
    buurt = areas.buurten(municipality).filter(code=submission.buurt_code).first()
    if buurt is None:
        raise Refused("unknown", _("We do not know this buurt. Choose one from the list."), "buurt_code")
    said = Melding.PlaceSource.ADDRESS if submission.place_text else Melding.PlaceSource.BUURT
    return Place(buurt, said, None)


def _buurt_of(municipality: Municipality, point: Point | None) -> Area:
    (located,) = geo.locate(municipality, [point])
    if located.buurt_id is not None:
        return Area.objects.defer("geometry").get(pk=located.buurt_id)
    if located.in_gemeente:
        message = _("This place lies in our municipality, but in none of its buurten. Move the pin, or choose a buurt.")
        raise Refused("no_buurt", message, "pin")
    raise Refused("outside", _("This place lies outside our municipality. Move the pin, or choose a buurt."), "pin")


def find_category(municipality: Municipality, slug: str) -> Category | None:
    """The category that the reporter chose; None when they left it to us. Raises Refused for any other word."""
    if not slug:
        return None
    category = choices.categories(municipality).filter(slug=slug).first()
    if category is None:
        raise Refused("unknown", _("We do not know this subject. Choose one from the list."), "category_slug")
    return category


def _check_text(text: str) -> None:
    if not text.strip():
        raise Refused("empty", _("Tell us what is the matter."), "text")
    if len(text) > MAX_TEXT:
        raise Refused("too_long", _("Your text is too long."), "text")


def _earlier(submission: Submission, values: dict[str, Any]) -> Melding | None:
    """The melding of this key. Refused when it says anything else: its follow address may be another person's."""
    if submission.submission_key is None:
        return None
    own = Melding.objects.filter(municipality=values["municipality"])
    melding = own.filter(submission_key=submission.submission_key).first()
    if melding and not (_same_content(melding, values) and _same_reporter(melding, submission)):
        message = _("This key belongs to another report already. Send this report with a key of its own.")
        raise Refused("used", message, "submission_key")
    return melding


def _same_content(melding: Melding, values: dict[str, Any]) -> bool:
    stored = (
        melding.text, melding.source, melding.entered_by_id, melding.place_source, melding.place_text,
        melding.buurt_id, melding.point and melding.point.wkb, _chosen_category(melding),
    )  # fmt: skip
    colleague, category, point = values["entered_by"], values["category"], values["point"]
    return stored == (
        values["text"], values["source"], colleague and colleague.pk, values["place_source"], values["place_text"],
        values["buurt"].pk, point and point.wkb, category and category.pk,
    )  # fmt: skip


def _chosen_category(melding: Melding) -> int | None:
    """The category that the reporter chose, whoever changed it since."""
    received = events.Received.read(melding.events.get(kind=Event.Kind.RECEIVED).codes)
    return received.category.new if received.category else None


def _same_reporter(melding: Melding, submission: Submission) -> bool:
    """Their language may differ: they see the page of thanks in the one they chose last."""
    known = Reporter.objects.filter(melding=melding).values_list("name", "email", "phone").first()
    return (known or ("", "", "")) == (submission.name, submission.email, submission.phone)


def _store(submission: Submission, values: dict[str, Any]) -> Melding:
    melding = Melding(
        **values,
        reference=references.new_reference(),
        follow_token=references.new_follow_token(),
        received_at=timezone.now(),
    )
    routes.mark_danger(melding)
    melding.deadline = planning.deadline_of_danger(melding)
    if melding.category:
        plan = planning.plan(melding, planning.read_rulebook(melding.municipality_id, [melding]))
        melding.deadline, melding.promised_at = plan.deadline, planning.promise(melding, plan)
    with transaction.atomic():
        actor = _actor(submission)
        event = lifecycle.receive(melding, actor=actor)
        if melding.is_emergency and submission.danger_answer in Event.Answer.values:
            happened = events.Warned(danger=str(melding.danger), answer=submission.danger_answer)
            lifecycle.change(melding, happened, actor=actor)
        _store_reporter(melding, event, submission)
        telling.warn(event)
        queueing.after_commit(routing_tasks.classify_and_route, melding.pk)
    if not melding.is_suspect:
        count_received(melding.municipality_id)
    return melding


def _actor(submission: Submission) -> events.Actor:
    if submission.entered_by is not None:
        return events.by(submission.entered_by)
    return events.CLIENT if submission.source == Melding.Source.API else events.REPORTER


def _store_reporter(melding: Melding, event: Event, submission: Submission) -> None:
    if not (submission.name or submission.email or submission.phone):
        return
    reporter = Reporter.objects.create(
        municipality_id=melding.municipality_id,
        melding=melding,
        name=submission.name,
        email=submission.email,
        phone=submission.phone,
        language=submission.language,
    )
    if submission.email:
        telling.welcome(event, reporter)
