"""The only writer of a melding's state. Every change locks the row, asks the workflow and appends its Event.

A test of the syntax tree and a trigger in the database (the migration `integrity`) hold every other module to that.
Callers run inside one transaction and enqueue what follows on commit; nothing here enqueues.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from meldingen.record import events, references, rows, workflow
from meldingen.record.events import Actor, Change, Happening, Past
from meldingen.record.models import Event, Melding, Reporter

__all__ = [
    "change",
    "change_many",
    "lock",
    "lock_many",
    "move",
    "move_many",
    "part",
    "put",
    "receive",
    "receive_many",
    "together",
    "undo",
    "undo_many",
]


@dataclass
class _Pending:
    """What waits to be written on one melding, and the Events that go with it."""

    melding: Melding
    values: dict[str, Any] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)


# What those that were merged into a melding do with it. Closed in another way, or of a category that others may not
# read of, it leads no more: they stand alone again.
_IN_COMMON = frozenset({workflow.SOLVED, workflow.FORWARDED, workflow.DECLINED, workflow.REOPENED})
_open: ContextVar[dict[int, _Pending]] = ContextVar("open", default={})  # noqa: B039 (never written to)


def receive(melding: Melding, *, actor: Actor, saw: Sequence[str] | None = None, is_back: bool = False) -> Event:
    """Store a new melding with its first Event. Unless it was imported, its prediction is due from now on.

    It is given a reference and the key of its private page where it has none. `saw`: the labels of the suggestions that
    its reporter was shown, None where nobody knows. `is_back`: they say that what was solved there is back.
    """
    melding.state = workflow.NEW
    melding.reference = melding.reference or references.new_reference()
    melding.follow_token = melding.follow_token or references.new_follow_token()
    if melding.source != Melding.Source.IMPORT:
        melding.prediction_due_at = melding.received_at
    with transaction.atomic(savepoint=False):  # who has a transaction open keeps nothing of it when this fails
        melding.save(force_insert=True)
        event = _event(melding, _arrival(melding, saw, is_back=is_back), actor, melding.received_at)
        event.save(force_insert=True)
        return event


def receive_many(meldingen: Sequence[Melding], pasts: Sequence[Sequence[Past]]) -> list[list[int]]:
    """Store meldingen that lived elsewhere, with what happened to each of them there, oldest first.

    They come as they were received; the two sequences have equal length. The ids of the Events of each, without that of
    its receipt, in the order of its past. Raises workflow.TransitionRefused, with nothing stored, where the workflow
    knows no way. One statement for the meldingen, one for all their Events.
    """
    history = []
    for melding, past in zip(meldingen, pasts, strict=True):
        melding.state = workflow.NEW
        receipt = _row(melding, _arrival(melding), events.IMPORT, melding.received_at)
        history.append([receipt, *_replay(melding, past)])
    with transaction.atomic():
        rows.insert(meldingen)
        for melding, own in zip(meldingen, history, strict=True):
            for row in own:
                row["melding_id"] = melding.pk
        ids = iter(rows.insert_values(Event, [row for own in history for row in own]))
    return [[next(ids) for _row_of_it in own][1:] for own in history]


def _replay(melding: Melding, past: Sequence[Past]) -> Iterator[dict[str, Any]]:
    before = events.history_of(melding)
    for each in past:
        if "state" in each.values:
            workflow.check(melding.state, each.values["state"])
            melding.closed_at = each.when if each.values["state"] in workflow.CLOSED else None
        for name, value in each.values.items():
            setattr(melding, name, value)
        after = events.history_of(melding) if each.values else before
        yield _row(melding, each.happened.with_changes(_differences(before, after)), each.actor, each.when)
        before = after


def _arrival(melding: Melding, saw: Sequence[str] | None = None, *, is_back: bool = False) -> Happening:
    values = {name: value for name, value in events.history_of(melding).items() if value is not None}
    values["state"] = workflow.NEW
    happening = events.Received(
        channel=melding.source,
        danger=str(melding.danger),
        is_suspect=melding.is_suspect,
        part_of=melding.part_of_id,
        saw=saw,
        is_back=is_back,
    )
    return happening.with_changes({name: Change(None, value) for name, value in values.items()})


def _event(melding: Melding, happening: Happening, actor: Actor, when: datetime) -> Event:
    event = Event(melding=melding, **_row(melding, happening, actor, when))
    event.actor = actor.person
    return event


def _row(melding: Melding, happening: Happening, actor: Actor, when: datetime) -> dict[str, Any]:
    """The columns of an Event but that of its melding, which may have no key yet."""
    state: Change | None = getattr(happening, "state", None)
    return {
        "municipality_id": melding.municipality_id,
        "kind": happening.kind,
        "from_state": (state and state.old) or "",
        "to_state": state.new if state else "",
        "codes": happening.codes(),
        "actor_kind": actor.kind,
        "actor_id": actor.person and actor.person.pk,
        "happened_at": when,
    }


def lock(melding_id: int, municipality_id: int) -> Melding:
    """The melding, its row locked until the transaction ends. Melding.DoesNotExist for another municipality's."""
    return Melding.objects.of(municipality_id).select_for_update(of=("self",)).get(pk=melding_id)


