"""In which order a worklist stands, and how a page of it is found again: by the key of the row where it begins.

A key is the place of a row in its order, as text for an address. Whatever comes in or goes out before it, the page
begins where it began; and no page costs more than another, for an index is entered at the key.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.fields.tuple_lookups import (
    Tuple,
    TupleGreaterThan,
    TupleGreaterThanOrEqual,
    TupleLessThan,
    TupleLessThanOrEqual,
)
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from meldingen.record import workflow
from meldingen.record.models import DUE, NOT_URGENT, OPEN, URGENT_AND_OPEN, Melding

Meldingen = QuerySet[Melding]
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LONGEST_NUMBER = 18  # digits: more is no number of ours


@dataclass(frozen=True)
class Order:
    """Columns, all of them up or all of them down, and the values of a row in them. `only`: what has a place in it."""

    name: str
    words: str | Promise
    columns: tuple[Any, ...]
    is_descending: bool
    values: Callable[[Melding], tuple[Any, ...] | None]
    read: Callable[[Sequence[int]], tuple[Any, ...]]
    only: Callable[[Meldingen], Meldingen] = lambda rows: rows

    def sort(self, rows: Meldingen, *, backwards: bool = False) -> Meldingen:
        """The rows in this order."""
        down = self.is_descending != backwards
        fields = [column if hasattr(column, "desc") else F(column) for column in self.columns]
        return self.only(rows).order_by(*(field.desc() if down else field.asc() for field in fields))

    def key(self, melding: Melding) -> str:
        """The place of a melding; empty for one that has none."""
        values = self.values(melding)
        return ".".join(str(_number(value)) for value in values) if values else ""

    def at(self, rows: Meldingen, key: str) -> Meldingen:
        """The rows from this place on, the one at it too."""
        return self._beyond(rows, key, TupleLessThanOrEqual if self.is_descending else TupleGreaterThanOrEqual)

    def after(self, rows: Meldingen, key: str) -> Meldingen:
        """The rows behind this place."""
        return self._beyond(rows, key, TupleLessThan if self.is_descending else TupleGreaterThan)

    def before(self, rows: Meldingen, key: str) -> Meldingen:
        """The rows ahead of this place."""
        return self._beyond(rows, key, TupleGreaterThan if self.is_descending else TupleLessThan)

    def _beyond(self, rows: Meldingen, key: str, lookup: Any) -> Meldingen:
        values = self._read(key)
        columns = [column if hasattr(column, "desc") else F(column) for column in self.columns]
        return self.only(rows) if values is None else rows.filter(lookup(Tuple(*columns), values))

    def _read(self, key: str) -> tuple[Any, ...] | None:
        """What a key says; None for what is none of this order, as somebody types it."""
        parts = key.split(".")
        if len(parts) != len(self.columns) or not all(map(_is_number, parts)):
            return None
        try:
            return self.read([int(part) for part in parts])
        except OverflowError:
            return None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER


def _number(value: Any) -> int:
    """A number, a yes or no, or a moment in microseconds."""
    return (value - _EPOCH) // timedelta(microseconds=1) if isinstance(value, datetime) else int(value)


def _moment(number: int) -> datetime:
    return _EPOCH + timedelta(microseconds=number)


def _is_first(melding: Melding) -> bool:
    return melding.priority == Melding.Priority.URGENT and melding.state in workflow.OPEN


def _newest(melding: Melding) -> tuple[Any, ...]:
    return _is_first(melding), melding.received_at, melding.pk


NEWEST = Order(
    "newest", _("Newest first, danger on top"), (URGENT_AND_OPEN, "received_at", "id"), True, _newest,
    lambda parts: (bool(parts[0]), _moment(parts[1]), parts[2]),
)  # fmt: skip
TERM = Order(
    "term", _("Earliest term first"), (NOT_URGENT, "deadline", "id"), False,
    lambda melding: (
        (melding.priority != Melding.Priority.URGENT, melding.deadline, melding.pk) if melding.deadline else None
    ),
    lambda parts: (bool(parts[0]), _moment(parts[1]), parts[2]),
    # What is closed has no term any more; the index of terms holds what is open.
    lambda rows: rows.filter(OPEN, deadline__isnull=False),
)  # fmt: skip
# For any worklist: what has no term stands by the moment that it came, for work that nobody planned is work too.
DUE_FIRST = Order(
    "term", _("Earliest term first"), (NOT_URGENT, DUE, "id"), False,
    lambda melding: (
        (melding.priority != Melding.Priority.URGENT, melding.deadline or melding.received_at, melding.pk)
        if melding.state in workflow.OPEN
        else None
    ),
    lambda parts: (bool(parts[0]), _moment(parts[1]), parts[2]),
    lambda rows: rows.filter(OPEN),
)  # fmt: skip
# What waits for an answer: few rows, in which who wrote last stands first.
SPOKEN = Order(
    "spoken", _("Who wrote last first"), (URGENT_AND_OPEN, "reporter_spoke_at", "id"), True,
    lambda melding: (
        (_is_first(melding), melding.reporter_spoke_at, melding.pk) if melding.reporter_spoke_at else None
    ),
    lambda parts: (bool(parts[0]), _moment(parts[1]), parts[2]),
    lambda rows: rows.filter(reporter_spoke_at__isnull=False),
)  # fmt: skip
ORDERS = {order.name: order for order in (NEWEST, DUE_FIRST)}
