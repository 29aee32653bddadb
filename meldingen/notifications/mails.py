"""Which mails an event asks for, and which are still to be sent."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from meldingen.notifications.models import Delivery
from meldingen.record import workflow
from meldingen.record.models import Event
from meldingen.record.queries import PUBLIC_KINDS


def mailed_events(melding_ids: Iterable[int]) -> QuerySet[Event]:
    """The events of these meldingen of which a reporter with an address hears by mail, oldest first.

    That is the receipt, and each public change that a colleague made (ADR 3); nothing where the holder of the address
    said that it is not their report.
    """
    heard = Q(kind=Event.Kind.RECEIVED) | Q(kind__in=PUBLIC_KINDS, actor_kind=Event.ActorKind.PERSON)
    events = Event.objects.filter(heard, melding__in=list(melding_ids), melding__reporter__isnull=False)
    events = events.filter(melding__reporter__refused_at__isnull=True, to_state__in=["", *workflow.MAILED])
    return events.exclude(melding__reporter__email="").order_by("id")


def unsent_mails(melding_ids: Iterable[int]) -> QuerySet[Delivery]:
    """The mails to reporters about these meldingen that are still to be sent."""
    waiting = Delivery.objects.filter(event__melding__in=list(melding_ids), purpose=Delivery.Purpose.REPORTER)
    return waiting.filter(due_at__isnull=False)
