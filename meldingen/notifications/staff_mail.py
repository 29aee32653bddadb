"""Tells mailboxes of our own what is for them: at once, and all there is together when they heard a while ago.

The duty mailbox hears of danger, at most once a minute of emergencies and once of hazards, in mails of their own: no
emergency waits for what is less, also not until a slow mail server has taken that. The mailbox of a team hears of the
meldingen that it gets.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core import checks
from django.core.mail import EmailMultiAlternatives
from django.db import DatabaseError, connection, transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from meldingen.notifications.alarms import alarm
from meldingen.notifications.handovers import handover
from meldingen.notifications.models import TO_US, Delivery, Recipient
from meldingen.notifications.threats import threat
from meldingen.notifications.verp import let_bounce
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality

logger = logging.getLogger(__name__)

LOCK = 0x6D656C70  # and the number of the kind of news; with the id of the recipient: who sends that to this mailbox
MINUTE = timedelta(minutes=1)
# From one mail to the next. Who is on duty is woken at once; a team is not kept from its work.
PAUSES = {
    Recipient.Kind.DUTY: MINUTE,
    Recipient.Kind.COORDINATORS: MINUTE,
    Recipient.Kind.TEAM: timedelta(minutes=15),
}
# What waits for the last mail about its own kind alone, and is sent beside the other; the most urgent first.
_EMERGENCY = Q(event__melding__danger__in=[Melding.Danger.GAS, Melding.Danger.LIFE])
STRENGTHS = {
    Recipient.Kind.DUTY: (_EMERGENCY, ~_EMERGENCY),
    Recipient.Kind.COORDINATORS: (Q(),),
    Recipient.Kind.TEAM: (Q(),),
}
# Tried again every minute for an hour, then every ten minutes: some thirty hours in all.
MAX_ATTEMPTS = 240
SOON = 60
LATER = timedelta(minutes=10)
MOST = 500  # meldingen that one mail tells of


def waiting() -> list[int]:
    """The ids of the mailboxes that may be told of something now."""
    due = Delivery.objects.filter(purpose__in=TO_US, due_at__lte=timezone.now())
    return list(due.order_by().values_list("recipient", flat=True).distinct())


def tell(recipient_id: int) -> None:
    """Send a mailbox one mail about all that it has not heard of, unless it had one a moment ago.

    The duty mailbox gets one of emergencies and then one of hazards.

    What is held back or fails is due again soon. The attempt is counted before the mail server is asked.
    """
    recipient = Recipient.objects.filter(pk=recipient_id, kind__in=PAUSES).first()
    if recipient is None:
        return
    kind = Recipient.Kind(recipient.kind)
    for number, strength in enumerate(STRENGTHS[kind]):
        mails = _mails(recipient_id).filter(strength)
        if mails.filter(due_at__lte=timezone.now()).exists():
            _tell(recipient_id, LOCK + number, mails, PAUSES[kind])


def _tell(recipient_id: int, lock: int, mails: QuerySet[Delivery], pause: timedelta) -> None:
    """One mail about these, when nobody else sends such a one."""
    ids = _begin(recipient_id, lock, mails, pause)
    if not ids:
        return
    with transaction.atomic():
        deliveries = _lock(recipient_id, ids) if _alone(lock, recipient_id) else []
        if not deliveries:
            return
        recipient = deliveries[0].recipient
        if not recipient.address:
            _finish(deliveries, sent_at=None)
            logger.error("%s has no address: %s meldingen told to nobody", _name(recipient), len(deliveries))
            return
        try:
            _message(recipient, deliveries).send()
        except Exception as error:  # the sweep of the next minute tries again, whatever the mail server does
            _count_failure(recipient, deliveries, error)
        else:
            _finish(deliveries, sent_at=timezone.now())


def _message(recipient: Recipient, deliveries: Sequence[Delivery]) -> EmailMultiAlternatives:
    events = [delivery.event for delivery in deliveries]
    if recipient.kind == Recipient.Kind.COORDINATORS:
        mail = threat(recipient.municipality, events)
    else:
        mail = handover(recipient.team, events) if recipient.team else alarm(recipient.municipality, events)
    let_bounce(mail, deliveries[0].pk)
    return mail


def _begin(recipient_id: int, lock: int, mails: QuerySet[Delivery], pause: timedelta) -> list[int]:
    """Count an attempt for each mail that is due; the ids of these. None where the last such mail is too fresh."""
    with transaction.atomic():
        if not _alone(lock, recipient_id):
            return []  # who is sending now leaves it to the next sweep
        now = timezone.now()
        due = mails.filter(due_at__lte=now)
        if last := mails.filter(sent_at__gt=now - pause).aggregate(last=Max("sent_at"))["last"]:
            due.update(due_at=last + pause)
            return []
        deliveries = list(due.select_for_update(of=("self",)).order_by("due_at")[:MOST])
        for delivery in deliveries:
            delivery.attempts += 1
            delivery.due_at = now + (MINUTE if delivery.attempts < SOON else LATER)
        Delivery.objects.bulk_update(deliveries, ["attempts", "due_at"])
        return [delivery.pk for delivery in deliveries]


def _mails(recipient_id: int) -> QuerySet[Delivery]:
    return Delivery.objects.filter(recipient=recipient_id, purpose__in=TO_US)


def _lock(recipient_id: int, ids: Sequence[int]) -> list[Delivery]:
    """Those of the mails that are still due, oldest first, with all that is told of them."""
    rows = _mails(recipient_id).filter(pk__in=ids, due_at__isnull=False).select_for_update(of=("self",))
    others = (
        "recipient__municipality", "recipient__team__municipality", "event__melding__category", "event__melding__buurt",
    )  # fmt: skip
    heavy = ("event__melding__text", "event__melding__search", "event__melding__buurt__geometry")
    return list(rows.select_related(*others).defer(*heavy).order_by("pk"))


def _alone(lock: int, recipient_id: int) -> bool:
    """Whether nobody else sends such news to this mailbox until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [lock, recipient_id])
        return bool(cursor.fetchone()[0])


