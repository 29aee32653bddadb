"""A database of its own for an upgrade, at a state that was recorded; run as `python -m tests.upgrade.stage VERB FILE`.

`record` writes down the migrations as they are now, and rows that they hold; `restore` makes that state; `rows` prints
what stands there now. Recording again is right only as long as no installation has that version.
"""

import hashlib
import io
import json
import os
import sys
import tokenize
from collections.abc import Iterator
from contextlib import contextmanager
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2

from tests import owner

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDERS = {
    "tenancy": "meldingen/tenancy/migrations",
    "meldingen": "meldingen/migrations",
    "analytics": "analytics/migrations",
    "opendata": "opendata/migrations",
}
VERSION_FILE = Path(__file__).with_name("0.1.0.json")
_COLUMNS = """
SELECT table_name::text, array_agg(column_name::text ORDER BY ordinal_position) FROM information_schema.columns
WHERE table_schema = 'public' AND is_generated = 'NEVER' AND table_name ~ '^(tenancy|meldingen|analytics|opendata)_'
GROUP BY 1
"""
_KEYS = "SELECT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint WHERE contype = 'f'"


def digest(source: str) -> str:
    """Of the code: the same with other comments and empty lines."""
    lines = source.splitlines()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            lines[token.start[0] - 1] = lines[token.start[0] - 1][: token.start[1]]
    code = "\n".join(line.rstrip() for line in lines if line.strip())
    return hashlib.sha256(code.encode()).hexdigest()[:20]


def digests() -> dict[str, dict[str, str]]:
    """By app and name, of the migrations as they are."""
    return {
        app: {path.stem: digest(path.read_text()) for path in sorted((ROOT / folder).glob("0*.py"))}
        for app, folder in FOLDERS.items()
    }


@contextmanager
def new_database(name: str) -> Iterator[str]:
    """An empty one of this name; removed at the end."""
    connection = psycopg2.connect(owner.url("postgres").replace("postgis:", "postgresql:"))
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}"')
        try:
            yield name
        finally:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    connection.close()


def environment(name: str) -> dict[str, str]:
    """The settings of a process that works on that database as an installation does."""
    app = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    return {
        "DATABASE_URL": app,
        "DATABASE_OWNER_URL": owner.url(name),
        "DJANGO_SETTINGS_MODULE": "meldingen.conf.settings_test",
    }


def rows_of(cursor: Any) -> dict[str, list[dict[str, str]]]:
    """All rows of ours as text, a table after those that its keys point at."""
    cursor.execute(_COLUMNS)
    columns = dict(cursor.fetchall())
    cursor.execute(_KEYS)
    order: dict[str, set[str]] = {table: set() for table in columns}
    for table, other in cursor.fetchall():
        if table in order and other in order and other != table:
            order[table].add(other)
    rows = {}
    for table in TopologicalSorter(order).static_order():
        names = ", ".join(f'"{name}"::text' for name in columns[table])
        cursor.execute(f'SELECT {names} FROM "{table}" ORDER BY 1')
        rows[table] = [dict(zip(columns[table], row, strict=True)) for row in cursor.fetchall()]
    return {table: each for table, each in rows.items() if each}


def insert(cursor: Any, rows: dict[str, list[dict[str, str]]]) -> None:
    """Put rows back as they were. What happens by itself when a row is added happened before they were recorded."""
    for table in rows:
        cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    for table, each in rows.items():
        for row in each:
            names, marks = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
            statement = f'INSERT INTO "{table}" ({names}) OVERRIDING SYSTEM VALUE VALUES ({marks})'
            cursor.execute(statement, [*row.values()])
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for table in rows:
        cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def record(path: Path) -> None:
    """Write down migrations and rows."""
    from django.core.management import call_command
    from django.db import connection

    from tests.upgrade import filling

    call_command("migrate", verbosity=0)
    filling.fill()
    with connection.cursor() as cursor:
        known = {"migrations": digests(), "rows": rows_of(cursor)}
    path.write_text(json.dumps(known, indent=1, ensure_ascii=False) + "\n")


def restore(path: Path) -> None:
    """Migrate to what was recorded, and put its rows there."""
    from meldingen.management import rights

    with rights.as_owner():
        _restore(json.loads(path.read_text()))


def _restore(known: dict[str, Any]) -> None:
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    ours = [(app, max(names)) for app, names in known["migrations"].items()]
    others = [leaf for leaf in executor.loader.graph.leaf_nodes() if leaf[0] not in known["migrations"]]
    executor.migrate([*others, *ours])
    with transaction.atomic(), connection.cursor() as cursor:
        insert(cursor, known["rows"])


def show(path: Path) -> None:
    """Print the rows that stand there now."""
    from django.db import connection

    with connection.cursor() as cursor:
        sys.stdout.write(json.dumps(rows_of(cursor)))


if __name__ == "__main__":
    import django

    django.setup()
    {"record": record, "restore": restore, "rows": show}[sys.argv[1]](Path(sys.argv[2]))
