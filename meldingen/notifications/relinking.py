"""Answers who asked for the link of a melding: a mail to whoever has that address and reported or follows it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from meldingen.notifications.models import Delivery, LinkRequest, Recipient
from meldingen.notifications.recipients import PEOPLE
from meldingen.record.models import Event

BATCH = 200
# One person gets a link at most so often, whoever asks for it.
PAUSE = timedelta(hours=1)


def answer(request_id: int) -> list[int]:
    """The ids of the mails that are due now; none where reference and address do not belong together.

    What was asked is deleted. Nobody hears who stopped the mails, never said that they follow, or is suspect.
    """
    with transaction.atomic():
        asked = LinkRequest.objects.select_for_update(skip_locked=True).filter(pk=request_id).first()
        if asked is None:
            return []
        people = Recipient.objects.of(asked.municipality_id).filter(kind__in=PEOPLE, address_key=asked.address_key)
        heard = people.filter(melding__reference=asked.reference, melding__is_suspect=False, stopped_at__isnull=True)
        asked.delete()
        is_known = [each for each in heard if each.kind == Recipient.Kind.REPORTER or each.confirmed_at]
        return [delivery_id for each in is_known if (delivery_id := _due_again(each))]


def left_over(grace: timedelta) -> list[int]:
    """The ids of what was asked longer ago than that and nobody answered: the broker lost it."""
    waiting = LinkRequest.objects.filter(asked_at__lt=timezone.now() - grace).order_by("asked_at")
    return list(waiting.values_list("pk", flat=True)[:BATCH])


def _due_again(recipient: Recipient) -> int | None:
    """The mail with the link, due now; None where one went out a moment ago."""
    now, here = timezone.now(), recipient.municipality_id
    received = Event.objects.of(here).get(melding=recipient.melding_id, kind=Event.Kind.RECEIVED)
    delivery, is_first = Delivery.objects.get_or_create(
        municipality_id=here, event=received, recipient=recipient, purpose=Delivery.Purpose.LINK
    )
    if is_first:
        return delivery.pk
    if delivery.created_at > now - PAUSE:
        return None
    again = {"created_at": now, "due_at": now, "sent_at": None, "held_at": None, "attempts": 0, "claims": 0}
    Delivery.objects.filter(pk=delivery.pk).update(**again)
    return delivery.pk
