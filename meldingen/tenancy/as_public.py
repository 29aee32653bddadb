"""Reading as the role of the database that can see no melding, no reporter and no colleague.

A mistake in what is asked under it is an error, and not a leak: docs/adr/0026-three-database-roles.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction


@contextmanager
def reading_as_public() -> Iterator[None]:
    """All that is asked within, in a transaction of that role. It ends in a rollback: there is nothing to keep, and
    whoever called us in a transaction of their own gets their role back.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {connection.ops.quote_name(settings.DATABASE_PUBLIC_ROLE)}")
        yield
        transaction.set_rollback(True)
