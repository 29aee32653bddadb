from io import StringIO
from typing import Any

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, connection, transaction
from pytest_django.fixtures import Settings

from meldingen.management import rights

HISTORY = ["meldingen_event", "opendata_release", "opendata_releasefile", "opendata_booking", "analytics_grid"]
REFUSED = [
    *(f"{verb} {table}" for table in HISTORY for verb in ("DELETE FROM", "TRUNCATE")),
    *(f"UPDATE {table} SET municipality_id = 1" for table in HISTORY),
    "TRUNCATE meldingen_note",
    "ALTER TABLE meldingen_event DISABLE TRIGGER event_append_only",
    "DROP TRIGGER release_immutable ON opendata_release",
    "CREATE OR REPLACE FUNCTION meldingen_event_append_only() RETURNS trigger LANGUAGE sql AS ''",
    "CREATE TABLE public.elsewhere (a int)",
    "DELETE FROM django_migrations",
    "SET ROLE meldingen",
    "SET session_replication_role = replica",
]


def ask(sql: str, *values: str | list[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


@pytest.mark.parametrize("statement", REFUSED)
def test_the_application_may_not(db: None, statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        ask(statement)


def readable(role: str) -> set[str]:
    sql = "SELECT relname FROM pg_class WHERE relowner = %s::regrole AND has_any_column_privilege(%s, oid, 'SELECT')"
    return {name for (name,) in ask(sql, settings.DATABASE_OWNER["USER"], role)} & set(rights.tables())


def test_the_application_reads_every_table(db: None) -> None:
    assert readable(settings.DATABASE_APP_ROLE) == set(rights.tables())


def test_the_public_reads_its_tables_and_nothing_else(db: None) -> None:
    assert readable(settings.DATABASE_PUBLIC_ROLE) == set(rights.PUBLIC)


def test_the_public_writes_nothing(db: None) -> None:
    sql = "SELECT relname FROM pg_class WHERE relkind = 'r' AND has_any_column_privilege(%s, oid, 'INSERT, UPDATE')"
    assert ask(sql, settings.DATABASE_PUBLIC_ROLE) == []


@pytest.mark.parametrize(("column", "allowed"), [("rows", True), ("noise", False)])
def test_the_public_does_not_read_noise(db: None, column: str, allowed: bool) -> None:
    sql = "SELECT has_column_privilege(%s, 'opendata_release', %s, 'SELECT')"
    assert ask(sql, settings.DATABASE_PUBLIC_ROLE, column) == [(allowed,)]


def test_the_public_reads_of_a_municipality_only_which_one_it_is(db: None) -> None:
    sql = "SELECT attname::text FROM pg_attribute WHERE attrelid = 'tenancy_municipality'::regclass AND attnum > 0 "
    readable = ask(sql + "AND has_column_privilege(%s, attrelid, attnum, 'SELECT')", settings.DATABASE_PUBLIC_ROLE)
    assert readable == [("id",)]


def test_what_the_owner_does_for_others_cannot_be_led_astray(db: None) -> None:
    found = ask("SELECT proconfig FROM pg_proc WHERE prosecdef AND proowner <> 10 AND proname NOT LIKE 'test%%'")
    assert found == [(["search_path=public, pg_temp"],)] * 4


def test_only_the_application_asks_the_owner_for_it(db: None) -> None:
    sql = "SELECT has_function_privilege(%s, oid, 'EXECUTE') FROM pg_proc WHERE proname = ANY (%s)"
    for role, allowed in ((settings.DATABASE_APP_ROLE, True), (settings.DATABASE_PUBLIC_ROLE, False)):
        assert ask(sql, role, list(rights.FUNCTIONS)) == [(allowed,)] * len(rights.FUNCTIONS)


def test_no_setting_of_a_session_opens_anything(db: None) -> None:
    assert ask("SELECT proname FROM pg_proc WHERE prosrc ~ 'current_setting' AND proowner <> 10") == []


@pytest.mark.parametrize("owner", [{}, {"USER": "meldingen_app"}])
def test_without_an_owner_nothing_is_migrated(db: None, settings: Settings, owner: dict[str, str]) -> None:
    settings.DATABASE_OWNER = owner
    with pytest.raises(CommandError, match="DATABASE_OWNER_URL"):
        call_command("migrate", stdout=StringIO())
