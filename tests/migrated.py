"""The database of the tests as a copy of one that is migrated already: migrating takes as long as a hundred tests.

The copy is made again by who changes a migration. `migrate` runs on the copy too, for what it does each time.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "template_meldingen_"
MOST = 3  # with those of other branches on this cluster
LOCK = 7_325_119  # of this alone: nobody copies what another worker is making or removing


def name() -> str:
    """Of the database that stands for these migrations, what they import and the packages that run them."""
    folders = [path for app in ("meldingen", "analytics", "opendata") for path in (ROOT / app).rglob("migrations")]
    files = sorted(path for folder in folders for path in folder.glob("*.py"))
    digest = hashlib.sha256()
    for path in [*files, ROOT / "meldingen" / "languages.py", ROOT / "requirements" / "base.txt"]:
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return PREFIX + digest.hexdigest()[:16]


def copy_when_made() -> None:
    """The database of the tests is going to be a copy, if there is one to copy."""
    with _alone() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name()])
        if cursor.fetchone():
            connection.settings_dict["TEST"]["TEMPLATE"] = name()


def keep() -> None:
    """Leave a copy of the database of the tests, fresh from its migrations, for the runs after this one."""
    source = connection.settings_dict["NAME"]
    connection.close()
    with _alone() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s ORDER BY oid DESC", [f"{PREFIX}%"])
        there = [row[0] for row in cursor.fetchall()]
        if name() in there:
            return
        for old in there[MOST - 1 :]:
            cursor.execute(f'DROP DATABASE IF EXISTS "{old}"')
        cursor.execute(f'CREATE DATABASE "{name()}" TEMPLATE "{source}"')


@contextmanager
def _alone() -> Iterator[Any]:
    """A cursor beside the database of the tests, for one worker at a time."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield cursor
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
