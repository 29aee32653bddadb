"""What the migrations called `integrity` hold in the database, and what none may bring: an index beside its equal."""

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from meldingen.tenancy.models import Owned
from tests.factories import Town


def keys_within_a_municipality() -> Iterator[tuple[str, str]]:
    for model in apps.get_models():
        if issubclass(model, Owned) and model._meta.managed:
            for field in model._meta.fields:
                if isinstance(field, models.ForeignKey) and issubclass(field.related_model, Owned):
                    yield model._meta.db_table, field.column


def test_every_key_between_rows_of_a_municipality_holds_the_municipality_too(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.conrelid::regclass::text, a.attname FROM pg_constraint c "
            "JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[2] "
            "WHERE c.contype = 'f' AND cardinality(c.conkey) = 2"
        )
        held = set(cursor.fetchall())
    assert set(keys_within_a_municipality()) - held == set()


def test_a_melding_cannot_have_the_neighbours_category(town: Town, neighbour: Town) -> None:
    melding = town.melding()
    with pytest.raises(IntegrityError, match="same_municipality"), transaction.atomic():
        type(melding).objects.filter(pk=melding.pk).update(category=neighbour.container)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_no_index_is_the_beginning_of_another(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "WITH own AS (SELECT *, indnkeyatts - 1 AS last FROM pg_index "
            "WHERE indrelid::regclass::text ~ '^(meldingen|analytics|opendata)_' AND indexprs IS NULL "
            "AND indrelid::regclass::text NOT LIKE 'tenancy_user_%' AND indisvalid) "
            "SELECT DISTINCT short.indexrelid::regclass::text FROM own short JOIN pg_index long "
            "ON long.indrelid = short.indrelid AND long.indexrelid <> short.indexrelid "
            "AND (long.indpred IS NULL OR pg_get_expr(long.indpred, long.indrelid) = "
            "pg_get_expr(short.indpred, short.indrelid)) "
            "WHERE NOT short.indisunique AND long.indnkeyatts >= short.indnkeyatts AND "
            "(long.indkey::int2[])[0:short.last] = (short.indkey::int2[])[0:short.last] AND "
            "(long.indclass::oid[])[0:short.last] = (short.indclass::oid[])[0:short.last] AND "
            "NOT (short.indkey::int2[] && ARRAY[0::int2])"
        )
        assert cursor.fetchall() == []
