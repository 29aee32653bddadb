"""Takes a mail that came back: which of ours it was, whether it is for good, and that its address bounces.

What comes in is made by strangers: all that is believed of it is the signed address to which it came, and a code. No
word of it is stored or logged.
"""

import email
import email.policy
import logging
import re
from collections.abc import Iterator
from email.message import Message
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from meldingen.notifications import verp
from meldingen.notifications.models import Delivery, Recipient
from meldingen.notifications.recipients import address_key

logger = logging.getLogger(__name__)

MOST_BYTES = 5_000_000
# Where a mail server writes down to whom a mail came, where the command is not told.
_TO = ("X-Original-To", "Delivered-To", "Envelope-To", "To")
_STATUS = re.compile(r"\s*([245]\.\d{1,3}\.\d{1,3})\b")
_MOST_PARTS = 100
UNKNOWN_STATUS = "5.0.0"


class Outcome(StrEnum):
    """What became of it."""

    KEPT = "kept"  # it is known now that this mail came back
    DELAYED = "delayed"  # the other side tries again
    NO_REPORT = "no_report"  # an answer of a person or a machine, or nothing that we read
    NOT_OURS = "not_ours"  # to no address that we made, or about a mail that is forgotten


def take(content: bytes, to: str = "") -> Outcome:
    """Take one mail as it came in; twice is as once. `to`: the recipient of its envelope, where somebody says so."""
    report = email.message_from_bytes(content[:MOST_BYTES], policy=email.policy.compat32)
    addresses = [to] if to else [str(value) for name in _TO for value in report.get_all(name, [])]
    delivery_id = next((number for each in addresses if (number := verp.delivery_of(each))), None)
    if delivery_id is None:
        return Outcome.NOT_OURS
    status = _status(report)
    if not status:
        return Outcome.NO_REPORT
    if not status.startswith("5"):
        return Outcome.DELAYED
    return Outcome.KEPT if mark(delivery_id, status) else Outcome.NOT_OURS


@transaction.atomic
def mark(delivery_id: int, status: str) -> bool:
    """Keep that this mail came back, and that its address bounces; whether there is such a mail. Twice is as once."""
    delivery = Delivery.objects.select_for_update(of=("self",)).filter(pk=delivery_id).first()
    if delivery is None:
        return False
    if delivery.bounced_at is None:
        now = timezone.now()
        Delivery.objects.filter(pk=delivery.pk).update(bounced_at=now, bounce_code=status)
        recipient = Recipient.objects.get(pk=delivery.recipient_id)
        if recipient.address:
            key = address_key(recipient.address)
            same = Recipient.objects.of(recipient.municipality_id)
            # The same address with other meldingen; one of a mailbox of ours has no key.
            rows = same.filter(address_key=key) if recipient.address_key else same.filter(pk=recipient.pk)
            rows.update(bounced_at=now, bounced_key=key, bounce_code=status)
        logger.warning("mail of event %s came back: %s", delivery.event_id, status)
    return True


def _status(report: Message) -> str:
    """The code of a report on delivery (RFC 3464); empty for what is none. A recipient that failed counts most."""
    if report.get_content_type() != "multipart/report":
        return ""
    codes = []
    for block in _blocks(report):
        action = str(block.get("Action", "")).strip().lower()
        match = _STATUS.match(str(block.get("Status", "")))
        if action == "failed":
            code = match[1] if match else UNKNOWN_STATUS
            return code if code.startswith("5") else UNKNOWN_STATUS
        if action in ("delayed", "relayed", "expanded", "delivered"):
            codes.append("4.0.0")
    return next(iter(codes), "")


def _blocks(report: Message) -> Iterator[Message]:
    """What a report says of each recipient."""
    for number, part in enumerate(report.walk()):
        if number >= _MOST_PARTS:
            return
        payload = part.get_payload() if part.get_content_type() == "message/delivery-status" else None
        if isinstance(payload, list):
            yield from (block for block in payload if isinstance(block, Message))
