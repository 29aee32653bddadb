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

from meldingen.record import workflow
from meldingen.record.models import Event, Melding, Reporter
from meldingen.tenancy.models import User

__all__ = [
    "change",
    "change_many",
    "lock",
    "lock_many",
    "move",
    "move_many",
    "put",
    "receive",
    "receive_many",
    "together",
]


@dataclass
class _Pending:
    """What waits to be written on one melding, and the Events that go with it."""

    melding: Melding
    values: dict[str, Any] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)

    def store(self) -> None:
        """One UPDATE and one INSERT, each where there is something for it."""
        if self.values:
            Melding.objects.filter(pk=self.melding.pk).update(**self.values)
        Event.objects.bulk_create(self.events)
        self.values, self.events = {}, []


_open: ContextVar[_Pending | None] = ContextVar("open", default=None)


def receive(melding: Melding, *, actor: User | None = None) -> Event:
    """Store a new melding with its first Event. Unless it was imported, its prediction is due from now on."""
    melding.state = workflow.NEW
    if melding.source != Melding.Source.IMPORT:
        melding.prediction_due_at = melding.received_at
    with transaction.atomic():
        melding.save(force_insert=True)
        return Event.objects.create(
            municipality_id=melding.municipality_id,
            melding=melding,
            kind=Event.Kind.RECEIVED,
            to_state=workflow.NEW,
            codes=_of_receipt(melding),
            actor=actor,
            happened_at=melding.received_at,
        )


def receive_many(meldingen: Sequence[Melding], closed_at: Sequence[datetime | None]) -> None:
    """Store meldingen that lived elsewhere: received at their own time, and solved at `closed_at` where that is known.

    What is open and has a team is assigned to it from its receipt. The two sequences have equal length. Two statements
    for the meldingen's events, one for themselves.
    """
    for melding, closed in zip(meldingen, closed_at, strict=True):
        melding.state = workflow.SOLVED if closed else workflow.ASSIGNED if melding.team_id else workflow.NEW
    with transaction.atomic():
        Melding.objects.bulk_create(meldingen)
        Event.objects.bulk_create(_first_events(meldingen))
        Event.objects.bulk_create(
            Event(
                municipality_id=melding.municipality_id,
                melding=melding,
                kind=Event.Kind.MOVED,
                from_state=workflow.NEW,
                to_state=melding.state,
                happened_at=closed or melding.received_at,
            )
            for melding, closed in zip(meldingen, closed_at, strict=True)
            if melding.state != workflow.NEW
        )


def _first_events(meldingen: Iterable[Melding]) -> list[Event]:
    return [
        Event(
            municipality_id=melding.municipality_id,
            melding=melding,
            kind=Event.Kind.RECEIVED,
            to_state=workflow.NEW,
            codes=_of_receipt(melding),
            happened_at=melding.received_at,
        )
        for melding in meldingen
    ]


def _of_receipt(melding: Melding) -> dict[str, Any]:
    codes: dict[str, Any] = {"source": melding.source}
    if melding.danger:
        codes["danger"] = str(melding.danger)
    if melding.is_suspect:
        codes["suspect"] = True
    return codes


def lock(melding_id: int, municipality_id: int) -> Melding:
    """The melding, its row locked until the transaction ends. Melding.DoesNotExist for another municipality's."""
    return Melding.objects.select_for_update(of=("self",)).get(pk=melding_id, municipality_id=municipality_id)


def lock_many(melding_ids: Iterable[int], municipality_id: int) -> list[Melding]:
    """Those of these meldingen that the municipality has, locked in the order of their ids until the transaction ends.

    Two colleagues with overlapping selections wait for each other, and never both at once.
    """
    rows = Melding.objects.select_for_update(of=("self",)).defer("search", "text", "point")
    return list(rows.filter(pk__in=melding_ids, municipality_id=municipality_id).order_by("pk"))


