"""Files of exports go after a day; that there was one is known for a year."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from meldingen.exports import files
from meldingen.exports.models import Export
from meldingen.tenancy.models import Municipality

FILE_TERM = timedelta(days=1)
LOG_TERM = timedelta(days=365)
BATCH = 100


def forget_files(municipality: Municipality) -> int:
    """Remove the files that are older than a day. At most BATCH of them; how many, 0 when none is left."""
    before = timezone.now() - FILE_TERM
    with transaction.atomic():
        old = Export.objects.of(municipality).filter(asked_at__lt=before).exclude(stage=Export.Stage.GONE)
        exports = list(old.select_for_update(skip_locked=True).order_by("asked_at")[:BATCH])
        for export in exports:
            files.remove(export)
        rows = Export.objects.filter(pk__in=[export.pk for export in exports])
        rows.update(stage=Export.Stage.GONE, due_at=None)
    return len(exports)


def forget_exports(municipality: Municipality) -> int:
    """Remove from the log what is older than a year; how many."""
    before = timezone.now() - LOG_TERM
    rows = Export.objects.of(municipality).filter(asked_at__lt=before, stage=Export.Stage.GONE)
    number, _by_model = rows.delete()
    return number
