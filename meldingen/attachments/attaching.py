"""The photos of a form, and how they become those of the melding that it makes."""

import uuid
from collections.abc import Sequence

from django.db.models import F, OuterRef, Subquery
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from meldingen.attachments.arrivals import MOST_PHOTOS
from meldingen.attachments.models import Photo
from meldingen.attachments.tokens import key_of
from meldingen.record.models import Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality

_UNKNOWN = _("Photo {number} does not belong to this report. Choose it once more.")
_AWAY = _("Photo {number} is not here any more: we keep a photo for a day when no report is sent. Choose it once more.")
_TWICE = _("Photo {number} was sent with your earlier report already. Choose it once more for this one.")
_TOO_MANY = _("A report has at most 5 photos. Remove some.")


def photos_of_form(municipality: Municipality, form: uuid.UUID | None, tokens: Sequence[str]) -> list[Photo]:
    """Those of the form that can still be sent, in the order in which they were added; the others are left out."""
    keys = [key for token in tokens[:MOST_PHOTOS] if (key := key_of(token, municipality.pk))]
    if not keys or form is None:
        return []
    return list(Photo.objects.of(municipality).filter(key__in=keys, form=form, melding=None))


def unsent(municipality: Municipality, token: str) -> Photo | None:
    """The photo of this signed id, as long as its form was not sent."""
    key = key_of(token, municipality.pk)
    return Photo.objects.of(municipality).filter(key=key, melding=None).first() if key else None


def find(municipality: Municipality, form: uuid.UUID | None, tokens: Sequence[str]) -> list[Photo]:
    """The same. Raises Refused where one of them cannot be sent."""
    if not tokens:
        return []
    if len(tokens) > MOST_PHOTOS:
        raise Refused("too_many", _TOO_MANY, "photos")
    keys = [key_of(token, municipality.pk) for token in tokens]
    rows = {photo.key: photo for photo in Photo.objects.of(municipality).filter(key__in=[key for key in keys if key])}
    return [_of_form(rows.get(key) if key else None, key, form, number) for number, key in enumerate(keys, start=1)]


def attach(melding: Melding, form: uuid.UUID | None, tokens: Sequence[str]) -> None:
    """Make them those of a new melding, in its transaction. Raises Refused: then it is not stored either."""
    photos = find(melding.municipality, form, tokens)
    if not photos:
        return
    free = Photo.objects.of(melding.municipality).filter(pk__in=[photo.pk for photo in photos], melding=None)
    if free.update(melding=melding) != len(photos):  # another window was first, or the night's cleaning
        raise Refused("sent", format_lazy(_TWICE, number=1), "photos")


def attach_more(melding: Melding, photos: Sequence[Photo]) -> int:
    """Make photos that hang on no melding those of one that was sent before; how many that were not its own yet."""
    free = Photo.objects.of(melding.municipality_id).filter(pk__in=[photo.pk for photo in photos], melding=None)
    return free.update(melding=melding)


def adopt_left_over() -> int:
    """Give photos that were there when their form was sent, by a page that knew nothing of them, to its melding.

    How many. What is added to a form after that is for the report that is sent next.
    """
    meldingen = Melding.objects.of(OuterRef("municipality")).filter(submission_key=OuterRef("form"))
    rows = Photo.objects.filter(melding=None).annotate(
        sent_as=Subquery(meldingen.values("pk")), sent_at=Subquery(meldingen.values("received_at"))
    )
    return rows.filter(created_at__lte=F("sent_at")).update(melding=F("sent_as"))


def _of_form(photo: Photo | None, key: uuid.UUID | None, form: uuid.UUID | None, number: int) -> Photo:
    if key is None or (photo and photo.form != form):
        raise Refused("unknown", format_lazy(_UNKNOWN, number=number), "photos")
    if photo is None:
        raise Refused("gone", format_lazy(_AWAY, number=number), "photos")
    if photo.melding_id:
        raise Refused("sent", format_lazy(_TWICE, number=number), "photos")
    return photo
