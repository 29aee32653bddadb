"""Everything that the page of one melding shows, in a fixed number of queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from meldingen.attachments.models import Photo
from meldingen.attachments.showing import Picture, pictures_of
from meldingen.categories.models import Category
from meldingen.handling import guesses, standard_texts, triage
from meldingen.handling.desk import confidential, labels, masking, rows
from meldingen.handling.desk.actions import Choices
from meldingen.handling.formality import is_formal, with_additions
from meldingen.languages import FALLBACK
from meldingen.nearby.models import Sighting
from meldingen.notifications.models import Delivery
from meldingen.places import geo
from meldingen.places.base_map import base_map
from meldingen.questions.models import Reply
from meldingen.questions.reading import InWords, answers_of
from meldingen.record import queries, workflow
from meldingen.record.events import DECIDING
from meldingen.record.models import Event, Melding, Reporter
from meldingen.routing import reasons
from meldingen.routing.models import Prediction
from meldingen.routing.prediction import AUDITED, label_of
from meldingen.tenancy.models import Team, User
from meldingen.tenancy.requests import municipality
from meldingen.tenancy.roles import Right, may, may_handle

_RELATED = (
    "buurt", "category__parent", "team", "assignee", "entered_by", "prediction__category", "prediction__model", "hold",
    "asset__kind",
)  # fmt: skip


A_YEAR = timedelta(days=365)
MOST_JOINED = 200
SURE = 70  # percents from which a guess is the button that stands out
LIKELY = 10  # percents from which a guess is a button; chosen, not measured
PHOTO = "admin:meldingen_melding_photo"


@dataclass(frozen=True)
class Guess:
    """One of the model's suggestions: the category's name, and its probability in whole percents where it means any.

    `category`: its id, None where it cannot be chosen any more.
    """

    name: str
    percent: int | None
    category: int | None

    @property
    def is_sure(self) -> bool:
        """Whether it may be taken with one key."""
        return self.percent is not None and self.percent >= SURE

    @property
    def is_likely(self) -> bool:
        """Whether it is worth a button: who reads a melding knows better than what is wrong nine times in ten."""
        return self.percent is None or self.percent >= LIKELY


@dataclass(frozen=True)
class Contact:
    """What is known of the reporter, as it is shown."""

    name: str
    phone: str
    email: str
    is_shown: bool


@dataclass(frozen=True)
class Reveal:
    """What a colleague asked to see of the reporter, which is kept: their details, or the ids of what they reported
    before.
    """

    contact: bool = False
    earlier: Sequence[int] | None = None


NOTHING = Reveal()


@dataclass(frozen=True)
class Happening:
    """One line of the history, with what was written at that moment. `icon`: of who or what did it."""

    pk: int
    icon: str
    is_decision: bool
    words: reasons.Words
    when: str
    who: reasons.Words
    answer: str
    for_everybody: bool
    note: str
    added: str
    mails: Sequence[reasons.Words]
    is_undone: bool = False


def find(request: HttpRequest, pk: str) -> Melding:
    """The melding with all that belongs to it in one query. Http404 for one that this colleague does not see."""
    related = (*_RELATED, "reporter") if may(request, Right.CONTACT) else _RELATED
    visible = confidential.visible(request, Melding.objects.of(municipality(request)))
    heavy = ("buurt__geometry", "buurt__ages", "search", "prediction__model__figures")
    visible = rows.with_leads(with_additions(visible.select_related(*related).defer(*heavy)))
    border = geo.border("buurt__geometry", decimals=5)
    # Most have neither: what is not there is not asked for by itself.
    marks = {
        "leads": Exists(Melding.objects.filter(lead=OuterRef("pk"))),
        "is_sighted": Exists(Sighting.objects.filter(melding=OuterRef("pk"))),
        "has_answers": Exists(Reply.objects.filter(melding=OuterRef("pk"))),
        "has_photos": Exists(Photo.objects.filter(melding=OuterRef("pk"))),
        "of_object": _of_object(request),
    }
    found = (
        visible.annotate(border=border, **marks).filter(pk=int(pk)).first() if pk.isascii() and pk.isdecimal() else None
    )
    if found is None:
        raise Http404
    return found


def _of_object(request: HttpRequest) -> Coalesce:
    """How many others that this colleague sees are about its object, of the last year: what keeps coming back."""
    lately = confidential.visible(request, Melding.objects.of(municipality(request))).filter(
        asset=OuterRef("asset"), received_at__gte=timezone.now() - A_YEAR
    )
    number = lately.exclude(pk=OuterRef("pk")).order_by().values("asset").annotate(number=Count("pk"))
    return Coalesce(Subquery(number.values("number")), 0)


def contact(reporter: Reporter | None, *, is_shown: bool) -> Contact | None:
    """The details as they are, or masked; None where nothing is known."""
    if reporter is None or not (reporter.name or reporter.phone or reporter.email):
        return None
    if is_shown:
        return Contact(reporter.name, reporter.phone, reporter.email, is_shown=True)
    masked = masking.name(reporter.name), masking.phone(reporter.phone), masking.email(reporter.email)
    return Contact(*masked, is_shown=False)


def context(request: HttpRequest, melding: Melding, reveal: Reveal = NOTHING, seen_before: str = "") -> dict[str, Any]:
    """What the template shows beside the melding itself. `seen_before`: what a colleague had seen who was refused."""
    where = municipality(request)
    categories = list(Category.objects.of(where).select_related("parent"))
    every = list(Team.objects.of(where).values_list("pk", "name", "is_active"))
    teams = {pk: name for pk, name, _is_active in every}
    prediction = getattr(melding, "prediction", None)
    reporter: Reporter | None = getattr(melding, "reporter", None) if may(request, Right.CONTACT) else None
    happened = events_of(melding)
    lines = with_joined(request, melding, history(happened, {c.pk: c.name for c in categories}, teams))
    return {
        "melding": melding,
        "reporter": reporter,
        "choices": Choices({pk: name for pk, name, is_active in every if is_active}, categories),
        "standard_texts": standard_texts.ready_for(where, melding, _language(reporter)),
        "prepared_id": prepared(happened),
        "contact": contact(reporter, is_shown=reveal.contact),
        "earlier": earlier(request, reveal.earlier),
        "may_contact": may(request, Right.CONTACT),
        "with_letter": wants_letter(request, melding),
        "photos": photos(melding) if may(request, Right.PHOTOS) and getattr(melding, "has_photos", True) else [],
        "answers": answers(melding),
        "term": labels.term(melding, timezone.now(), where.time_zone),
        "prediction": prediction,
        "reason": reasons.reason(_reason(melding, prediction)) if prediction else "",
        "guesses": list(guesses_of(melding, categories)),
        "guess": first_guess(melding, categories),
        "guesses_mark": guesses.mark(melding),
        "words_behind": guesses.words_behind(melding),
        "is_unsure": guesses.is_to_choose(melding) and may_handle(request, melding.team_id),
        "history": lines,
        "unread": unread(melding, happened, lines),
        "came_back": came_back(melding, happened),
        "not_yours": may(request, Right.HANDLE_OWN) and not may_handle(request, melding.team_id),
        "changes": since(lines, seen_before),
        "seen": triage.snapshot_of(happened),
        "place": place(melding),
        "is_formal": melding.state in workflow.OPEN and is_formal(melding),
        "base_map": base_map(where),
    }


def with_joined(request: HttpRequest, melding: Melding, lines: list[Happening]) -> list[Happening]:
    """The history of one that leads says who came to it too."""
    if not getattr(melding, "leads", False):
        return lines
    return sorted([*lines, *joined(request, melding)], key=lambda line: line.pk, reverse=True)


def wants_letter(request: HttpRequest, melding: Melding) -> bool:
    """Whether its receipt is a letter that this colleague may print: who called left no address for a mail."""
    reporter: Reporter | None = getattr(melding, "reporter", None)
    is_unmailed = melding.source == Melding.Source.PHONE and not (reporter and reporter.email)
    return is_unmailed and may(request, Right.ENTER)


def earlier(request: HttpRequest, ids: Sequence[int] | None) -> list[rows.Row] | None:
    """What the same person reported before, the newest first; None where nobody asked for it."""
    if ids is None:
        return None
    where = municipality(request)
    meldingen = Melding.objects.of(where).filter(pk__in=ids).select_related("category", "team", "buurt")
    light = meldingen.defer("search", "point", "buurt__geometry", "buurt__ages")
    now, zone = timezone.now(), where.time_zone
    return [rows.row(each, now, zone) for each in light.order_by("-received_at", "-pk")]


def since(lines: Iterable[Happening], seen_before: str) -> list[Happening]:
    """What people did after what a colleague had seen, the newest first; nothing where that is not known."""
    if not (seen_before.isascii() and seen_before.isdecimal() and len(seen_before) < 19):
        return []
    return [line for line in lines if line.is_decision and line.pk > int(seen_before)]


def unread(melding: Melding, events: Iterable[Event], lines: Iterable[Happening]) -> list[Happening]:
    """What the reporter said since a colleague did something, the newest first; nothing once that was read."""
    if not melding.reporter_spoke_at:
        return []
    by_people = (event.pk for event in events if event.actor_kind == Event.ActorKind.PERSON)
    last = max(by_people, default=0)
    said = {e.pk for e in events if e.pk > last and e.kind in (Event.Kind.ADDED, Event.Kind.RATED, Event.Kind.MOVED)}
    reporter = labels.ACTOR_ICONS[Event.ActorKind.REPORTER]
    return [line for line in lines if line.pk in said and line.icon == reporter]


def came_back(melding: Melding, happened: Iterable[Event]) -> tuple[reasons.Words, datetime] | None:
    """Why its reporter had it opened again, and when, for as long as it is so."""
    if melding.state != workflow.REOPENED:
        return None
    last = max(
        (each for each in happened if each.to_state == workflow.REOPENED), key=lambda each: each.pk, default=None
    )
    if last is None or last.actor_kind != Event.ActorKind.REPORTER:
        return None
    return labels.shortfall(last), last.happened_at


def _language(reporter: Reporter | None) -> str:
    return reporter.language if reporter else FALLBACK


def guesses_of(melding: Melding, categories: Iterable[Category]) -> Iterable[Guess]:
    """The guesses that are shown, by name; a label that no category has any more as it is.

    Where the model abstains its percentages mean nothing: they are left out.
    """
    by_label = {label_of(category): category for category in categories}
    for label, probability in guesses.shown(melding):
        percent = None if guesses.abstains(melding.prediction) else round(100 * probability)
        category = by_label.get(label)
        if category is None:
            yield Guess(label, percent, None)
        else:
            may_choose = category.is_active and category.parent is not None and category.parent.is_active
            yield Guess(category.name, percent, category.pk if may_choose else None)


def first_guess(melding: Melding, categories: Iterable[Category]) -> Category | None:
    """What the best guess that is shown says it is about."""
    label = next((label for label, _probability in guesses.shown(melding)), None)
    return next((category for category in categories if label and label_of(category) == label), None)


def answers(melding: Melding) -> list[InWords]:
    """What the reporter answered to the questions of its category; nothing is asked where there is nothing."""
    if not getattr(melding, "has_answers", True):
        return []
    return answers_of(melding.municipality_id, [melding.pk], get_language() or FALLBACK).get(melding.pk, [])


def photos(melding: Melding) -> list[Picture]:
    """Its photos, each at an address of the desk."""
    return pictures_of(
        list(melding.photos.all()), lambda photo, which: reverse(PHOTO, args=[melding.pk, photo.pk, which])
    )


def events_of(melding: Melding) -> list[Event]:
    """All that happened to it, with what was written then and what became of the mails; two queries."""
    deliveries = Prefetch("deliveries", Delivery.objects.select_related("recipient").order_by("pk"))
    return list(melding.events.select_related("actor", "answer", "note", "addition").prefetch_related(deliveries))


def _reason(melding: Melding, prediction: Prediction) -> str:
    """Why the model did what it did; of a melding whose guesses are hidden, that they are."""
    return AUDITED if guesses.is_hidden(melding) else prediction.reason


def prepared(events: Iterable[Event]) -> int | None:
    """The id of the standard text that a rule has ready, until somebody wrote to the reporter."""
    in_order = sorted(events, key=lambda event: event.pk)
    routed = [event for event in in_order if event.kind == Event.Kind.ROUTED]
    text = routed[-1].codes.get("standard_text") if routed else None
    is_answered = any(event.pk > routed[-1].pk and _text(event, "answer") for event in in_order) if routed else False
    return None if is_answered else text


def people_in(events: Iterable[Event]) -> dict[int, str]:
    """The names of those into whose hands it came; nothing is asked where there are none."""
    changes = [event.codes["assignee"] for event in events if "assignee" in event.codes]
    ids = {each[side] for each in changes for side in ("from", "to")} - {None}
    people = User.objects.filter(pk__in=ids) if ids else []
    return {person.pk: person.get_full_name() or person.get_username() for person in people}


def leads_in(events: Iterable[Event]) -> dict[int, str]:
    """The references of those into which it was merged; nothing is asked where it never was."""
    ids = {event.codes["lead"]["to"] for event in events if event.kind == Event.Kind.MERGED and "lead" in event.codes}
    return dict(Melding.objects.filter(pk__in=ids).values_list("pk", "reference")) if ids else {}


def history(events: Iterable[Event], categories: Mapping[int, str], teams: Mapping[int, str]) -> list[Happening]:
    """The events in words, newest first."""
    in_order = sorted(events, key=lambda event: event.pk)
    undone = {pk for event in in_order if event.kind == Event.Kind.UNDONE for pk in event.codes.get("of", ())}
    people, leads = people_in(in_order), leads_in(in_order)
    told: list[str] = []
    for event in in_order:
        told.append(_told(event, told[-1] if told else ""))
    return [
        Happening(
            pk=event.pk,
            icon=labels.ACTOR_ICONS.get(event.actor_kind, "info"),
            is_decision=event.actor_kind in DECIDING,
            words=labels.merged(event, leads) or labels.event(event, categories, teams, promised, people),
            when=labels.moment(event.happened_at),
            who=labels.who(event),
            answer=_text(event, "answer"),
            for_everybody=getattr(getattr(event, "answer", None), "for_everybody", False),
            note=_text(event, "note"),
            added=_text(event, "addition"),
            mails=labels.mails(event.deliveries.all()),
            is_undone=event.pk in undone and event.kind != Event.Kind.RECEIVED,
        )
        for event, promised in reversed(list(zip(in_order, told, strict=True)))
    ]


def joined(request: HttpRequest, lead: Melding) -> list[Happening]:
    """The mergers that stand of others into this melding, as lines of its own history."""
    merged = confidential.visible(request, Melding.objects.of(municipality(request))).filter(lead=lead.pk)
    mergers = Event.objects.filter(melding__in=merged.order_by().values("pk"), kind=Event.Kind.MERGED)
    return [
        Happening(
            pk=event.pk,
            icon=labels.ACTOR_ICONS.get(event.actor_kind, "info"),
            is_decision=False,
            words=labels.joined(event),
            when=labels.moment(event.happened_at),
            who=labels.who(event),
            answer="",
            for_everybody=False,
            note="",
            added="",
            mails=(),
        )
        for event in queries.that_stand(mergers).select_related("actor", "melding").order_by("-pk")[:MOST_JOINED]
    ]


def _told(event: Event, before: str) -> str:
    """The moment that the reporter is told from this event on, empty for none; `before` is the one until then."""
    change = event.codes.get("promised_at")
    return change["to"] or "" if change else before


def place(melding: Melding) -> dict[str, Any]:
    """For the map and its words: degrees where there is a point, and the border of the buurt as GeoJSON."""
    border = getattr(melding, "border", "")
    if melding.point is None:
        return {"border": border}
    longitude, latitude = geo.to_door(melding.point)
    return {"border": border, "longitude": f"{longitude:.6f}", "latitude": f"{latitude:.6f}"}


def _text(event: Any, name: str) -> str:
    written = getattr(event, name, None)
    return str(written.text) if written else ""
