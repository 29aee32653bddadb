"""Takes back what a colleague just did, before anybody heard of it: with an event of its own, never by forgetting."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.handling.triage import Case, opened
from meldingen.notifications import telling
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle, queries, workflow
from meldingen.record.models import Event, Hold, Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import User

# Of these all that they changed stands in their event, or can be read from others. Words that were struck out are gone.
UNDOABLE = frozenset({
    Event.Kind.MOVED, Event.Kind.RECATEGORISED, Event.Kind.ROUTED, Event.Kind.ASSIGNED, Event.Kind.ASSESSED,
    Event.Kind.ANSWERED, Event.Kind.NOTED, Event.Kind.MERGED, Event.Kind.HELD,
})  # fmt: skip


def undo(case: Case, after: int, *, of: User | None = None, is_one_of_many: bool = False) -> None:
    """Undo what this colleague, or the one whose act it is `of`, did in one act on the melding after the event `after`,
    which was the last that they had seen.

    Refused when a colleague or the reporter did something since, and when somebody heard of it. What the act did to
    others by itself, when it `is_one_of_many`, is left to who undoes those.
    """
    actor = of or case.actor
    with opened(case) as melding:
        since = list(melding.events.filter(pk__gt=after).order_by("pk"))
        acts = [event for event in since if event.actor_id == actor.pk]
        if not acts or {event.xid for event in acts} != {acts[0].xid} or not _is_last(since, acts):
            raise Refused(
                "changed", _("Something happened since. This cannot be undone any more: look what it is now.")
            )
        if any(event.kind not in UNDOABLE for event in acts):
            raise Refused("not_undone", _("This cannot be undone."))
        _check_sender(melding, acts)
        along = _along(melding, acts, is_one_of_many=is_one_of_many)
        if not telling.take_back(acts):
            words = _("Somebody heard of it already. Do what should be done now: they hear of that too.")
            raise Refused("told", words)
        closed_unheard = melding.state in workflow.UNHEARD
        lifecycle.undo(melding, acts, actor=case.by)
        _let_go(melding, acts)
        for event in along:
            _bring_back(case, event)
        if closed_unheard:
            _call_back(melding)


def undo_together(cases: Sequence[Case], after: int) -> None:
    """Undo one act on several meldingen, all of them or none. Refused as `undo` is."""
    with transaction.atomic():
        for case in cases:
            undo(case, after, is_one_of_many=True)


def can_undo(cases: Sequence[Case], after: int) -> bool:
    """Whether nobody heard yet of what a colleague did to these meldingen after that event."""
    where, actor, ids = cases[0].municipality, cases[0].actor, [case.melding_id for case in cases]
    return not telling.is_told(Event.objects.of(where).filter(melding__in=ids, pk__gt=after, actor=actor))


def call_back(case: Case) -> None:
    """Say that it is no spam after all, whoever called it that: it is as it was before. Refused as `undo` is."""
    spam = Event.objects.of(case.municipality).filter(melding=case.melding_id, to_state=workflow.SPAM)
    last = queries.that_stand(spam).select_related("actor").order_by("pk").last()
    if last is None or last.actor is None:
        raise Refused("not_undone", _("This cannot be undone."))
    undo(case, last.pk - 1, of=last.actor, is_one_of_many=True)


def _check_sender(melding: Melding, acts: Sequence[Event]) -> None:
    """Refuse spam of which it is forgotten by now who sent it."""
    if melding.state == workflow.SPAM and acts[0].happened_at < timezone.now() - queries.SPAM_KEPT:
        raise Refused("late", _("This was called spam more than 14 days ago. Open it again instead."))


def _is_last(since: Sequence[Event], acts: Sequence[Event]) -> bool:
    """Whether nobody who decides did anything behind these acts, or between them."""
    return all(event in acts for event in since if event.actor_kind in events.DECIDING)


def _let_go(melding: Melding, acts: Sequence[Event]) -> None:
    """A hold that came with these acts goes with them; one that was there before ends when it did."""
    for until in [events.of(event).until for event in acts if event.kind == Event.Kind.HELD]:  # type: ignore[attr-defined]
        hold = Hold.objects.filter(melding=melding)
        if until and until.old:
            hold.update(until=until.old)
        else:
            hold.delete()


def _along(melding: Melding, acts: Sequence[Event], *, is_one_of_many: bool) -> list[Event]:
    """What the same act did to meldingen that this one leads. Refused when it did more than take them along."""
    same = Event.objects.of(melding.municipality_id).filter(xid=acts[0].xid, pk__gt=acts[0].pk, actor=acts[0].actor_id)
    if is_one_of_many:
        if same.filter(codes__lead__from=melding.pk).exists():  # they stand alone since then
            raise Refused("not_undone", _("This cannot be undone."))
        return list(same.filter(codes__along=melding.pk).order_by("melding", "pk"))
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
