"""The only writer of a melding's state. Every change locks the row, asks the workflow and appends its Event.

A test of the syntax tree and a trigger in the database (migration 0002) hold every other module to that.
Callers run inside one transaction and enqueue what follows on commit; nothing here enqueues.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from meldingen import workflow
from meldingen.models import Event, Melding, Reporter, User

__all__ = ["change", "lock", "move", "receive", "receive_many"]


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
            codes={"source": melding.source},
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
            codes={"source": melding.source},
            happened_at=melding.received_at,
        )
        for melding in meldingen
    ]


def lock(melding_id: int, municipality_id: int) -> Melding:
    """The melding, its row locked until the transaction ends. Melding.DoesNotExist for another municipality's."""
    return Melding.objects.select_for_update(of=("self",)).get(pk=melding_id, municipality_id=municipality_id)


def move(melding: Melding, to_state: str, *, actor: User | None, codes: dict[str, Any] | None = None) -> Event:
    """Bring a locked melding into `to_state`. Raises workflow.TransitionRefused where the workflow knows no way."""
    from_state = melding.state
    workflow.check(from_state, to_state)
    melding.state = to_state
    melding.save(update_fields=["state"])
    event = Event.objects.create(
        municipality_id=melding.municipality_id,
        melding=melding,
        kind=Event.Kind.MOVED,
        from_state=from_state,
        to_state=to_state,
        codes=codes or {},
        actor=actor,
    )
    if (from_state in workflow.CLOSED) != (to_state in workflow.CLOSED):
        # The term of the contact details runs from here, or no longer.
        since = event.happened_at if to_state in workflow.CLOSED else None
        Reporter.objects.filter(melding=melding).update(closed_at=since)
    return event


def change(
    melding: Melding, kind: str, *, actor: User | None, codes: dict[str, Any] | None = None, **values: Any
) -> Event:
    """Write `values` (never the state) on a locked melding and append its Event. No values: only the Event."""
    if "state" in values:
        raise TypeError("the state is changed by move() alone")
    for name, value in values.items():
        setattr(melding, name, value)
    if values:
        melding.save(update_fields=list(values))
    return Event.objects.create(
        municipality_id=melding.municipality_id, melding=melding, kind=kind, codes=codes or {}, actor=actor
    )
