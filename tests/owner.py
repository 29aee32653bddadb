"""What only the owner of the tables may do. Tests run as the application, which is refused all of it."""

import os
from collections.abc import Iterable
from urllib.parse import urlsplit

from django.db import connection

# The statements by which a test sees a page of the public become another role: savepoint, role, and two to go back.
AS_PUBLIC = 4
# Made once with the database. Django would make them again behind every test that commits: longer than the test.
MADE_BY_MIGRATING = frozenset({"django_content_type", "auth_permission"})
# In the transaction of the test, so that the owner sees what the test wrote. The database of the tests alone has it.
_FUNCTION = """
CREATE OR REPLACE FUNCTION test_as_owner(statements text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS
$$ BEGIN EXECUTE statements; END $$
"""
# Deletes what is there. TRUNCATE makes new files for every table and index, which takes thirty times as long for the
# few rows of a test.
_EMPTY = """
CREATE OR REPLACE FUNCTION test_empty(names text[]) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
    name text;
    has_rows boolean;
    filled text[] := '{}';
    still_filled text[];
BEGIN
    FOREACH name IN ARRAY names LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO has_rows;
        IF has_rows THEN
            filled := filled || name;
            EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', name);
        END IF;
    END LOOP;
    still_filled := filled;
    WHILE cardinality(still_filled) > 0 LOOP
        names := still_filled;
        still_filled := '{}';
        FOREACH name IN ARRAY names LOOP
            BEGIN
                EXECUTE format('DELETE FROM %I', name);
            EXCEPTION WHEN foreign_key_violation THEN  -- another table goes first
                still_filled := still_filled || name;
            END;
        END LOOP;
        IF cardinality(still_filled) = cardinality(names) THEN
            RAISE EXCEPTION 'cannot empty %', still_filled;
        END IF;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;
    FOREACH name IN ARRAY filled LOOP
        EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', name);
    END LOOP;
END $$
"""


def install() -> None:
    """Once, by the owner."""
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTION)
        cursor.execute(_EMPTY)


def emptying(tables: Iterable[str]) -> str:
    """The SQL that removes every row of these tables, by their owner; but what a migration leaves in them."""
    names = ", ".join(f"'{table}'" for table in tables if table not in MADE_BY_MIGRATING)
    return f"SELECT test_empty(ARRAY[{names}]::text[])"


def as_owner(statements: str) -> None:
    """Execute SQL as the owner of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT test_as_owner(%s)", [statements])


def url(name: str) -> str:
    """The address of a database of the cluster that the tests run on, for its owner."""
    return urlsplit(os.environ["DATABASE_OWNER_URL"])._replace(path=f"/{name}").geturl()
