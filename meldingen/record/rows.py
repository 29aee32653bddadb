"""Very many new rows of one table in one statement, for an import: what Django's bulk_create does, at a fraction of it.

The rows travel as one JSON value, which the database takes apart: no parameter, no adapter and no check for each cell.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, models
from django.db.models.expressions import DatabaseDefault


def insert(rows: Sequence[models.Model]) -> None:
    """Store new rows of one model, in this order, and give each its key.

    A column that the database fills in is one for all of them. Raises IntegrityError, as any other way of storing.
    """
    if not rows:
        return
    names = _names(rows[0])
    keys = insert_values(type(rows[0]), [{name: getattr(row, name) for name in names} for row in rows])
    for row, key in zip(rows, keys, strict=True):
        row.pk = key
        row._state.adding, row._state.db = False, connection.alias


def insert_values(model: type[models.Model], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """The same of values by the names of their attributes, which all rows have alike; their keys."""
    if not rows:
        return []
    quote = connection.ops.quote_name
    fields = [field for field in model._meta.concrete_fields if field.attname in rows[0]]
    columns = {field.attname: quote(str(field.column)) for field in fields}
    names = ", ".join(columns.values())
    # What the file of values calls each column is the name of its attribute.
    types = ", ".join(f"{quote(field.attname)} {field.db_type(connection)}" for field in fields)
    values = ", ".join(quote(name) for name in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {quote(model._meta.db_table)} ({names}) "  # noqa: S608 (names of our own columns)
            f"SELECT {values} FROM json_to_recordset(%s) AS ({types}) RETURNING id",
            [json.dumps(rows, cls=_Encoder, separators=(",", ":"))],
        )
        return [key for (key,) in cursor.fetchall()]


def _names(row: models.Model) -> list[str]:
    """What we say ourselves: neither keys nor what the database computes or knows by itself."""
    fields = [field for field in row._meta.concrete_fields if not (field.primary_key or field.generated)]
    return [field.attname for field in fields if not isinstance(getattr(row, field.attname), DatabaseDefault)]


class _Encoder(DjangoJSONEncoder):
    """Moments to the microsecond, and points as PostGIS reads them."""

    def default(self, o: Any) -> Any:
        if isinstance(o, GEOSGeometry):
            return o.hexewkb.decode()
        if hasattr(o, "isoformat"):
            return o.isoformat()
        return super().default(o)
