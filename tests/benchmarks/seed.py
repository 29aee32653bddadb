"""Meldingen in any number, written by the database itself: categories, buurten, teams and states as in a real town.

A seed of two million takes minutes. Triggers and foreign keys are off while it writes; what it writes obeys them.
"""

from typing import Any

from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone
from psycopg2.extensions import cursor

from meldingen.categories.models import Category
from meldingen.management import rights
from meldingen.management.commands.demo_town import FOLDER, load_town
from meldingen.places.models import Area
from meldingen.record import events, lifecycle, references
from meldingen.record.models import Event, Melding
from meldingen.tenancy.models import Membership, Municipality, Team, User

LAID_BARE = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
    format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid))
FROM pg_constraint WHERE conrelid = %(table)s::regclass AND contype = 'f'
UNION ALL
SELECT 'DROP INDEX ' || indexrelid::regclass, pg_get_indexdef(indexrelid)
FROM pg_index WHERE indrelid = %(table)s::regclass AND NOT indisunique"""
HOST = "localhost"
NUMBER = 10_000
YEARS = 1
PASSWORD = "alleen-voor-de-meting"
PER_STATEMENT = 250_000
# State and its share in percent, added up.
STATES = {"solved": 75, "forwarded": 78, "declined": 80, "in_progress": 86, "assigned": 96, "reopened": 97, "new": 100}
# Chance decides once per row, before a column reads it. The oldest come first, as they do in a town: what was received
# in one month lies together.
CHANCES = """
WITH chance AS MATERIALIZED (
    SELECT n, (%(number)s - n + random()) / %(number)s AS at, 100 * random() AS percent,
        width_bucket(random(), %(categories)s) + 1 AS category,
        width_bucket(random(), %(buurten)s) + 1 AS buurt, width_bucket(random(), %(teams)s) + 1 AS team,
        width_bucket(100 * random(), %(states)s) + 1 AS state, random() AS priority
    FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS n)
"""
RECEIVED = "t.received_at - (0.0001 + at) * make_interval(years => %(years)s)"
CATEGORY = "(%(category_ids)s)[category]"
MELDING = {
    "id": "t.id + n",
    # multiplied by an odd number, no two of 40 bits are the same
    "reference": "(SELECT string_agg("
    "substr(%(alphabet)s, ((t.id + n) * 618970019 %% 1099511627776 >> 5 * i & 31)::int + 1, 1), '')"
    " FROM generate_series(0, 7) AS i)",
    "follow_token": "rtrim(translate(encode(sha256((t.id + n)::text::bytea), 'base64'), '+/', '-_'), '=')",
    "text": "'De ' || lower((%(category_names)s)[category]) || ' bij ons in de straat, al ' || (percent * 0.3)::int "
    "|| ' dagen' || CASE WHEN n %% 1000 = 0 THEN ' en dat is onverdraaglijk' ELSE '' END",
    "buurt_id": "(%(buurt_ids)s)[buurt]",
    "category_id": f"CASE WHEN percent < 97 THEN {CATEGORY} END",
    # nine of ten with the team of their category, the others with any
    "team_id": "CASE WHEN percent < 88 THEN (%(category_teams)s)[category]"
    " WHEN percent < 96 THEN (%(team_ids)s)[team] END",
    "state": "(%(state_names)s)[c.state]",
    "priority": "CASE WHEN c.priority < 0.005 THEN 4 WHEN c.priority < 0.05 THEN 3"
    " WHEN c.priority < 0.1 THEN 1 ELSE 2 END",
    "received_at": RECEIVED,
    "deadline": f"{RECEIVED} + (%(category_days)s)[category] * interval '1 day'",
    "source": "CASE WHEN percent < 60 THEN 'web' WHEN percent < 85 THEN 'phone' ELSE 'api' END",
}
EVENTS = {
    "received": {"melding_id": "m.id", "happened_at": "m.received_at"},
    "moved": {
        "melding_id": "m.id",
        "happened_at": "m.received_at + interval '2 days'",
        "kind": "'moved'",
        "from_state": "'new'",
        "to_state": "m.state",
        "codes": "'{}'::jsonb",
    },
}


def seed(number: int = NUMBER, years: int = YEARS) -> Municipality:
    """The invented town without its history, with `number` meldingen of `years`, a trained model and one colleague."""
    town = load_town(FOLDER / "lindewaard")
    call_command("train_model", town.code, examples=FOLDER / "lindewaard" / "examples.csv", use=True, verbosity=0)
    fill(town, number, years)
    user = User.objects.create_user("meting", password=PASSWORD)
    Membership.objects.create(municipality=town, user=user, role=Membership.Role.TRIAGE)
    return town


def fill(town: Municipality, number: int, years: int) -> None:
    """`number` meldingen with their events, spread over `years` before now; the last buurt of the town gets none."""
    values = _values(town) | {"years": years, "number": number, "template": _template(town).pk}
    with rights.as_owner():
        _insert_all(values, number)


def _insert_all(values: dict[str, Any], number: int) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.2026)")
        again = [statement for model in (Melding, Event) for statement in _laid_bare(cursor, model._meta.db_table)]
        for first in range(1, number + 1, PER_STATEMENT):
            within = values | {"first": first, "last": min(first + PER_STATEMENT - 1, number)}
            cursor.execute(
                CHANCES + _insert(Melding, MELDING, "chance c, meldingen_melding t WHERE t.id = %(template)s"), within
            )
        for columns in EVENTS.values():
            which = "m.id > %(template)s" + (" AND m.state <> 'new'" if "kind" in columns else "")
            source = f"meldingen_melding m, meldingen_event t WHERE t.melding_id = %(template)s AND {which}"
            cursor.execute(_insert(Event, columns, source, without=("id",)), values)
        for statement in again:
            cursor.execute(statement)
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('meldingen_melding', 'id'), max(id)) FROM meldingen_melding"
        )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE) meldingen_melding, meldingen_event")


def _template(town: Municipality) -> Melding:
    """One melding as the product stores it: the others are like it in every column that is not chance's."""
    melding = Melding(
        municipality=town,
        reference=references.new_reference(),
        follow_token=references.new_follow_token(),
        text="De eerste.",
        buurt=Area.objects.filter(municipality=town, level="buurt").order_by("code")[0],
        place_source=Melding.PlaceSource.BUURT,
        category_by=Melding.CategoryBy.STAFF,
        source=Melding.Source.IMPORT,
        received_at=timezone.now(),
    )
    lifecycle.receive(melding, actor=events.IMPORT)
    return melding


