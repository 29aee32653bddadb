"""Photos go: those of forms that nobody sent after a day, those of meldingen with the term of their reporters."""

from collections.abc import Collection, Iterable

from django.db import transaction
from django.utils import timezone

from meldingen.attachments import files
from meldingen.attachments.models import Photo
from meldingen.attachments.receiving import KEPT_UNSENT
from meldingen.record import queries
from meldingen.tenancy.models import Municipality

__all__ = ["forget_of", "forget_of_closed", "forget_unsent"]

BATCH = 200


def forget_unsent(municipality: Municipality) -> int:
    """Remove those of forms that were not sent within a day. At most BATCH of them; how many, 0 when none is left."""
    before = timezone.now() - KEPT_UNSENT
    with transaction.atomic():
        unsent = Photo.objects.of(municipality).filter(melding=None, created_at__lt=before).order_by("created_at")
        return _remove(unsent.select_for_update(skip_locked=True)[:BATCH])


def forget_of_closed(municipality: Municipality) -> int:
    """The same with those of meldingen of which contact details are kept no longer."""
    over, spam = queries.kept_no_longer(municipality, "melding__closed_at")
    with transaction.atomic():
        rows = Photo.objects.of(municipality).filter(over | spam, melding__isnull=False)
        return _remove(rows.select_for_update(of=("self",), skip_locked=True)[:BATCH])


def forget_of(municipality: Municipality, melding_ids: Collection[int]) -> int:
    """Remove all of these meldingen, in the transaction of the caller; how many."""
    return _remove(Photo.objects.of(municipality).filter(melding__in=melding_ids).select_for_update(of=("self",)))


def _remove(photos: Iterable[Photo]) -> int:
    """Files first: a row whose files are gone is found again the next time, a file without a row never."""
    ids = []
    for photo in photos:
        files.remove(photo)
        ids.append(photo.pk)
    Photo.objects.filter(pk__in=ids).delete()
    return len(ids)
