"""The same work in bare SQL: what PostgreSQL itself needs for it, over one psycopg2 connection per client."""

import random
import uuid

import psycopg2

from meldingen.record import references
from tests.benchmarks.load import Work

TEXT = "De container bij ons in de straat zit vol en er staan zakken naast."

BUURT = """
SELECT id FROM meldingen_area WHERE municipality_id = %(municipality)s AND vintage = 2025 AND level = 'buurt'
AND ST_Covers(geometry, ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 28992)) ORDER BY code LIMIT 1"""
MELDING = """
INSERT INTO meldingen_melding (municipality_id, reference, follow_token, text, point, place_source, place_text,
    buurt_id, category_by, state, priority, source, received_at, submission_key, external_id)
VALUES (%(municipality)s, %(reference)s, %(token)s, %(text)s, ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 28992), 'pin', '',
    %(buurt)s, '', 'new', 2, 'web', now(), %(key)s, '') RETURNING id"""
EVENT = """
INSERT INTO meldingen_event (municipality_id, melding_id, kind, from_state, to_state, codes, actor_kind)
VALUES (%(municipality)s, %(melding)s, 'received', '', 'new', '{"channel": "web"}', 'reporter') RETURNING id"""
REPORTER = """
INSERT INTO meldingen_reporter (municipality_id, melding_id, name, email, phone, language)
VALUES (%(municipality)s, %(melding)s, '', 'iemand@example.org', '', 'nl')"""
DELIVERY = """
WITH who AS (
    INSERT INTO meldingen_recipient (municipality_id, melding_id, kind, email, address_key, language, token, created_at)
    VALUES (%(municipality)s, %(melding)s, 'reporter', '', md5(%(token)s), 'nl', %(token)s, now()) RETURNING id
)
INSERT INTO meldingen_delivery (municipality_id, event_id, recipient_id, purpose, channel, created_at, attempts)
SELECT %(municipality)s, %(event)s, id, 'receipt', 'email', now(), 0 FROM who"""
NEWEST = """
SELECT m.reference, m.state, m.priority, m.deadline, m.received_at, left(m.text, 100), c.name_nl, b.name, t.name
FROM meldingen_melding m LEFT JOIN meldingen_category c ON c.id = m.category_id
LEFT JOIN tenancy_team t ON t.id = m.team_id JOIN meldingen_area b ON b.id = m.buurt_id
WHERE m.municipality_id = %(municipality)s ORDER BY m.received_at DESC LIMIT 100"""
FOLLOWED = """
SELECT m.id, m.reference, m.text, m.state, m.received_at, b.name, c.name_nl FROM meldingen_melding m
JOIN meldingen_area b ON b.id = m.buurt_id LEFT JOIN meldingen_category c ON c.id = m.category_id
WHERE m.municipality_id = %(municipality)s AND m.follow_token = %(token)s"""
HISTORY = """
SELECT e.kind, e.to_state, e.happened_at, a.text FROM meldingen_event e
LEFT JOIN meldingen_answer a ON a.event_id = e.id
WHERE e.melding_id = %(melding)s AND e.kind IN ('received', 'moved', 'answered') ORDER BY e.happened_at, e.id"""


class Bare:
    """One connection and the four pieces of work."""

    def __init__(self, dsn: dict[str, str], municipality: int, place: tuple[float, float], tokens: list[str]) -> None:
        self.connection = psycopg2.connect(**dsn)
        self.connection.autocommit = False
        self.municipality = municipality
        self.place = place
        self.tokens = tokens

    def submit(self) -> None:
        values = {
            "municipality": self.municipality,
            "x": self.place[0],
            "y": self.place[1],
            "text": TEXT,
            "reference": references.new_reference(),
            "token": references.new_follow_token(),
            "key": str(uuid.uuid4()),
        }
        with self.connection, self.connection.cursor() as cursor:
            for name, statement in (("buurt", BUURT), ("melding", MELDING), ("event", EVENT)):
                cursor.execute(statement, values)
                values[name] = cursor.fetchone()[0]
            cursor.execute(REPORTER, values)
            cursor.execute(DELIVERY, values)

    def newest(self) -> None:
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(NEWEST, {"municipality": self.municipality})
            cursor.fetchall()

    def follow(self) -> None:
        with self.connection, self.connection.cursor() as cursor:
            cursor.execute(FOLLOWED, {"municipality": self.municipality, "token": random.choice(self.tokens)})
            cursor.execute(HISTORY, {"melding": cursor.fetchone()[0]})
            cursor.fetchall()

    def work(self, name: str) -> Work:
        """The piece of work called `name`."""
        return {"submit": self.submit, "newest": self.newest, "follow": self.follow}[name]
