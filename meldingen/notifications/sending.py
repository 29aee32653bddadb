"""Sends the mail that an event asks for. Logs say which event and what kind of error, never an address or a text."""

import logging
import smtplib
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from meldingen.limits.rules import is_flooded
from meldingen.models import Delivery, Event, Reporter
from meldingen.notifications.messages import message_for

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 12
FLOOD_PAUSE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=20)  # doubles with each attempt: the twelfth comes some eleven hours after the first


def send(delivery_id: int) -> None:
    """Send a mail unless it was sent or given up; a failing one is due again after a growing pause.

    The attempt is counted before the mail server is asked: what kills a worker is not tried for ever. A worker that
    dies between the server's yes and our commit sends once more, with the same Message-ID.
    """
    if not _begin(delivery_id):
        return
    with transaction.atomic():
        delivery = _locked(delivery_id)
        if delivery is None:
            return
        reporter = Reporter.objects.filter(melding__events=delivery.event_id).first()
        if reporter is None or not _is_address(reporter.email):
            _give_up(delivery, "no address")
            return
        try:
            message_for(_event(delivery.event_id), reporter).send()
        except Exception as error:  # whatever a mail server or a text does, the next mail is not held up
            _failed(delivery, error)
        else:
            delivery.sent_at, delivery.due_at = timezone.now(), None
            delivery.save(update_fields=["sent_at", "due_at"])


def _begin(delivery_id: int) -> bool:
    """Count an attempt and set when the next one is due; False when there is nothing to send now.

    While a flood of meldingen comes in, its reporters wait for their mail; that counts as no attempt.
    """
    with transaction.atomic():
        delivery = _locked(delivery_id)
        if delivery is None:
            return False
        if delivery.purpose == Delivery.Purpose.REPORTER and is_flooded(delivery.municipality_id):
            delivery.due_at = timezone.now() + FLOOD_PAUSE
            delivery.save(update_fields=["due_at"])
            return False
        if delivery.attempts >= MAX_ATTEMPTS:
            _give_up(delivery, "no attempt came to its end")
            return False
        delivery.due_at = timezone.now() + FIRST_PAUSE * 2**delivery.attempts
        delivery.attempts += 1
        delivery.save(update_fields=["due_at", "attempts"])
        return True


def _locked(delivery_id: int) -> Delivery | None:
    """The delivery to a reporter while it is neither sent nor given up, its row locked."""
    return (
        Delivery.objects.select_for_update()
        .filter(pk=delivery_id, purpose=Delivery.Purpose.REPORTER, due_at__isnull=False)
        .first()
    )


def _event(event_id: int) -> Event:
    return Event.objects.select_related("municipality", "melding__category", "melding__buurt", "answer").get(
        pk=event_id
    )


def _failed(delivery: Delivery, error: Exception) -> None:
    if delivery.attempts >= MAX_ATTEMPTS or _is_final(error):
        _give_up(delivery, type(error).__name__)
        return
    logger.warning(
        "mail of event %s failed (%s), attempt %s of %s",
        delivery.event_id, type(error).__name__, delivery.attempts, MAX_ATTEMPTS,
    )  # fmt: skip


def _give_up(delivery: Delivery, why: str) -> None:
    delivery.due_at = None
    delivery.save(update_fields=["due_at"])
    logger.error("mail of event %s given up after %s attempts: %s", delivery.event_id, delivery.attempts, why)


def _is_final(error: Exception) -> bool:
    """Whether the server said of every address that it never takes mail."""
    return isinstance(error, smtplib.SMTPRecipientsRefused) and all(
        code >= 500 for code, _ in error.recipients.values()
    )


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
