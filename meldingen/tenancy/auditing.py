"""Keeps who did what in a municipality, in the transaction of what was done."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import connection

from meldingen.tenancy.models import AuditEntry, Municipality, User

Kind = AuditEntry.Kind
_network: ContextVar[str] = ContextVar("network of this request", default="")


@contextmanager
def from_network(prefix: str) -> Iterator[None]:
    """Around a request: what is kept inside says from which network, by its prefix and never by its full address."""
    token = _network.set(prefix)
    try:
        yield
    finally:
        _network.reset(token)


def network() -> str:
    """The prefix of the network of this request; empty outside one."""
    return _network.get()


def keep(
    where: Municipality | int,
    kind: AuditEntry.Kind,
    actor: User | None,
    target: str = "",
    codes: Mapping[str, Any] | None = None,
) -> None:
    """Add a line. `target` and `codes` are codes and numbers, never what somebody typed or read."""
    AuditEntry.objects.create(
        municipality_id=where if isinstance(where, int) else where.pk,
        kind=kind,
        actor=actor,
        target=target,
        codes=dict(codes or {}),
        network=network(),
    )


def keep_change(
    where: Municipality,
    kind: AuditEntry.Kind,
    actor: User | None,
    target: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
) -> None:
    """Add a line with what differs, old and new; none when nothing does."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    if names:
        codes = {name: {"from": before.get(name), "to": after.get(name)} for name in names}
        keep(where, kind, actor, target, codes)


def forget(where: Municipality) -> int:
    """Remove what is older than the term of this municipality; how many. The database decides what may go."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tenancy_forget_audit(%s)", [where.pk])
        return int(cursor.fetchone()[0])
