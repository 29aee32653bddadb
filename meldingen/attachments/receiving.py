"""Taking in a photo for a form that was not sent yet."""

import hashlib
import uuid
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen import queueing
from meldingen.attachments import files, inspecting, tasks, tokens
from meldingen.attachments.arrivals import MOST_BYTES, MOST_PHOTOS, Arrival
from meldingen.attachments.models import Photo
from meldingen.limits.rules import wait_for_photo
from meldingen.limits.senders import Sender
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality

__all__ = ["KEPT_UNSENT", "give_up", "of_form", "receive", "refuse_more"]

# For so long a photo of a form that nobody sends is kept.
KEPT_UNSENT = timedelta(hours=24)
_EMPTY = _("“{name}” is empty. Choose it once more, or take the photo again.")
_TOO_LARGE = _("“{name}” is larger than 20 MB. Choose a smaller photo.")
_NO_ROOM = _("We have no room for “{name}” now. Send your report without it, or try again later.")
_TOO_MANY = _("A report has at most 5 photos: “{name}” is not among them. Remove another one first.")
_TOO_OFTEN = _(
    "Very many photos come from your network, so “{name}” is not taken in now. Send your report without it, or try "
    "again in {minutes} minutes."
)


def receive(
    municipality: Municipality,
    form: uuid.UUID,
    arrival: Arrival,
    *,
    sender: Sender | None,
    melding: Melding | None = None,
) -> Photo:
    """Keep it for this form and have it prepared. Raises Refused, in words about this file; then nothing is kept.

    The same file in the same form is one photo: who loads the page anew sends it once more without a word. `melding`:
    the one for which it is, where that was sent before; what it has already is not kept twice.
    The row is there before the file and without a date by which it is due: who is cut off between the two leaves a row
    by which the file is found and removed, never a file that nobody knows.
    """
    _check(arrival)
    key = _key(form, arrival)
    before = Photo.objects.of(municipality).filter(key=key).first()
    if before and before.melding_id in (None, melding.pk if melding else None):
        return before
    wait = wait_for_photo(sender)
    if wait:
        words = format_lazy(_TOO_OFTEN, name="{name}", minutes=int(wait // 60) + 1)
        raise inspecting.refusal("too_often", words, arrival.name or "")
    if before:  # it went along with a report that was sent: this is another one
        key = uuid.uuid4()
    photo, is_new = Photo.objects.get_or_create(municipality=municipality, key=key, defaults={"form": form})
    if not is_new:  # two presses at one moment
        return photo
    try:
        files.write(photo, files.ORIGINAL, arrival)
    except OSError as error:
        files.remove(photo)
        photo.delete()
        raise inspecting.refusal("no_room", _NO_ROOM, arrival.name or "") from error
    with transaction.atomic():
        Photo.objects.filter(pk=photo.pk).update(due_at=timezone.now())
        queueing.after_commit(tasks.prepare_photo, photo.pk)
    return photo


def of_form(municipality: Municipality, form: uuid.UUID) -> list[Photo]:
    """All that were added to a form that was not sent, whatever its page still knows of them."""
    since = timezone.now() - KEPT_UNSENT  # by it they stand in an index
    return list(Photo.objects.of(municipality).filter(form=form, melding=None, created_at__gte=since)[:MOST_PHOTOS])


def refuse_more(arrival: Arrival, number: int) -> None:
    """Raises Refused where the form has `number` photos already and can have no more."""
    if number >= MOST_PHOTOS:
        raise inspecting.refusal("too_many", _TOO_MANY, arrival.name or "")


def give_up(municipality: Municipality, form: uuid.UUID, token: str) -> None:
    """Remove a photo of a form that was not sent. What is not there, or was sent, is left alone."""
    key = tokens.key_of(token, municipality.pk)
    with transaction.atomic():
        mine = Photo.objects.of(municipality).filter(key=key, form=form, melding=None) if key else Photo.objects.none()
        photo = mine.select_for_update().first()
        if photo:
            files.remove(photo)
            photo.delete()


def _key(form: uuid.UUID, arrival: Arrival) -> uuid.UUID:
    """Follows from the form, whose mark nobody guesses, and from what is in the file."""
    digest = hashlib.sha256(form.bytes)
    for chunk in arrival.chunks():
        digest.update(chunk)
    arrival.seek(0)
    return uuid.UUID(bytes=digest.digest()[:16], version=4)


def _check(arrival: Arrival) -> None:
    name, size = arrival.name or "", arrival.size or 0
    if size == 0:
        raise inspecting.refusal("empty", _EMPTY, name)
    if size > MOST_BYTES:
        raise inspecting.refusal("too_large", _TOO_LARGE, name)
    if not arrival.is_whole:
        raise inspecting.refusal("no_room", _NO_ROOM, name)
    inspecting.check(arrival, name)
    arrival.seek(0)