@contextmanager
def together(melding: Melding) -> Iterator[None]:
    """Steps on one locked melding, written at the end of the block: one UPDATE, however many they are.

    The Events that move() and change() give inside have no id yet. A block that raises writes nothing.
    """
    pending = _Pending(melding)
    token = _open.set(pending)
    try:
        yield
    finally:
        _open.reset(token)
    pending.store()


def move(melding: Melding, to_state: str, *, actor: User | None, codes: dict[str, Any] | None = None) -> Event:
    """Bring a locked melding into `to_state`. Raises workflow.TransitionRefused where the workflow knows no way."""
    (event,) = move_many([melding], to_state, actor=actor, codes=codes)
    return event


def move_many(
    meldingen: Sequence[Melding], to_state: str, *, actor: User | None, codes: dict[str, Any] | None = None
) -> list[Event]:
    """Bring locked meldingen of one municipality into `to_state`, each with its Event, in a fixed number of statements.

    With {"reason": workflow.SPAM} they are spam, and suspect no longer. Raises workflow.TransitionRefused, with nothing
    moved, where the workflow knows no way for one of them.
    """
    values: dict[str, Any] = {"state": to_state, "is_spam": (codes or {}).get("reason") == workflow.SPAM}
    if values["is_spam"]:
        values["is_suspect"] = False
    before = {melding.pk: melding.state for melding in meldingen}
    for from_state in before.values():
        workflow.check(from_state, to_state)
    _write(meldingen, values)
    events = _append(meldingen, Event.Kind.MOVED, actor, codes, before=before, to_state=to_state)
    crossed = [pk for pk, state in before.items() if (state in workflow.CLOSED) != (to_state in workflow.CLOSED)]
    if crossed:
        if pending := _pending(meldingen):
            pending.store()  # for the moment of its event
        # The term of the contact details runs from here, or no longer.
        since = events[0].happened_at if to_state in workflow.CLOSED else None
        Reporter.objects.filter(melding__in=crossed).update(closed_at=since)
    return events


def change(
    melding: Melding, kind: str, *, actor: User | None, codes: dict[str, Any] | None = None, **values: Any
) -> Event:
    """Write `values` (never the state) on a locked melding and append its Event. No values: only the Event."""
    (event,) = change_many([melding], kind, actor=actor, codes=codes, **values)
    return event


def put(melding: Melding, **values: Any) -> None:
    """Write `values` that are no part of the history (never the state) on a locked melding."""
    if "state" in values:
        raise TypeError("the state is changed by move() alone")
    _write([melding], values)


def change_many(
    meldingen: Sequence[Melding], kind: str, *, actor: User | None, codes: dict[str, Any] | None = None, **values: Any
) -> list[Event]:
    """Write the same `values` on locked meldingen, each with its Event, in two statements."""
    if "state" in values:
        raise TypeError("the state is changed by move() alone")
    if values:
        _write(meldingen, values)
    return _append(meldingen, kind, actor, codes)


def _write(meldingen: Sequence[Melding], values: dict[str, Any]) -> None:
    for melding in meldingen:
        for name, value in values.items():
            setattr(melding, name, value)
    if pending := _pending(meldingen):
        pending.values |= values
        return
    Melding.objects.filter(pk__in=[melding.pk for melding in meldingen]).update(**values)


def _append(
    meldingen: Sequence[Melding],
    kind: str,
    actor: User | None,
    codes: dict[str, Any] | None,
    *,
    before: Mapping[int, str] | None = None,
    to_state: str = "",
) -> list[Event]:
    """The Events of one thing that happened to each, in the order of `meldingen`."""
    events = [
        Event(
            municipality_id=melding.municipality_id,
            melding=melding,
            kind=kind,
            from_state=(before or {}).get(melding.pk, ""),
            to_state=to_state,
            codes=codes or {},
            actor=actor,
        )
        for melding in meldingen
    ]
    if pending := _pending(meldingen):
        pending.events += events
        return events
    return Event.objects.bulk_create(events)


def _pending(meldingen: Sequence[Melding]) -> _Pending | None:
    """What is open for these: only for one, and for that very one."""
    pending = _open.get()
    return pending if pending and len(meldingen) == 1 and meldingen[0] is pending.melding else None
