"""What only the owner of the tables may do. Tests run as the application, which is refused all of it."""

import os
from urllib.parse import urlsplit

from django.db import connection

# The statements by which a test sees a page of the public become another role: savepoint, role, and two to go back.
AS_PUBLIC = 4
# In the transaction of the test, so that the owner sees what the test wrote. The database of the tests alone has it.
_FUNCTION = """
CREATE OR REPLACE FUNCTION test_as_owner(statements text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS
$$ BEGIN EXECUTE statements; END $$
"""


def install() -> None:
    """Once, by the owner."""
    with connection.cursor() as cursor:
        cursor.execute(_FUNCTION)


def as_owner(statements: str) -> None:
    """Execute SQL as the owner of the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT test_as_owner(%s)", [statements])


def url(name: str) -> str:
    """The address of a database of the cluster that the tests run on, for its owner."""
    return urlsplit(os.environ["DATABASE_OWNER_URL"])._replace(path=f"/{name}").geturl()
