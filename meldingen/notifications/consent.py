"""What the holder of an e-mail address says of the mails that it gets: I want these, or I do not."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from meldingen.notifications import allowance
from meldingen.notifications.models import Delivery, Recipient
from meldingen.notifications.recipients import PEOPLE
from meldingen.record import events, lifecycle

Kind = Recipient.Kind


def confirm(recipient: Recipient) -> None:
    """This is my report, or I want to follow it: its mails go out at once from here on, those that are held too.

    Twice is as once.
    """
    with transaction.atomic():
        if not _write_down(recipient.municipality_id, [recipient.pk], confirms=True):
            return
        if recipient.kind == Kind.REPORTER:  # who follows has not said that reports with this address are theirs
            allowance.confirm(allowance.lock(recipient.address))
        _waiting([recipient.pk]).update(held_at=None, due_at=timezone.now())


def refuse(recipient: Recipient, *, everything: bool = False) -> int:
    """I do not want these: no mail about it any more. The number of recipients that are new in that.

    `everything`: of each report in this municipality for which somebody filled in this very address, but those that
    its holder confirmed.
    """
    ids = set(unconfirmed(recipient).values_list("pk", flat=True)) if everything else set()
    is_wish = recipient.kind == Kind.FOLLOWER and recipient.confirmed_at is not None
    with transaction.atomic():
        refusals = _write_down(recipient.municipality_id, {recipient.pk, *ids}, confirms=False)
        if not is_wish:  # somebody else filled it in
            allowance.refuse(allowance.lock(recipient.address))
        _waiting(refusals).update(due_at=None)
        return len(refusals)


def unconfirmed(recipient: Recipient) -> QuerySet[Recipient]:
    """Who has the same address in the same municipality, while its holder has said nothing yet."""
    same = Recipient.objects.of(recipient.municipality_id).filter(address_key=recipient.address_key)
    silent = same.filter(kind__in=PEOPLE, confirmed_at__isnull=True, stopped_at__isnull=True)
    return silent.exclude(address_key="")


def _write_down(municipality_id: int, recipient_ids: Collection[int], *, confirms: bool) -> list[int]:
    """Write down what was said; the ids of those, locked, of whom it is new. History has it of reporters."""
    column, other_column = ("confirmed_at", "stopped_at") if confirms else ("stopped_at", "confirmed_at")
    recipients = Recipient.objects.filter(pk__in=recipient_ids)
    of_reporters = recipients.filter(kind=Kind.REPORTER).values_list("melding", flat=True)
    meldingen = lifecycle.lock_many([pk for pk in of_reporters if pk], municipality_id)
    new = recipients.filter(**{f"{column}__isnull": True}).order_by("pk").select_for_update()
    ids = dict(new.values_list("pk", "melding"))
    Recipient.objects.filter(pk__in=ids).update(**{column: timezone.now(), other_column: None})
    melding_ids = set(ids.values())
    theirs = [melding for melding in meldingen if melding.pk in melding_ids]
    happening = events.AddressConfirmed() if confirms else events.AddressRefused()
    lifecycle.change_many(theirs, happening, actor=events.REPORTER)
    return list(ids)


def _waiting(recipient_ids: Collection[int]) -> QuerySet[Delivery]:
    """The mails that are still to be sent, locked in the order in which sending locks them."""
    mails = Delivery.objects.filter(recipient__in=recipient_ids, due_at__isnull=False)
    waiting = mails.order_by("pk").select_for_update(of=("self",))
    return Delivery.objects.filter(pk__in=list(waiting.values_list("pk", flat=True)))