def lock_many(melding_ids: Iterable[int], municipality_id: int) -> list[Melding]:
    """Those of these meldingen that the municipality has, locked in the order of their ids until the transaction ends.

    Two colleagues with overlapping selections wait for each other, and never both at once.
    """
    rows = Melding.objects.of(municipality_id).select_for_update(of=("self",)).defer("search", "text", "point")
    return list(rows.filter(pk__in=melding_ids).order_by("pk"))


@contextmanager
def together(*meldingen: Melding) -> Iterator[None]:
    """Steps on these locked meldingen, written at the end of the block: one UPDATE each, one INSERT for all.

    The Events that move() and change() give inside have no id yet. A block that raises writes nothing.
    """
    pending = {melding.pk: _Pending(melding) for melding in meldingen}
    token = _open.set(pending)
    try:
        yield
    finally:
        _open.reset(token)
    for each in pending.values():
        if each.values:
            Melding.objects.filter(pk=each.melding.pk).update(**each.values)
    Event.objects.bulk_create([event for each in pending.values() for event in each.events])


def move(melding: Melding, to_state: str, *, actor: Actor, reason: str = "", **values: Any) -> Event:
    """Bring a locked melding into `to_state`. Raises workflow.TransitionRefused where the workflow knows no way."""
    (event,) = move_many([melding], to_state, actor=actor, reason=reason, **values)
    return event


def move_many(
    meldingen: Sequence[Melding], to_state: str, *, actor: Actor, reason: str = "", **values: Any
) -> list[Event]:
    """Bring locked meldingen of one municipality into `to_state`, each with its Event, in a fixed number of statements.

    What is spam or a threat is judged: suspect no longer, and its sender waits for nobody. What was merged into one of
    them is closed and opened again with it. Raises workflow.TransitionRefused, with nothing moved, where the workflow
    knows no way for one.
    """
    for melding in meldingen:
        workflow.check(melding.state, to_state)
    now = timezone.now()
    before = {melding.pk: melding.closed_at for melding in meldingen}
    since = now if to_state in workflow.CLOSED else None
    crossing = [melding.pk for melding in meldingen if (melding.state in workflow.CLOSED) != (since is not None)]
    values |= {"state": to_state, "closed_at": since}
    if to_state in (workflow.SPAM, workflow.THREAT):
        values |= {"is_suspect": False, "reporter_spoke_at": None}
    new_events = _change(meldingen, events.Moved(reason=reason), actor, values, now)
    if crossing:  # the term of the contact details runs from here, or no longer
        Reporter.objects.filter(melding__in=crossing).update(closed_at=since)
        leads = {melding.pk: melding for melding in meldingen}
        for other in _led_by(crossing):
            lead = leads[other.lead_id or 0]
            if to_state in _IN_COMMON and not _is_confidential(lead):
                _take_along(other, before[lead.pk], to_state, events.Moved(reason=reason, along=lead.pk), actor, now)
            else:
                part(other, actor=actor)
    return new_events