def _values(town: Municipality) -> dict[str, object]:
    own = Category.objects.filter(municipality=town, parent__isnull=False).select_related("parent").order_by("slug")
    categories = list(own)
    buurten = list(Area.objects.filter(municipality=town, level="buurt").order_by("code").values_list("pk", flat=True))
    teams = list(Team.objects.filter(municipality=town).order_by("slug").values_list("pk", flat=True))
    return {
        "categories": _zipf(len(categories)),
        "category_ids": [category.pk for category in categories],
        "category_names": [category.name_in("nl") for category in categories],
        "category_teams": [
            category.default_team_id or (category.parent and category.parent.default_team_id) for category in categories
        ],
        "category_days": [category.service_amount for category in categories],
        "buurten": _zipf(len(buurten) - 1),
        "buurt_ids": buurten,
        "teams": _zipf(len(teams)),
        "team_ids": teams,
        "states": [float(share) for share in STATES.values()][:-1],
        "state_names": list(STATES),
        "alphabet": references.ALPHABET,
    }


def _zipf(number: int) -> list[float]:
    """Where, between 0 and 1, the second of `number` ranks begins, the third and so on."""
    weights = [1 / rank for rank in range(1, number + 1)]
    return [sum(weights[:rank]) / sum(weights) for rank in range(1, number)]


def _insert(model: type[Model], columns: dict[str, str], source: str, without: tuple[str, ...] = ()) -> str:
    """INSERT of all columns: what `columns` say, else what the template `t` has."""
    names = [
        str(field.column)
        for field in model._meta.concrete_fields
        if not field.generated and field.column not in without
    ]
    chosen = ", ".join(columns.get(name, f"t.{name}") for name in names)
    return f"INSERT INTO {model._meta.db_table} ({', '.join(names)}) SELECT {chosen} FROM {source}"


def _laid_bare(cursor: cursor, table: str) -> list[str]:
    """Take off what costs time with every row: triggers, foreign keys, indexes. The statements that put it back."""
    cursor.execute(LAID_BARE, {"table": table})
    found = [
        (f"ALTER TABLE {table} DISABLE TRIGGER USER", f"ALTER TABLE {table} ENABLE TRIGGER USER"),
        *cursor.fetchall(),
    ]
    for off, _on in found:
        cursor.execute(off)
    return [on for _off, on in found]
