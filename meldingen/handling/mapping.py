"""Where the meldingen of a list lie: grouped by a grid where they are many, one by one where they are few.

One statement, whatever the size of the table: no more than MOST of a list are looked at, from its beginning, and they
come out of the index in which the list stands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log2
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, FloatField, Func, QuerySet

from meldingen.record.models import URGENT_AND_OPEN, Melding

MOST = 10_000
CELLS = 10  # of the grid, along the longer side of what is shown
SPOTS = 30  # that are shown one by one
CLOSE = 150.0  # metres: what lies together on so little is shown one by one however many it is

_GROUPS = """
WITH listed AS MATERIALIZED (SELECT row_number() OVER () AS n, own.* FROM ({listed}) AS own),
numbers AS (SELECT count(*) AS listed, count(*) FILTER (WHERE x IS NULL) AS nowhere FROM listed)
SELECT number, x, y, is_urgent, buurt, keys, places, numbers.listed, numbers.nowhere
FROM numbers LEFT JOIN (
    SELECT count(*) AS number, avg(x) AS x, avg(y) AS y, bool_or(is_urgent) AS is_urgent,
        mode() WITHIN GROUP (ORDER BY buurt_id) AS buurt,
        (array_agg(id ORDER BY n))[1:{spots}] AS keys, (array_agg(n ORDER BY n))[1:{spots}] AS places
    FROM listed WHERE n <= %s AND x BETWEEN %s AND %s AND y BETWEEN %s AND %s
    GROUP BY floor(x / %s), floor(y / %s)) AS cells ON true
ORDER BY number DESC, x, y"""


@dataclass(frozen=True)
class Box:
    """What is shown, in stored metres."""

    west: float
    south: float
    east: float
    north: float

    @property
    def side(self) -> float:
        """Of a cell of the grid: a power of two, so that groups stay what they are when the map is moved."""
        longer = max(self.east - self.west, self.north - self.south, 1.0)
        return float(2 ** ceil(log2(longer / CELLS)))

    @property
    def is_close(self) -> bool:
        """Whether nothing is gained by looking closer."""
        return max(self.east - self.west, self.north - self.south) <= CLOSE


@dataclass(frozen=True)
class Group:
    """Meldingen in one cell: how many, the middle of them, and in which buurt most are."""

    number: int
    x: float
    y: float
    is_urgent: bool
    buurt_id: int
    keys: Sequence[int]  # the first of them in the list


@dataclass(frozen=True)
class Spread:
    """What lies in a box. `single`: the ids to show one by one, in the order of the list; empty where they are many.

    `nowhere`: how many of the list have no place; `is_cut`: there are more than were looked at.
    """

    groups: Sequence[Group]
    single: Sequence[int]
    number: int
    nowhere: int
    is_cut: bool


def spread(rows: QuerySet[Melding], box: Box) -> Spread:
    """Where the meldingen of a list lie; `rows` come in its order."""
    listed = rows.annotate(x=_axis("ST_X"), y=_axis("ST_Y"), is_urgent=URGENT_AND_OPEN)
    try:
        first = listed.values("id", "x", "y", "buurt_id", "is_urgent")[: MOST + 1]
        sql, values = first.query.sql_with_params()
    except EmptyResultSet:  # a colleague without a team
        return Spread((), (), 0, 0, is_cut=False)
    edges = (box.west, box.east, box.south, box.north)
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS.format(listed=sql, spots=SPOTS), [*values, MOST, *edges, box.side, box.side])
        return _spread(cursor.fetchall(), box)


def _spread(cells: Sequence[tuple[Any, ...]], box: Box) -> Spread:
    listed, nowhere = cells[0][-2:]
    own = [cell for cell in cells if cell[0]]
    groups = [Group(*cell[:6]) for cell in own]
    number = sum(group.number for group in groups)
    single: list[int] = []
    if number <= SPOTS or box.is_close:
        placed = sorted(pair for cell in own for pair in zip(cell[6], cell[5], strict=True))
        single = [key for _place, key in placed[:SPOTS]]
    return Spread(groups, single, number, nowhere, is_cut=listed > MOST)


def _axis(function: str) -> Func:
    return Func(F("point"), function=function, output_field=FloatField())