def part(melding: Melding, *, actor: Actor) -> Event:
    """Let a locked melding that was merged stand alone again, as it did before: its term, and the state that it left
    when it went along. Who calls it has locked its lead before it.
    """
    kinds = (Event.Kind.MERGED, Event.Kind.RECEIVED)  # or it came in merged
    merger = melding.events.filter(kind__in=kinds, codes__has_key="lead").latest("id")
    term = getattr(events.of(merger), "deadline", None)
    values: dict[str, Any] = {"lead": None}
    if term and melding.deadline is None:
        values["deadline"] = datetime.fromisoformat(term.old)
    along = melding.events.filter(pk__gt=merger.pk, codes__has_key="along").order_by("pk").first()
    if along and along.from_state != melding.state:
        values |= {"state": along.from_state, "closed_at": None}
        Reporter.objects.filter(melding=melding).update(closed_at=None)
    (event,) = _change([melding], events.Undone(of=[merger.pk]), actor, values, timezone.now())
    return event


def _is_confidential(melding: Melding) -> bool:
    category = melding.category
    return bool(category and (category.is_confidential or (category.parent and category.parent.is_confidential)))


def _led_by(lead_ids: Sequence[int]) -> list[Melding]:
    rows = Melding.objects.filter(lead__in=lead_ids).select_for_update(of=("self",))
    return list(rows.defer("search", "text", "point").order_by("pk"))


def _take_along(
    other: Melding, lead_closed_at: datetime | None, to_state: str, happening: events.Moved, actor: Actor, now: datetime
) -> None:
    """Move one that was merged with its lead. What was closed by itself stays so when the lead is opened again."""
    closes = to_state in workflow.CLOSED
    if other.closed_at is None if closes else other.closed_at == lead_closed_at:
        since = now if closes else None
        _change([other], happening, actor, {"state": to_state, "closed_at": since}, now)
        Reporter.objects.filter(melding=other).update(closed_at=since)


def change(melding: Melding, happening: Happening, *, actor: Actor, **values: Any) -> Event:
    """Write `values` (never the state) on a locked melding and append its Event. No values: only the Event.

    Old and new values are put into the Event here; TypeError when its kind has no place for one of them.
    """
    (event,) = change_many([melding], happening, actor=actor, **values)
    return event


def undo(melding: Melding, acts: Sequence[Event], *, actor: Actor) -> Event:
    """As `undo_many`, of one."""
    (event,) = undo_many([(melding, acts)], actor=actor)
    return event


def undo_many(acts_of: Sequence[tuple[Melding, Sequence[Event]]], *, actor: Actor) -> list[Event]:
    """Give each locked melding back what these Events of it changed, oldest first, and append the Event that says so.

    What something else changed since stays as it is. The workflow is not asked: it goes where it was. One statement
    for all that get the same back, one for their Events.
    """
    before = [events.history_of(melding) for melding, _acts in acts_of]
    same: dict[tuple[tuple[str, Any], ...], list[Melding]] = {}
    crossing: dict[datetime | None, list[int]] = {}
    for melding, acts in acts_of:
        values = _before(melding, acts)
        state = values.get("state", melding.state)
        if (state in workflow.CLOSED) != (melding.state in workflow.CLOSED):
            values["closed_at"] = _closed_at(melding, acts) if state in workflow.CLOSED else None
            crossing.setdefault(values["closed_at"], []).append(melding.pk)
        same.setdefault(tuple(sorted(values.items())), []).append(melding)
    for items, meldingen in same.items():
        if items:
            _write(meldingen, dict(items))
    for since, ids in crossing.items():
        Reporter.objects.filter(melding__in=ids).update(closed_at=since)
    now = timezone.now()
    return Event.objects.bulk_create(
        [_reversal(each, old, actor, now) for each, old in zip(acts_of, before, strict=True)]
    )


