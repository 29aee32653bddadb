"""From 0.1.0 on migrations are only added, and who had that version keeps every row."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psycopg2
import pytest

from tests import owner
from tests.upgrade.stage import ROOT, VERSION_FILE, digest, digests, environment, new_database

RECORDED: dict[str, Any] = json.loads(VERSION_FILE.read_text())
# Columns of 0.1.0 that a later migration took away or filled anew on purpose: "table.column", with the migration.
GONE: dict[str, str] = {}
Rows = dict[str, list[dict[str, str]]]
# A map that was loaded before there were places by their name: a canal in two parts, and a park of the same name.
DRAW = """
INSERT INTO meldingen_mapfeature (municipality_id, kind, rank, name, label_turn, label_room, geometry)
SELECT %s::bigint, kind, 2, name, 0, 0, ST_SetSRID(ST_MakeEnvelope(x, 500000, x + 100, 500100), 28992)
FROM (VALUES ('water', 'Oude Vaart', 170000), ('water', 'Oude vaart', 170150), ('groen', 'Oude Vaart', 170000),
    ('groen', '', 170000), ('straat', 'Vaartweg', 170000)) AS parts (kind, name, x)
"""


def run(name: str, *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=os.environ | environment(name), capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done.stdout


def ask(name: str, statement: str, *values: str) -> list[tuple[Any, ...]]:
    """As the owner of that database; the rows of a SELECT."""
    address = owner.url(name).replace("postgis:", "postgresql:")
    with closing(psycopg2.connect(address)) as connection, connection, connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else []


def lost(before: Rows, after: Rows) -> list[str]:
    """What stood there and does not stand there any more, by table, row and column."""
    return [
        f"{table} {row.get('id')}: {column}"
        for table, rows in before.items()
        for number, row in enumerate(rows)
        for column, value in row.items()
        if f"{table}.{column}" not in GONE and value != _row(after, table, number, row).get(column, "away")
    ]


def _row(after: Rows, table: str, number: int, row: dict[str, str]) -> dict[str, str]:
    """The same row, by its key where it has one."""
    rows = after.get(table, [])
    if "id" in row:
        return next((each for each in rows if each["id"] == row["id"]), {})
    return rows[number] if number < len(rows) else {}


def test_no_migration_of_0_1_0_was_changed_or_removed() -> None:
    now = digests()
    changed = [
        f"{app}/{name}"
        for app, known in RECORDED["migrations"].items()
        for name, sha in known.items()
        if now[app].get(name) != sha
    ]
    assert changed == [], "add a migration; what 0.1.0 has was run by others"


def test_comments_may_change_and_code_may_not() -> None:
    assert digest("x = 1\n") == digest("# why\n\nx = 1  # because\n") != digest("x = 2\n")
    assert digest("x = '# no comment'\n") != digest("x = ''\n")


def test_what_is_lost_is_seen() -> None:
    before = {"a": [{"id": "1", "name": "x"}, {"id": "2", "name": "y"}], "b": [{"a": "1"}]}
    assert lost(before, before | {"a": [{"id": "2", "name": "y"}, {"id": "1", "name": "x", "more": "z"}]}) == []
    assert lost(before, {"a": [{"id": "1", "name": "z"}, {"id": "2"}]}) == ["a 1: name", "a 2: name", "b None: a"]


@pytest.fixture(scope="module")
def upgraded() -> Iterator[str]:
    """A database that was at 0.1.0, with rows, and was migrated to what the sources say now."""
    with new_database(f"upgrade_{os.environ.get('TEST_RUN', 'one')}_{os.getpid()}") as name:
        run(name, "-m", "tests.upgrade.stage", "restore", str(VERSION_FILE))
        ask(name, DRAW, RECORDED["rows"]["tenancy_municipality"][0]["id"])
        run(name, "manage.py", "migrate", "--no-input", "-v", "0")
        yield name


@pytest.mark.slow
def test_the_rows_of_0_1_0_are_still_there(upgraded: str) -> None:
    assert {"meldingen_melding", "meldingen_event", "tenancy_membership", "analytics_grid"} <= set(RECORDED["rows"])
    assert (
        lost(RECORDED["rows"], json.loads(run(upgraded, "-m", "tests.upgrade.stage", "rows", str(VERSION_FILE)))) == []
    )


@pytest.mark.slow
def test_an_upgraded_database_is_what_the_models_say(upgraded: str) -> None:
    run(upgraded, "manage.py", "makemigrations", "--check", "--dry-run")
    run(upgraded, "manage.py", "migrate", "--check")


@pytest.mark.slow
def test_places_by_their_name_are_gathered_from_the_map_that_was_loaded_before(upgraded: str) -> None:
    parts = "SELECT kind, key, ST_NumGeometries(geometry) FROM meldingen_landmark ORDER BY kind"
    assert ask(upgraded, parts) == [("groen", "oude vaart", 1), ("water", "oude vaart", 2)]


@pytest.mark.slow
def test_the_newest_migration_stands_by_itself(upgraded: str) -> None:
    """In a session of its own, as it comes to a town: it leans on nothing that one before it loaded or set."""
    before = sorted(digests()["meldingen"])[-2]
    run(upgraded, "manage.py", "migrate", "--no-input", "-v", "0", "meldingen", before)
    run(upgraded, "manage.py", "migrate", "--no-input", "-v", "0")