def _finish(deliveries: Sequence[Delivery], *, sent_at: datetime | None) -> None:
    ids = [delivery.pk for delivery in deliveries]
    Delivery.objects.filter(pk__in=ids).update(sent_at=sent_at, due_at=None)


def _count_failure(recipient: Recipient, deliveries: Sequence[Delivery], error: Exception) -> None:
    hopeless = [delivery for delivery in deliveries if delivery.attempts >= MAX_ATTEMPTS]
    _finish(hopeless, sent_at=None)
    logger.error(
        "%s not told of %s meldingen (%s), %s given up",
        _name(recipient), len(deliveries), type(error).__name__, len(hopeless),
    )  # fmt: skip


def _name(recipient: Recipient) -> str:
    """The mailbox in a log, which never has an address."""
    if recipient.team:
        return f"team {recipient.team.slug} of {recipient.municipality.code}"
    who = "coordinators" if recipient.kind == Recipient.Kind.COORDINATORS else "duty mailbox"
    return f"{who} of {recipient.municipality.code}"


def check_duty(*, databases: Sequence[str] | None = None, **kwargs: Any) -> list[checks.CheckMessage]:
    """System check, run where a database is named: which municipalities nobody tells of danger at night.

    A warning, never an error: a danger is still at the top of people's list.
    """
    if not databases:
        return []
    try:
        codes = list(Municipality.objects.filter(duty_email="").order_by("code").values_list("code", flat=True))
    except DatabaseError:  # before the first migration, or without a database: other checks say so
        return []
    return [
        checks.Warning(
            f"{code} has no duty mailbox: outside office hours nobody hears of a danger that is reported.",
            hint="Fill it in under Municipality, or as duty_email in the file of load_municipality.",
            id="meldingen.W003",
        )
        for code in codes
    ]
