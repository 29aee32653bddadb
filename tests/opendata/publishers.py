"""Publishers in processes of their own, and what holds them up at a chosen moment: real locks of the real database."""

import contextlib
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg2
from django.conf import settings
from django.db import connection

from tests import owner

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 240  # seconds; a process starts in two or three, unless the machine is busy


def database_url(name: str) -> str:
    """The address of another database of the cluster that the tests run on."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def start(
    *command: str, database: str = "", data_dir: str = "", largest_file: int | None = None
) -> subprocess.Popen[str]:
    """`manage.py command` as a process of its own, on the database of the test unless another is named."""
    environment = os.environ | {
        "DATABASE_URL": database_url(database or str(connection.settings_dict["NAME"])),
        "DATA_DIR": data_dir or str(settings.DATA_DIR),
        "DJANGO_SETTINGS_MODULE": "meldingen.conf.settings",
    }

    def limit() -> None:
        if largest_file is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))

    return subprocess.Popen(
        [sys.executable, str(ROOT / "manage.py"), *command],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=limit,  # noqa: PLW1509 - one thread here, and a limit of its own is the point
    )


def outcome(process: subprocess.Popen[str]) -> tuple[int, str]:
    """(exit code, everything it said), when it is done."""
    said, _ = process.communicate(timeout=PATIENCE)
    return process.returncode, said


def run(*command: str, **where: Any) -> tuple[int, str]:
    """Start and wait."""
    return outcome(start(*command, **where))


def _connect(name: str = "") -> psycopg2.extensions.connection:
    found = urlsplit(owner.url(name or str(connection.settings_dict["NAME"])))
    return psycopg2.connect(
        dbname=found.path[1:],
        user=found.username,
        password=found.password,
        host=found.hostname,
        port=found.port,
    )


class Holder:
    """Somebody in another transaction, in whose way publishers come."""

    def __init__(self, other: psycopg2.extensions.connection) -> None:
        self.connection = other
        self.cursor = other.cursor()

    def lock(self, statement: str) -> None:
        """Take a lock, held until `release`."""
        self.cursor.execute(statement)

    def wait_for(self, number: int) -> None:
        """Until so many others wait for what this one holds."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.cursor.execute(
                "SELECT count(DISTINCT pid) FROM pg_locks "
                "WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if self.cursor.fetchone()[0] >= number:
                return
            time.sleep(0.05)
        raise AssertionError(f"{number} publishers should be waiting")

    def wait_until_nobody_else(self) -> None:
        """Until the sessions of killed processes are gone from the database."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            self.cursor.execute("SELECT pg_stat_clear_snapshot()")
            self.cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
                "AND state <> 'idle' AND pid NOT IN (pg_backend_pid(), %s)",
                [connection.connection.info.backend_pid if connection.connection else 0],
            )
            if self.cursor.fetchone()[0] == 0:
                return
            time.sleep(0.05)
        raise AssertionError("a killed publisher is still at work")

    def release(self) -> None:
        """Let everybody go on."""
        self.connection.rollback()


@contextlib.contextmanager
def holding(statement: str) -> Iterator[Holder]:
    """A holder that has executed `statement`."""
    other = _connect()
    try:
        holder = Holder(other)
        holder.lock(statement)
        yield holder
    finally:
        other.close()


def kill(process: subprocess.Popen[str]) -> None:
    """At once, as a power cut does."""
    process.send_signal(signal.SIGKILL)
    assert outcome(process)[0] == -signal.SIGKILL


def public_files() -> list[str]:
    """Whatever anybody could read of a release, half-written files too."""
    return sorted(path.name for path in (Path(settings.DATA_DIR) / "releases").rglob("*") if path.is_file())


_DO = {
    # The message quotes the row, as messages of the database do.
    "break": "RAISE EXCEPTION 'could not extend file: %', NEW USING ERRCODE = 'disk_full'",
    "wait": "PERFORM pg_advisory_xact_lock(7)",
}


@contextlib.contextmanager
def broken(table: str, when: str, do: str = "break") -> Iterator[None]:
    """The disk of the database is full (or it waits for advisory lock 7) AFTER INSERT or UPDATE of a table; DEFERRED:
    at the commit of it."""
    late = when.startswith("DEFERRED")
    kind, deferral = ("CONSTRAINT", "DEFERRABLE INITIALLY DEFERRED") if late else ("", "")
    owner.as_owner(
        "CREATE FUNCTION test_fault() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN {_DO[do]}; RETURN NULL; END $$;"
        f"CREATE {kind} TRIGGER test_fault {when.removeprefix('DEFERRED ')} ON {table} {deferral} "
        "FOR EACH ROW EXECUTE FUNCTION test_fault();"
    )
    try:
        yield
    finally:
        owner.as_owner("DROP FUNCTION test_fault CASCADE")


@contextlib.contextmanager
def copied_database() -> Iterator[str]:
    """A copy of the database of the test as it is now, as a restored dump would be; its name."""
    original, copy = str(connection.settings_dict["NAME"]), f"{connection.settings_dict['NAME']}_copy"
    connection.close()
    other = _connect("postgres")
    other.autocommit = True
    with other.cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{copy}"')
        # what an earlier test's server or worker left open: a database in use cannot be copied
        cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [original])
        cursor.execute(f'CREATE DATABASE "{copy}" TEMPLATE "{original}"')
        try:
            yield copy
        finally:
            cursor.execute(f'DROP DATABASE "{copy}" WITH (FORCE)')
            other.close()
