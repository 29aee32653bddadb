"""Takes back what a colleague just did, before anybody heard of it: with an event of its own, never by forgetting."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.handling.triage import Case, opened
from meldingen.notifications import telling
from meldingen.notifications.models import Delivery
from meldingen.record import events, lifecycle, queries, workflow
from meldingen.record.models import Event, Hold, Melding
from meldingen.refusals import Refused
from meldingen.tenancy.models import Municipality, User

# Of these all that they changed stands in their event, or can be read from others. Words that were struck out are gone.
UNDOABLE = frozenset({
    Event.Kind.MOVED, Event.Kind.RECATEGORISED, Event.Kind.ROUTED, Event.Kind.ASSIGNED, Event.Kind.ASSESSED,
    Event.Kind.PRIORITISED, Event.Kind.ANSWERED, Event.Kind.NOTED, Event.Kind.MERGED, Event.Kind.HELD,
})  # fmt: skip
_TOLD = _("Somebody heard of it already. Do what should be done now: they hear of that too.")


@dataclass
class _Undoing:
    """A locked melding, what happened to it since, and of that the act that is undone."""

    melding: Melding
    since: Sequence[Event]
    acts: Sequence[Event]
    along: Sequence[Event] = ()


def undo(case: Case, after: int, *, of: User | None = None, is_one_of_many: bool = False) -> None:
    """Undo what this colleague, or the one whose act it is `of`, did in one act on the melding after the event `after`,
    which was the last that they had seen.

    Refused when a colleague or the reporter did something since, and when somebody heard of it. What the act did to
    others by itself, when it `is_one_of_many`, is left to who undoes those.
    """
    with opened(case) as melding:
        whose = _Whose(case.municipality, of or case.actor, case.by, is_one_of_many)
        for refused in _undo([melding], {melding.pk: after}, whose).values():
            raise refused


def undo_many(where: Municipality, actor: User, after: Mapping[int, int]) -> dict[int, Refused]:
    """Undo what this colleague did to each of many in one act, after the event that they saw last, by the id of the
    melding; which are left as they are, and why. In a transaction of who calls, and in a fixed number of statements.
    """
    meldingen = lifecycle.lock_many(after, where.pk)
    refusals = _undo(meldingen, after, _Whose(where, actor, events.by(actor), is_one_of_many=True))
    spoken = [each for each in meldingen if each.reporter_spoke_at and each.pk not in refusals]
    if spoken:  # whoever acts has read what the reporter wrote
        lifecycle.put(*spoken, reporter_spoke_at=None)
    return refusals


@dataclass(frozen=True)
class _Whose:
    """Whose act is undone, and by whom."""

    where: Municipality
    actor: User
    by: events.Actor
    is_one_of_many: bool


def _undo(meldingen: Sequence[Melding], after: Mapping[int, int], whose: _Whose) -> dict[int, Refused]:
    """Undo what can be, of locked meldingen; why the others cannot, by their ids."""
    refusals: dict[int, Refused] = {}
    undoings = _acts_of(meldingen, after, whose)
    same = _same_acts(undoings, whose)
    for each in undoings:
        try:
            _check(each)
            each.along = _along(each, same.get(each.melding.pk, ()), is_one_of_many=whose.is_one_of_many)
        except Refused as refused:
            refusals[each.melding.pk] = refused
    fit = [each for each in undoings if each.melding.pk not in refusals]
    heard = telling.take_back({each.melding.pk: each.acts for each in fit})
    refusals |= {pk: Refused("told", _TOLD) for pk in heard}
    _bring_all_back([each for each in fit if each.melding.pk not in heard], whose)
    return refusals


def _acts_of(meldingen: Sequence[Melding], after: Mapping[int, int], whose: _Whose) -> list[_Undoing]:
    least = min((after[melding.pk] for melding in meldingen), default=0)
    since: dict[int, list[Event]] = {melding.pk: [] for melding in meldingen}
    for event in Event.objects.of(whose.where).filter(melding__in=since, pk__gt=least).order_by("pk"):
        if event.pk > after[event.melding_id]:
            since[event.melding_id].append(event)
    return [
        _Undoing(melding, since[melding.pk], [each for each in since[melding.pk] if each.actor_id == whose.actor.pk])
        for melding in meldingen
    ]


def _same_acts(undoings: Sequence[_Undoing], whose: _Whose) -> dict[int, list[Event]]:
    """What was done to other meldingen in the transactions of these acts, by the melding that has to do with it: of
    many, the one that leads the other, or led it before.
    """
    firsts = [each.acts[0] for each in undoings if each.acts]
    if not firsts:
        return {}
    rows = Event.objects.of(whose.where).filter(actor=whose.actor, xid__in={event.xid for event in firsts})
    rows = rows.filter(pk__gt=min(event.pk for event in firsts)).order_by("melding", "pk")
    if not whose.is_one_of_many:
        return {firsts[0].melding_id: list(rows)}
    same: dict[int, list[Event]] = {}
    for event in rows.filter(codes__has_any_keys=["along", "lead"]):
        for pk in {event.codes.get("along"), _led_before(event)} - {None}:
            same.setdefault(pk, []).append(event)
    return same


def _check(each: _Undoing) -> None:
    """Refused where something happened since, or it is of a kind that nobody undoes."""
    acts = each.acts
    if not acts or {event.xid for event in acts} != {acts[0].xid} or not _is_last(each.since, acts):
        raise Refused("changed", _("Something happened since. This cannot be undone any more: look what it is now."))
    if any(event.kind not in UNDOABLE or _replaces_a_hold(event) for event in acts):
        raise Refused("not_undone", _("This cannot be undone."))
    _check_sender(each.melding, acts)


def _bring_all_back(undoings: Sequence[_Undoing], whose: _Whose) -> None:
    unheard = [each.melding for each in undoings if each.melding.state in workflow.UNHEARD]
    lifecycle.undo_many([(each.melding, each.acts) for each in undoings], actor=whose.by)
    for each in undoings:
        _let_go(each.melding, each.acts)
    _bring_back([event for each in undoings for event in each.along], whose)
    if heard_again := [melding for melding in unheard if melding.state not in workflow.UNHEARD]:
        _call_back(heard_again)


def undo_together(cases: Sequence[Case], after: int) -> None:
    """Undo one act on several meldingen, all of them or none. Refused as `undo` is."""
    with transaction.atomic():
        for case in cases:
            undo(case, after, is_one_of_many=True)


def can_undo(cases: Sequence[Case], after: int) -> bool:
    """Whether nobody heard yet of what a colleague did to these meldingen after that event."""
    where, actor, ids = cases[0].municipality, cases[0].actor, [case.melding_id for case in cases]
    return not telling.is_told(Event.objects.of(where).filter(melding__in=ids, pk__gt=after, actor=actor))


def is_last(cases: Sequence[Case], after: int) -> bool:
    """Whether nobody who decides did anything behind the one act of this colleague on these meldingen after that event,
    and nobody heard of it: one statement for the first, one for the second.
    """
    where, actor, ids = cases[0].municipality, cases[0].actor, [case.melding_id for case in cases]
    decided = Event.objects.of(where).filter(melding__in=ids, pk__gt=after, actor_kind__in=events.DECIDING)
    acts = set(decided.order_by().values_list("actor", "xid").distinct())
    return len(acts) == 1 and {by for by, _xid in acts} == {actor.pk} and can_undo(cases, after)


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


def _replaces_a_hold(event: Event) -> bool:
    """Whether a hold was there already: its reason was overwritten, and stands in no event."""
    until: events.Change | None = getattr(events.of(event), "until", None)
    return bool(until and until.old)


def _let_go(melding: Melding, acts: Sequence[Event]) -> None:
    """A hold that came with these acts goes with them."""
    if any(event.kind == Event.Kind.HELD for event in acts):
        Hold.objects.filter(melding=melding).delete()


def _along(each: _Undoing, same: Sequence[Event], *, is_one_of_many: bool) -> list[Event]:
    """What the same act did to meldingen that this one leads. Refused when it did more than take them along."""
    pk, first = each.melding.pk, each.acts[0]
    same = [event for event in same if event.pk > first.pk and event.xid == first.xid]
    along = [event for event in same if event.codes.get("along") == pk]
    if is_one_of_many:
        is_refused = any(_led_before(event) == pk for event in same)  # they stand alone since then
    else:
        is_refused = any(event.melding_id != pk and event not in along for event in same)
    if is_refused:
        raise Refused("not_undone", _("This cannot be undone."))
    return along


def _led_before(event: Event) -> int | None:
    """Into which one it was merged before this event, where that changed."""
    change: events.Change | None = getattr(events.of(event), "lead", None)
    return change.old if change else None


def _bring_back(along: Sequence[Event], whose: _Whose) -> None:
    """Those that went along, unless somebody decided on one since."""
    if not along:
        return
    others = {other.pk: other for other in lifecycle.lock_many((each.melding_id for each in along), whose.where.pk)}
    decided = Event.objects.of(whose.where).filter(
        melding__in=others, pk__gt=min(each.pk for each in along), actor_kind__in=events.DECIDING
    )
    last = dict(decided.order_by().values_list("melding").annotate(Max("pk")))
    free = [each for each in along if last.get(each.melding_id, 0) <= each.pk]
    lifecycle.undo_many([(others[each.melding_id], [each]) for each in free], actor=whose.by)


def _call_back(meldingen: Sequence[Melding]) -> None:
    """What spam or a threat made of them besides their state: they were suspect, perhaps, and mails were not sent."""
    own = Event.objects.filter(melding__in=[melding.pk for melding in meldingen])
    receipts = {event.melding_id: events.of(event) for event in own.filter(kind=Event.Kind.RECEIVED)}
    released = set(queries.that_stand(own.filter(kind=Event.Kind.RELEASED)).values_list("melding", flat=True))
    suspect = [each for each in meldingen if _was_suspect(receipts[each.pk]) and each.pk not in released]
    if suspect:
        lifecycle.put(*suspect, is_suspect=True)
    unsent = Delivery.objects.filter(
        event__melding__in=[melding.pk for melding in meldingen], sent_at__isnull=True, due_at__isnull=True, attempts=0
    )
    unsent.update(due_at=timezone.now())


def _was_suspect(receipt: events.Happening) -> bool:
    return isinstance(receipt, events.Received) and bool(receipt.is_suspect)
