"""The same work in bare SQL: what PostgreSQL itself needs for it, over one psycopg2 connection per client."""

import random
import uuid
from dataclasses import dataclass
from typing import Any

import psycopg2

from meldingen.record import references
from tests.benchmarks.load import Work

TEXT = "De container bij ons in de straat zit vol en er staan zakken naast."

BUURT = """
SELECT id FROM meldingen_area WHERE municipality_id = %(municipality)s AND vintage = 2025 AND level = 'buurt'
AND ST_Covers(geometry, ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 28992)) ORDER BY code LIMIT 1"""
# What the product stores for one report, in the order of their references; each row names those before it.
STORED = (
    "meldingen_melding", "meldingen_event", "meldingen_reporter", "meldingen_recipient", "meldingen_delivery",
)  # fmt: skip
COLUMNS = """
SELECT column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER' AND column_name NOT IN ('id', 'xid')
ORDER BY ordinal_position"""
OF_A_MELDING = {
    "melding_id": "melding_id = %s",
    "recipient_id": "recipient_id IN (SELECT id FROM meldingen_recipient WHERE melding_id = %s)",
    "event_id": "event_id IN (SELECT id FROM meldingen_event WHERE melding_id = %s)",
    "id": "id = %s",
}
NEWEST = """
SELECT m.reference, m.state, m.priority, m.deadline, m.received_at, left(m.text, 100), c.name_texts->>'nl',
    b.name, t.name
FROM meldingen_melding m LEFT JOIN meldingen_category c ON c.id = m.category_id
LEFT JOIN tenancy_team t ON t.id = m.team_id JOIN meldingen_area b ON b.id = m.buurt_id
WHERE m.municipality_id = %(municipality)s ORDER BY m.received_at DESC LIMIT 100"""
FOLLOWED = """
SELECT m.id, m.reference, m.text, m.state, m.received_at, b.name, c.name_texts->>'nl' FROM meldingen_melding m
JOIN meldingen_area b ON b.id = m.buurt_id LEFT JOIN meldingen_category c ON c.id = m.category_id
WHERE m.municipality_id = %(municipality)s AND m.follow_token = %(token)s"""
HISTORY = """
SELECT e.kind, e.to_state, e.happened_at, a.text FROM meldingen_event e
LEFT JOIN meldingen_answer a ON a.event_id = e.id
WHERE e.melding_id = %(melding)s AND e.kind IN ('received', 'moved', 'answered') ORDER BY e.happened_at, e.id"""


@dataclass(frozen=True)
class Row:
    """A row that the product itself stored, to be stored again: a new column needs no change here."""

    insert: str
    values: dict[str, str | None]


def stored(cursor: Any, melding: int) -> dict[str, Row]:
    """The rows of one melding by table, every value as PostgreSQL writes it."""
    found = {}
    for table in STORED:
        cursor.execute(COLUMNS, [table])
        columns = [name for (name,) in cursor.fetchall()]
        wanted = ", ".join(f'"{name}"::text' for name in columns)
        of_it = next(which for name, which in OF_A_MELDING.items() if name in {"id", *columns})
        cursor.execute(f"SELECT {wanted} FROM {table} WHERE {of_it} ORDER BY id LIMIT 1", [melding])
        values = dict(zip(columns, cursor.fetchone(), strict=True))
        names = ", ".join(f'"{name}"' for name in columns)
        places = ", ".join(f"%({name})s" for name in columns)
        found[table] = Row(f"INSERT INTO {table} ({names}) VALUES ({places}) RETURNING id", values)
    return found


class Bare:
    """One connection and the pieces of work. `melding` is one that the product took in: a report stores what it did.
    `inbox`: the statements that the inbox asked, which are asked again as they are.
    """

    def __init__(
        self,
        dsn: dict[str, str],
        municipality: int,
        place: tuple[float, float],
        tokens: list[str],
        melding: int,
        inbox: list[str],
    ) -> None:
        self.connection = psycopg2.connect(**dsn)
        self.connection.autocommit = False
        self.municipality = municipality
        self.place = place
        self.tokens = tokens
        self.of_inbox = [one for one in inbox if one.startswith("SELECT")]
        with self.connection, self.connection.cursor() as cursor:
            self.rows = stored(cursor, melding)

    def submit(self) -> None:
        values: dict[str, object] = {
            "reference": references.new_reference(),
            "follow_token": references.new_follow_token(),
        }
        values["submission_key"], values["token"] = str(uuid.uuid4()), references.new_follow_token()
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(BUURT, {"municipality": self.municipality, "x": self.place[0], "y": self.place[1]})
            values["buurt_id"] = cursor.fetchone()[0]
            for table, row in self.rows.items():
                cursor.execute(row.insert, row.values | values)
                values[f"{table.partition('_')[2]}_id"] = cursor.fetchone()[0]

    def newest(self) -> None:
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(NEWEST, {"municipality": self.municipality})
            cursor.fetchall()

    def inbox(self) -> None:
        with self.connection, self.connection.cursor() as cursor:
            for statement in self.of_inbox:
                cursor.execute(statement)
                cursor.fetchall()

    def follow(self) -> None:
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(FOLLOWED, {"municipality": self.municipality, "token": random.choice(self.tokens)})
            cursor.execute(HISTORY, {"melding": cursor.fetchone()[0]})
            cursor.fetchall()

    def work(self, name: str) -> Work:
        """The piece of work called `name`."""
        return {"submit": self.submit, "newest": self.newest, "inbox": self.inbox, "follow": self.follow}[name]
