"""Taking in one melding, from whichever door: what is covered, what is refused, and everything in one transaction."""

import uuid
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen import queueing
from meldingen.attachments import attaching
from meldingen.categories import choices
from meldingen.intake import suggestions
from meldingen.intake.choosing import check_answers, check_ours, find_category
from meldingen.intake.fingerprint import Content, fingerprint, matches, next_key, second_key
from meldingen.intake.placing import find_place
from meldingen.intake.submission import CONTACT, EMERGENCIES, MAX_TEXT, Submission
from meldingen.limits.rules import count_received, floods
from meldingen.limits.senders import Sender
from meldingen.notifications import telling
from meldingen.questions import asking
from meldingen.record import events, lifecycle
from meldingen.record.models import Event, Melding, Reporter
from meldingen.refusals import Refused
from meldingen.routing import routes
from meldingen.routing import tasks as routing_tasks
from meldingen.tenancy.models import Municipality

# One in 10^12 references is taken; a third try would mean that something else is wrong.
_TRIES = 3
VERSIONS = 5


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
    return submission.columns() | {
        "municipality": municipality,
        "point": place.point,
        "precision": submission.precision if place.source == Melding.PlaceSource.PIN else None,
        "place_source": place.source,
        "address": place.address,
        "asset": place.asset,
        "buurt": place.buurt,
        "category": category,
        "category_by": Melding.CategoryBy.RESIDENT if category else Melding.CategoryBy.NOBODY,
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
    actor, is_back = _actor(submission), submission.is_back
    saw = suggestions.unseal(submission.seal, melding.municipality_id, melding.text)
    routes.assess(melding, submission.danger, saw=saw)
    event = lifecycle.receive(melding, actor=actor, saw=saw, is_back=is_back)
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
