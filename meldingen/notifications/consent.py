"""What the holder of an e-mail address says of the mails that it gets: this is my report, or it is not."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from meldingen.notifications import allowance
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle
from meldingen.record.models import Melding, Reporter


def confirm(reporter: Reporter) -> None:
    """This is my report: its mails go out at once from here on, those that are held too. Twice is as once."""
    with transaction.atomic():
        for melding in _told(reporter, [reporter.melding_id], events.AddressConfirmed()):
            allowance.confirm(allowance.lock(reporter.email))
            _waiting([melding]).update(held_at=None, due_at=timezone.now())


def refuse(reporter: Reporter, *, everything: bool = False) -> int:
    """This is not my report: no mail about it any more. The number of reports of which that is said for the first time.

    `everything`: of each report in this municipality for which somebody filled in this very address, but those that
    its holder confirmed.
    """
    ids = list(unconfirmed(reporter).values_list("melding", flat=True)) if everything else []
    with transaction.atomic():
        meldingen = _told(reporter, [reporter.melding_id, *ids], events.AddressRefused())
        allowance.refuse(allowance.lock(reporter.email))
        _waiting(meldingen).update(due_at=None)
        return len(meldingen)


def unconfirmed(reporter: Reporter) -> QuerySet[Reporter]:
    """Who filled in the same address in the same municipality, while its holder has said nothing yet."""
    same = Reporter.objects.filter(municipality=reporter.municipality_id, email__iexact=reporter.email)
    return same.exclude(email="").filter(confirmed_at__isnull=True, refused_at__isnull=True)


def _told(reporter: Reporter, melding_ids: Iterable[int], happened: events.Happening) -> list[Melding]:
    """Write down what was said of these meldingen; those, locked, of which it was not said before."""
    now = timezone.now()
    confirms = isinstance(happened, events.AddressConfirmed)
    said, unsaid = ("confirmed_at", "refused_at") if confirms else ("refused_at", "confirmed_at")
    meldingen = lifecycle.lock_many(melding_ids, reporter.municipality_id)
    new = Reporter.objects.filter(melding__in=meldingen, **{f"{said}__isnull": True})
    ids = set(new.select_for_update().values_list("melding", flat=True))
    Reporter.objects.filter(melding__in=ids).update(**{said: now, unsaid: None})
    told = [melding for melding in meldingen if melding.pk in ids]
    lifecycle.change_many(told, happened, actor=events.REPORTER)
    return told


def _waiting(meldingen: Iterable[Melding]) -> QuerySet[Delivery]:
    """The mails that are still to be sent, locked in the order in which sending locks them."""
    mails = Delivery.objects.filter(event__melding__in=meldingen, purpose=Delivery.Purpose.REPORTER)
    waiting = mails.filter(due_at__isnull=False).order_by("pk").select_for_update(of=("self",))
    return Delivery.objects.filter(pk__in=list(waiting.values_list("pk", flat=True)))
