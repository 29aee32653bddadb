"""Sends the mails to people that events ask for, alone or together.

Logs say which event and what kind of error, never an address or a text.
"""

import logging
import smtplib
from collections.abc import Sequence
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from meldingen.limits.rules import is_flooded
from meldingen.notifications import allowance, mails
from meldingen.notifications.addresses import check_address
from meldingen.notifications.messages import digest_of, message_for
from meldingen.notifications.models import Delivery, Mailbox, Recipient
from meldingen.notifications.recipients import is_gone
from meldingen.notifications.verp import let_bounce
from meldingen.record import workflow

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 12
FLOOD_PAUSE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=20)  # doubles with each attempt: the twelfth comes some eleven hours after the first
MOST_TOGETHER = 200  # mails that one digest stands for; what is over waits for the next one


def send(delivery_id: int) -> None:
    """Send a mail to somebody unless it was sent or given up, or its address had enough; then it waits for a digest.

    A failing one is due again after a growing pause. The attempt is counted before the mail server is asked: what kills
    a worker is not tried for ever. A worker that dies between the server's yes and our commit sends once more, with the
    same Message-ID.
    """
    ids = _begin(delivery_id)
    with transaction.atomic():
        deliveries = list(_waiting().filter(pk__in=ids))
        if not deliveries:
            return
        try:
            _message(deliveries).send()
        except Exception as error:  # whatever a mail server or a text does, the next mail is not held up
            for delivery in deliveries:
                _count_failure(delivery, error)
        else:
            Delivery.objects.filter(pk__in=ids).update(sent_at=timezone.now(), due_at=None)


def _begin(delivery_id: int) -> list[int]:
    """What goes out now in one mail: an attempt is counted, and the next one due. Nothing when it has to wait.

    While a flood of meldingen comes in, its reporters wait for their mail; that counts as no attempt.
    """
    with transaction.atomic():
        people = Recipient.objects.filter(deliveries=delivery_id).select_related("melding__reporter")
        recipient = people.defer("melding__text", "melding__search").first()
        # Before any delivery is locked: allowance asks so.
        mailbox = allowance.lock(recipient.address) if recipient and recipient.address else None
        delivery = _waiting().filter(pk=delivery_id).first()
        if delivery is None:
            return []
        if is_flooded(delivery.municipality_id) and not _is_of_danger(delivery, recipient):
            delivery.due_at = timezone.now() + FLOOD_PAUSE
            delivery.save(update_fields=["due_at"])
            return []
        hopeless = _hopeless(delivery, recipient)
        if recipient is None or mailbox is None or hopeless:
            _give_up(delivery, hopeless)
            return []
        together = _together(delivery, recipient, mailbox)
        for each in together:
            each.due_at = timezone.now() + FIRST_PAUSE * 2**each.attempts
            each.attempts += 1
        Delivery.objects.bulk_update(together, ["due_at", "attempts"])
        return [each.pk for each in together]


def _together(delivery: Delivery, recipient: Recipient, mailbox: Mailbox) -> list[Delivery]:
    """The mails that go out now as one: this one alone, or all that is held for its address; none when it has to wait.

    What the holder of the address confirmed is news that they want and waits for nothing. Nor does news of a danger:
    it comes of colleagues, so nobody can make much of it.
    """
    if recipient.confirmed_at or _is_of_danger(delivery, recipient):
        return [delivery]
    if delivery.held_at is None:
        if delivery.attempts or (_in_hold(recipient).first() is None and allowance.take(mailbox)):
            return [delivery]
        delivery.held_at = timezone.now()
        delivery.save(update_fields=["held_at"])
    first = _in_hold(recipient)[0]
    if first.attempts:  # it was counted and could not be sent: the first tries again for all
        return list(_in_hold(recipient)[:MOST_TOGETHER]) if first.pk == delivery.pk else []
    delivery.due_at = allowance.digest_from(mailbox, first.held_at or delivery.held_at)
    delivery.save(update_fields=["due_at"])
    if delivery.due_at > timezone.now():
        return []
    allowance.take_digest(mailbox)
    return list(_in_hold(recipient)[:MOST_TOGETHER])


def _is_of_danger(delivery: Delivery, recipient: Recipient | None) -> bool:
    """Whether a colleague tells the reporter of their danger what became of it."""
    is_news = delivery.purpose == Delivery.Purpose.NEWS and recipient is not None
    return is_news and bool(recipient and recipient.melding and recipient.melding.danger)


def _waiting() -> QuerySet[Delivery]:
    """The mails to people that are neither sent nor given up; their rows are locked, in one order."""
    return mails.to_people().filter(due_at__isnull=False).select_for_update(of=("self",)).order_by("pk")


def _in_hold(recipient: Recipient) -> QuerySet[Delivery]:
    """What is held for this very address in this municipality: a mail to one person shows nothing of another's."""
    same = Recipient.objects.of(recipient.municipality_id).filter(address_key=recipient.address_key)
    # "Not empty" is what the index of addresses holds; without the word PostgreSQL may not look there.
    with_address = same.exclude(address_key="")
    return _waiting().filter(recipient__in=with_address, held_at__isnull=False, attempts__lt=MAX_ATTEMPTS)


def _message(deliveries: Sequence[Delivery]) -> EmailMultiAlternatives:
    others = (
        "municipality", "event__melding__reporter", "event__melding__category__parent", "event__answer",
        "recipient__melding__category", "recipient__melding__buurt", "recipient__melding__reporter",
    )  # fmt: skip
    heavy = ("event__melding__search", "recipient__melding__search", "recipient__melding__buurt__geometry")
    same = Delivery.objects.filter(pk__in=[delivery.pk for delivery in deliveries])
    rows = list(same.select_related(*others).defer(*heavy).order_by("event", "pk"))
    mail = message_for(rows[0]) if len(rows) == 1 else digest_of(rows)
    let_bounce(mail, rows[0].pk)
    return mail


def _hopeless(delivery: Delivery, recipient: Recipient | None) -> str:
    """Why a mail is not tried (again), in a word for the log; empty when it is."""
    if recipient is None or not _is_address(recipient.address):
        return "no address"
    if is_gone(recipient):
        return "there is no such address, said its mail server"
    if recipient.stopped_at:
        return "the holder of the address stopped it"
    if recipient.melding and recipient.melding.state in workflow.UNHEARD:
        return "nobody hears of it any more"
    return "no attempt came to its end" if delivery.attempts >= MAX_ATTEMPTS else ""


def _count_failure(delivery: Delivery, error: Exception) -> None:
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
        check_address(text)
    except ValidationError:
        return False
    return True
