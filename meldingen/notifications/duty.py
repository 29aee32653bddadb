"""Tells a duty mailbox what is dangerous: at once, and at most once a minute, all there is together."""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core import checks
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from meldingen.notifications.alarms import alarm
from meldingen.notifications.models import Delivery
from meldingen.tenancy.models import Municipality

logger = logging.getLogger(__name__)

LOCK = 0x6D656C66  # with the municipality's id: who sends to its duty mailbox
MINUTE = timedelta(minutes=1)
# Tried again every minute for an hour, then every ten minutes: some thirty hours in all.
MAX_ATTEMPTS = 240
SOON = 60
LATER = timedelta(minutes=10)
MOST = 500  # meldingen that one mail tells of


def waiting() -> list[int]:
    """The ids of the municipalities whose duty mailbox may be told of something now."""
    due = Delivery.objects.filter(purpose=Delivery.Purpose.DUTY, due_at__lte=timezone.now())
    return list(due.order_by().values_list("municipality", flat=True).distinct())


def tell(municipality_id: int) -> None:
    """Send the duty mailbox one mail about all that it has not heard of, unless it had one less than a minute ago.

    What is held back or fails is due again within a minute. The attempt is counted before the mail server is asked.
    """
    ids = _begin(municipality_id)
    if not ids:
        return
    with transaction.atomic():
        deliveries = _locked(municipality_id, ids) if _alone(municipality_id) else []
        if not deliveries:
            return
        municipality = deliveries[0].municipality
        if not municipality.duty_email:
            _finish(deliveries, sent_at=None)
            logger.error("%s has no duty mailbox: %s dangers told to nobody", municipality.code, len(deliveries))
            return
        try:
            alarm(municipality, [delivery.event for delivery in deliveries]).send()
        except Exception as error:  # the sweep of the next minute tries again, whatever the mail server does
            _failed(municipality, deliveries, error)
        else:
            _finish(deliveries, sent_at=timezone.now())


def _begin(municipality_id: int) -> list[int]:
    """Count an attempt for each mail that is due; the ids of these. None within a minute of the last mail."""
    with transaction.atomic():
        if not _alone(municipality_id):
            return []  # who is sending now leaves it to the next sweep
        now = timezone.now()
        due = _mails(municipality_id).filter(due_at__lte=now).order_by("due_at")
        last = _mails(municipality_id).filter(sent_at__gt=now - MINUTE).order_by("-sent_at").first()
        if last and last.sent_at:
            due.update(due_at=last.sent_at + MINUTE)
            return []
        deliveries = list(due.select_for_update()[:MOST])
        for delivery in deliveries:
            delivery.attempts += 1
            delivery.due_at = now + (MINUTE if delivery.attempts < SOON else LATER)
        Delivery.objects.bulk_update(deliveries, ["attempts", "due_at"])
        return [delivery.pk for delivery in deliveries]


def _mails(municipality_id: int) -> QuerySet[Delivery]:
    return Delivery.objects.filter(municipality=municipality_id, purpose=Delivery.Purpose.DUTY)


def _locked(municipality_id: int, ids: Sequence[int]) -> list[Delivery]:
    """Those of the mails that are still due, oldest first, with all that is told of them."""
    rows = _mails(municipality_id).filter(pk__in=ids, due_at__isnull=False).select_for_update(of=("self",))
    related = ("municipality", "event__melding__category", "event__melding__buurt")
    heavy = ("event__melding__text", "event__melding__search", "event__melding__buurt__geometry")
    return list(rows.select_related(*related).defer(*heavy).order_by("pk"))


def _alone(municipality_id: int) -> bool:
    """Whether nobody else sends to this mailbox until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCK, municipality_id])
        return bool(cursor.fetchone()[0])


def _finish(deliveries: Sequence[Delivery], *, sent_at: datetime | None) -> None:
    ids = [delivery.pk for delivery in deliveries]
    Delivery.objects.filter(pk__in=ids).update(sent_at=sent_at, due_at=None)


def _failed(municipality: Municipality, deliveries: Sequence[Delivery], error: Exception) -> None:
    spent = [delivery for delivery in deliveries if delivery.attempts >= MAX_ATTEMPTS]
    _finish(spent, sent_at=None)
    logger.error(
        "duty mailbox of %s not told of %s dangers (%s), %s given up",
        municipality.code, len(deliveries), type(error).__name__, len(spent),
    )  # fmt: skip


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