def _reversal(
    undoing: tuple[Melding, Sequence[Event]], before: Mapping[str, Any], actor: Actor, when: datetime
) -> Event:
    melding, acts = undoing
    happening = events.Undone(of=[event.pk for event in acts])
    return _event(melding, happening.with_changes(_differences(before, events.history_of(melding))), actor, when)


def _before(melding: Melding, acts: Sequence[Event]) -> dict[str, Any]:
    """The columns as they were before these Events."""
    now, values = events.history_of(melding), dict[str, Any]()
    for event in reversed(acts):
        happening = events.of(event)
        for name in events.IN_HISTORY:
            change: Change | None = getattr(happening, name, None)
            if change is not None and now[name] == change.new:
                now[name] = change.old
                values[name] = change.old
        match happening:
            case events.Recategorised(was_by=was_by):
                values["category_by"] = was_by
            case events.Assessed(danger=danger):
                values["danger"] = danger.old
    return {Melding._meta.get_field(name).attname: _value(name, value) for name, value in values.items()}  # type: ignore[union-attr]


def _value(name: str, value: Any) -> Any:
    is_moment = name in ("deadline", "promised_at", "done_by") and value
    return datetime.fromisoformat(value) if is_moment else value


def _closed_at(melding: Melding, acts: Sequence[Event]) -> datetime | None:
    """When it was closed, before these Events opened it."""
    ends = melding.events.filter(to_state__in=sorted(workflow.CLOSED), pk__lt=acts[0].pk)
    return ends.order_by("id").values_list("happened_at", flat=True).last()


def put(*meldingen: Melding, **values: Any) -> None:
    """Write the same `values`, which are no part of the history, on locked meldingen."""
    names = sorted({name.removesuffix("_id") for name in values} & set(events.IN_HISTORY))
    if names:
        raise TypeError(f"history keeps {', '.join(names)}")
    _write(meldingen, values)


def change_many(meldingen: Sequence[Melding], happening: Happening, *, actor: Actor, **values: Any) -> list[Event]:
    """Write the same `values` on locked meldingen, each with its Event, in two statements."""
    if "state" in values:
        raise TypeError("the state is changed by move() alone")
    return _change(meldingen, happening, actor, values, timezone.now())


def _change(
    meldingen: Sequence[Melding], happening: Happening, actor: Actor, values: dict[str, Any], when: datetime
) -> list[Event]:
    """The Events of one thing that happened to each, in the order of `meldingen`."""
    before = [events.history_of(melding) for melding in meldingen]
    if values:
        _write(meldingen, values)
    new_events = [
        _event(melding, happening.with_changes(_differences(old, events.history_of(melding))), actor, when)
        for melding, old in zip(meldingen, before, strict=True)
    ]
    if pending := _pending(meldingen):
        pending.events += new_events
        return new_events
    return Event.objects.bulk_create(new_events)


def _differences(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Change]:
    return {name: Change(old[name], new[name]) for name in events.IN_HISTORY if old[name] != new[name]}


def _write(meldingen: Sequence[Melding], values: dict[str, Any]) -> None:
    for melding in meldingen:
        for name, value in values.items():
            setattr(melding, name, value)
    if pending := _pending(meldingen):
        pending.values |= values
        return
    Melding.objects.filter(pk__in=[melding.pk for melding in meldingen]).update(**values)


def _pending(meldingen: Sequence[Melding]) -> _Pending | None:
    """What is open for these: only for one, and for that very one."""
    pending = _open.get().get(meldingen[0].pk) if len(meldingen) == 1 else None
    return pending if pending and meldingen[0] is pending.melding else None
