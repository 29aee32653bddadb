"""Takes back what a colleague just did, before anybody heard of it: with an event of its own, never by forgetting."""

from collections.abc import Sequence

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.handling.triage import Case, opened
from meldingen.notifications import telling
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle, queries, workflow
from meldingen.record.models import Event, Melding
from meldingen.refusals import Refused

# Of these all that they changed stands in their event, or can be read from others. Words that were struck out are gone.
UNDOABLE = frozenset({
    Event.Kind.MOVED, Event.Kind.RECATEGORISED, Event.Kind.ROUTED, Event.Kind.ASSIGNED, Event.Kind.ASSESSED,
    Event.Kind.ANSWERED, Event.Kind.NOTED,
})  # fmt: skip


def undo(case: Case, after: int) -> None:
    """Undo what this colleague did in one act on the melding after the event `after`, which was the last they had seen.

    Refused when a colleague or the reporter did something since, and when somebody heard of it.
    """
    with opened(case) as melding:
        since = list(melding.events.filter(pk__gt=after).order_by("pk"))
        acts = [event for event in since if event.actor_id == case.actor.pk]
        if not acts or {event.xid for event in acts} != {acts[0].xid} or not _is_last(since, acts):
            raise Refused(
                "changed", _("Something happened since. This cannot be undone any more: look what it is now.")
            )
        if any(event.kind not in UNDOABLE for event in acts):
            raise Refused("not_undone", _("This cannot be undone."))
        along = _along(case, melding, acts)
        if not telling.take_back(acts):
            words = _("Somebody heard of it already. Do what should be done now: they hear of that too.")
            raise Refused("told", words)
        closed_unheard = melding.state in workflow.UNHEARD
        lifecycle.undo(melding, acts, actor=case.by)
        for event in along:
            _bring_back(case, event)
        if closed_unheard:
            _call_back(melding)


def _is_last(since: Sequence[Event], acts: Sequence[Event]) -> bool:
    """Whether nobody who decides did anything behind these acts, or between them."""
    return all(event in acts for event in since if event.actor_kind in events.DECIDING)


def _along(case: Case, melding: Melding, acts: Sequence[Event]) -> list[Event]:
    """What the same act did to meldingen that this one leads. Refused when it did more than take them along."""
    same = Event.objects.of(case.municipality).filter(xid=acts[0].xid, pk__gt=acts[0].pk, actor=case.actor)
    others = list(same.exclude(melding=melding).order_by("melding", "pk"))
    if any(event.codes.get("along") != melding.pk for event in others):
        raise Refused("not_undone", _("This cannot be undone."))
    return others


def _bring_back(case: Case, along: Event) -> None:
    """One that went along, unless somebody decided on it since."""
    other = lifecycle.lock(along.melding_id, case.municipality.pk)
    if not other.events.filter(pk__gt=along.pk, actor_kind__in=events.DECIDING).exists():
        lifecycle.undo(other, [along], actor=case.by)


def _call_back(melding: Melding) -> None:
    """What spam or a threat made of it besides its state: it was suspect, perhaps, and mails were not sent."""
    receipt = events.of(melding.events.get(kind=Event.Kind.RECEIVED))
    releases = queries.that_stand(melding.events.filter(kind=Event.Kind.RELEASED))
    if isinstance(receipt, events.Received) and receipt.is_suspect and not releases.exists():
        lifecycle.put(melding, is_suspect=True)
    unsent = Delivery.objects.filter(event__melding=melding, sent_at__isnull=True, due_at__isnull=True, attempts=0)
    unsent.update(due_at=timezone.now())
