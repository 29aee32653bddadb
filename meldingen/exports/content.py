"""What an export holds: the meldingen of a worklist as its owner sees it, in its order, and the cells of each."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.gis.db.models.functions import Transform
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.db.models import F, FloatField, Func, QuerySet
from django.http import QueryDict
from django.utils.translation import get_language

from meldingen.categories.models import Category
from meldingen.exports.columns import Column, Line, Names
from meldingen.exports.durations import times_in_states
from meldingen.exports.models import Export
from meldingen.exports.sheets import Cell
from meldingen.handling.desk import asked as asking
from meldingen.handling.desk import confidential
from meldingen.handling.desk.worklists import Reader
from meldingen.languages import FALLBACK
from meldingen.places.models import Area
from meldingen.questions.reading import answers_of
from meldingen.record.models import Melding
from meldingen.tenancy.models import Municipality, Team
from meldingen.tenancy.roles import Standing

AT_ONCE = 1000  # meldingen in memory


def meldingen_of(export: Export, standing: Standing, now: datetime) -> QuerySet[Melding]:
    """Those of the worklist, as somebody with this standing sees it. asking.Unknown where it names what is gone."""
    where = export.municipality
    wish = asking.read(QueryDict(export.query), "")
    rows_named = asking.look_up(wish, where, export.owner_id)
    reader = Reader(export.owner_id, standing.teams, now, where.time_zone)
    visible = confidential.visible_to(standing, where, Melding.objects.of(where))
    return wish.order.sort(asking.narrow(visible, wish, rows_named, reader))


def ids_of(rows: QuerySet[Melding]) -> array[int]:
    """Their ids in their order, eight bytes each: the file is the list of this moment, however long it takes."""
    ids = array("q")
    try:
        sql, values = rows.values_list("pk").query.sql_with_params()
    except EmptyResultSet:  # the list of a team, of somebody without one
        return ids
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        cursor.execute(sql, values)
        while some := cursor.fetchmany(10_000):
            ids.extend(pk for (pk,) in some)
    return ids


def portions(ids: Sequence[int]) -> Iterator[list[int]]:
    """So many as are in memory at once."""
    for start in range(0, len(ids), AT_ONCE):
        yield list(ids[start : start + AT_ONCE])


def names_of(where: Municipality) -> Names:
    """What the ids of a municipality stand for now."""
    own = Category.objects.of(where).select_related("parent")
    areas = Area.objects.of(where).filter(level=Area.Level.BUURT)
    return Names(
        {each.pk: (each.parent.name if each.parent else each.name, each.name) for each in own},
        dict(Team.objects.of(where).values_list("pk", "name")),
        {pk: (wijk or "", name) for pk, wijk, name in areas.values_list("pk", "parent__name", "name")},
        ZoneInfo(where.time_zone),
    )


def cells_of(
    where: Municipality, ids: Sequence[int], columns: Sequence[Column], names: Names, now: datetime
) -> Iterable[list[Cell]]:
    """The rows of these meldingen, in their order; in three questions. One that is gone meanwhile has none."""
    fields = {field for column in columns for field in column.fields}
    rows = Melding.objects.of(where).filter(pk__in=ids).annotate(latitude=_degrees("Y"), longitude=_degrees("X"))
    by_id: dict[int, Any] = {row["pk"]: row for row in rows.values("pk", *sorted(fields))}
    times = times_in_states(ids, now)
    answers = answers_of(where, ids, get_language() or FALLBACK)
    for pk in ids:
        if pk in by_id:
            line = Line(by_id[pk], times.get(pk, {}), names, answers.get(pk, ()))
            yield [column.cell(line) for column in columns]


def _degrees(axis: str) -> Func:
    return Func(Transform(F("point"), settings.SRID_DOOR), function=f"ST_{axis}", output_field=FloatField())
