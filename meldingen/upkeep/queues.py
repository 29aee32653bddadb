"""What waits too long: the clean-up that does not run, queues that grow, and work that nobody takes up."""

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Min, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from meldingen import queueing
from meldingen.attachments.models import Photo
from meldingen.exports.models import Export
from meldingen.notifications.models import Delivery
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality
from meldingen.upkeep import heartbeats
from meldingen.upkeep.defects import Defect, for_operator

logger = logging.getLogger(__name__)

LONG = timedelta(minutes=30)
MOST_IN_QUEUE = 1000
BEATS_MISSED = 5


def look(where: Municipality) -> Iterator[Defect]:
    """Machines are of the whole deployment; what waits is of this town alone."""
    yield from _sweep()
    yield from _broker()
    yield from _waiting(where)


def _sweep() -> Iterator[Defect]:
    at = heartbeats.last(heartbeats.SWEEP)
    limit = max(timedelta(seconds=settings.SWEEP_SECONDS * BEATS_MISSED), timedelta(minutes=5))
    if at is None:
        yield for_operator(_("The clean-up that repairs what a broker lost has never run."), is_grave=True)
    elif timezone.now() - at > limit:
        words = _("The clean-up that repairs what a broker lost has not run since %(moment)s.")
        yield for_operator(words % {"moment": _moment(at)}, is_grave=True)


def _broker() -> Iterator[Defect]:
    try:
        lengths = queueing.lengths(settings.QUEUES)
    except Exception as error:  # whatever a broker does: the page must say so, not fail
        logger.warning("the broker does not answer: %s", type(error).__name__)
        yield for_operator(_("The broker does not answer: work waits until it does."), is_grave=True)
        return
    for name, number in lengths.items():
        if number > MOST_IN_QUEUE:
            words = _("%(n)d tasks wait in the queue “%(name)s”.")
            yield for_operator(words % {"n": number, "name": name})


def _waiting(where: Municipality) -> Iterator[Defect]:
    """What is due for so long that workers must be away or behind."""
    unseen = _late(Melding.objects.of(where), "prediction_due_at", "received_at")
    if unseen[0]:
        words = ngettext(
            "%(n)d melding waits for the model and for routing, since %(moment)s.",
            "%(n)d meldingen wait for the model and for routing, the oldest since %(moment)s.",
            unseen[0],
        )
        yield for_operator(words % {"n": unseen[0], "moment": _moment(unseen[1])}, is_grave=True)
    unsent = _late(Delivery.objects.of(where).filter(held_at=None, attempts=0), "due_at", "created_at")
    if unsent[0]:
        words = ngettext(
            "%(n)d mail waits to be sent, since %(moment)s.",
            "%(n)d mails wait to be sent, the oldest since %(moment)s.",
            unsent[0],
        )
        yield for_operator(words % {"n": unsent[0], "moment": _moment(unsent[1])}, is_grave=True)
    others = (
        *((Photo.objects.of(where), "due_at", "created_at"),),
        *((Export.objects.of(where), "due_at", "asked_at"),),
    )
    number = sum(_late(rows, due, since)[0] for rows, due, since in others)
    if number:
        words = ngettext("%(n)d photo or file waits to be made.", "%(n)d photos or files wait to be made.", number)
        yield for_operator(words % {"n": number})


def _late(rows: QuerySet[Any], due: str, since: str) -> tuple[int, datetime]:
    """How many are due and came in long ago, and when the first of them did."""
    late = rows.filter(**{f"{due}__isnull": False, f"{since}__lt": timezone.now() - LONG})
    first: datetime | None = late.aggregate(first=Min(since))["first"]
    return late.count() if first else 0, first or timezone.now()


def _moment(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%d-%m %H:%M")
