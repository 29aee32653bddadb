"""How the database would run a query on a large table, asked on a small one."""

from django.db import connection, transaction

from tests.owner import as_owner


def plan_of(sql: str) -> str:
    """The plan when reading rows, or sorting all of them, is out of the question, as in a table of millions."""
    with transaction.atomic(), connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
        as_owner("ANALYZE meldingen_melding")
        cursor.execute(f"EXPLAIN {sql}")
        plan = "\n".join(line for (line,) in cursor.fetchall())
        transaction.set_rollback(True)
    return plan


def count_rows(*tables: str) -> None:
    """Tell PostgreSQL how many rows these tables have now: what it believes of the tables of a test is of another."""
    as_owner(f"ANALYZE {', '.join(tables)}")
