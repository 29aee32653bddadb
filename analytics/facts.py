"""Exact measures for staff, counted incrementally from Events: each Event once, none lost.

An Event carries the id of the transaction that wrote it. Only Events of transactions below the oldest running one are
read (`pg_snapshot_xmin`): whatever commits later has a higher id, so the cursor cannot pass an Event that is still to
come. A serial number cannot promise that. The area, category and team of an Event are those that its melding has when
the Event is counted.

Transaction ids mean something within one cluster only. So the cursor names its cluster; in another one, after a
restore, every Event there is by then is settled first by its own id; from there on the ids of the new cluster count.
"""

import json
import logging
from typing import Any

from django.db import OperationalError, connection, transaction

from analytics.models import Fact, FactCursor
from meldingen.record import workflow
from meldingen.tenancy.models import Municipality

# A first part of the advisory lock's key that is ours: one run per municipality at a time.
LOCK = 0x6661
BATCH = 50_000
# How long writers may be held up, once after a restore; when that is too short, the next run tries again.
LOCK_TIMEOUT = "2s"

logger = logging.getLogger(__name__)

_MEASURES = {state: Fact.Measure(effects.measure) for state, effects in workflow.STATES.items() if effects.measure}

# What comes next in the cluster of the cursor.
_NEXT = """
      AND e.id > %(settled)s AND (e.xid, e.id) > (%(xid)s, %(event)s)
      AND e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY e.xid, e.id
"""
# In another cluster: what was not counted in the old one. Counted Events are below both the cursor and `highest`; what
# the new cluster wrote is above `highest`, for the ids of Events go on where they were.
_LEFT_BEHIND = """
      AND e.id > %(settled)s AND e.id <= %(until)s AND ((e.xid, e.id) > (%(xid)s, %(event)s) OR e.id > %(highest)s)
    ORDER BY e.id
"""

# What was undone counts as if it never was: it is taken from the cell in which it was counted, and one that is undone
# before it is counted goes into the cell from which its undoing takes it. So does the category and the team that the
# melding had then.
_FOLD = """
WITH events AS (
    SELECT e.id, e.xid, e.kind, e.to_state, e.codes, e.melding_id, (e.happened_at AT TIME ZONE %(zone)s)::date AS day
    FROM meldingen_event e
    WHERE e.municipality_id = %(municipality)s{which}    LIMIT %(batch)s
), measured AS (
    SELECT e.melding_id, e.day, 1 AS number, u.codes AS undone,
           CASE WHEN e.kind = 'received' THEN 'received' ELSE %(measures)s::jsonb ->> e.to_state END AS measure
    FROM events e
    LEFT JOIN LATERAL (
        SELECT codes FROM meldingen_event
        WHERE melding_id = e.melding_id AND kind = 'undone' AND codes -> 'of' @> to_jsonb(e.id)
    ) u ON e.kind = 'moved'
    WHERE e.kind = 'received' OR (e.kind = 'moved' AND %(measures)s::jsonb ? e.to_state)
    UNION ALL
    SELECT e.melding_id, (o.happened_at AT TIME ZONE %(zone)s)::date, -1, e.codes, %(measures)s::jsonb ->> o.to_state
    FROM events e
    JOIN meldingen_event o ON o.melding_id = e.melding_id AND e.codes -> 'of' @> to_jsonb(o.id)
    WHERE e.kind = 'undone' AND o.kind = 'moved' AND %(measures)s::jsonb ? o.to_state
), netted AS (
    SELECT d.day, a.code AS buurt, COALESCE(c.slug, '') AS category, COALESCE(t.slug, '') AS team,
           m.source AS channel, d.measure, sum(d.number) AS number
    FROM measured d
    JOIN meldingen_melding m ON m.id = d.melding_id
    JOIN meldingen_area a ON a.id = m.buurt_id
    LEFT JOIN meldingen_category c ON c.id =
        CASE WHEN d.undone ? 'category' THEN (d.undone -> 'category' ->> 'from')::bigint ELSE m.category_id END
    LEFT JOIN tenancy_team t ON t.id =
        CASE WHEN d.undone ? 'team' THEN (d.undone -> 'team' ->> 'from')::bigint ELSE m.team_id END
    GROUP BY d.day, a.code, c.slug, t.slug, m.source, d.measure
), folded AS (
    INSERT INTO analytics_fact (municipality_id, day, buurt, category, team, channel, measure, number)
    SELECT %(municipality)s, day, buurt, category, team, channel, measure, number FROM netted WHERE number > 0
    ON CONFLICT (municipality_id, day, measure, buurt, category, team, channel)
        DO UPDATE SET number = analytics_fact.number + EXCLUDED.number
), taken_back AS (
    UPDATE analytics_fact f SET number = GREATEST(0, f.number + n.number) FROM netted n
    WHERE n.number < 0 AND f.municipality_id = %(municipality)s AND f.day = n.day AND f.measure = n.measure
      AND f.buurt = n.buurt AND f.category = n.category AND f.team = n.team AND f.channel = n.channel
)
SELECT count(*), (array_agg(xid ORDER BY xid DESC, id DESC))[1], (array_agg(id ORDER BY xid DESC, id DESC))[1], max(id)
FROM events
"""


def fold(municipality: Municipality, batch: int = BATCH) -> int:
    """Count the next `batch` Events of a municipality into its facts; the number of Events that were read.

    One transaction under an advisory lock, so two runs at once count each Event once; 0 means that it is up to date.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, municipality.pk])
        here = _this_cluster(cursor)
        position, _ = FactCursor.objects.get_or_create(municipality=municipality, defaults={"cluster": here})
        if position.cluster != here:
            return _settle(cursor, municipality, position, here, batch)
        number, xid, event_id, highest = _fold(cursor, municipality, position, batch, _NEXT)
        if number:
            position.xid, position.event_id = xid, event_id
            position.highest = max(position.highest, highest)
            position.save()
        return number


def fold_all(municipality: Municipality) -> int:
    """Fold until nothing is left, each batch in its own transaction; the number of Events that were read."""
    total = 0
    while number := fold(municipality):
        total += number
    return total


def _settle(cursor: Any, municipality: Municipality, position: FactCursor, here: str, batch: int) -> int:
    """The next batch of what the old cluster left behind; with the last one the cursor moves to this cluster."""
    until = _settled_id(cursor)
    if until is None:
        return 0
    number, _, _, highest = _fold(cursor, municipality, position, batch, _LEFT_BEHIND, until)
    if number == batch:
        position.settled = highest
    else:
        position.cluster, position.settled, position.xid, position.event_id = here, until, 0, 0
        position.highest = max(position.highest, until)
        logger.info("facts of %s go on in another cluster", municipality.code)
    position.save()
    return number


def _fold(
    cursor: Any, municipality: Municipality, position: FactCursor, batch: int, which: str, until: int = 0
) -> tuple[int, int, int, int]:
    """(number of Events read, xid and id of the last one in the order of both, highest id)."""
    cursor.execute(
        _FOLD.format(which=which),
        {
            "municipality": municipality.pk,
            "zone": municipality.time_zone,
            "xid": position.xid,
            "event": position.event_id,
            "settled": position.settled,
            "highest": position.highest,
            "until": until,
            "batch": batch,
            "measures": json.dumps(_MEASURES),
        },
    )
    number, xid, event_id, highest = cursor.fetchone()
    return number, xid or 0, event_id or 0, highest or 0


def _settled_id(cursor: Any) -> int | None:
    """The highest id of an Event when nobody is writing one: whatever has a lower id is committed, or never will be.

    The lock is given back at once, by the rollback to its savepoint. None when somebody writes for too long.
    """
    try:
        with transaction.atomic():
            cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            cursor.execute("SELECT analytics_last_event()")
            event_id = int(cursor.fetchone()[0])
            transaction.set_rollback(True)
    except OperationalError:
        logger.warning("facts wait for a long transaction")
        return None
    return event_id


def _this_cluster(cursor: Any) -> str:
    """System identifier and timeline: where transaction ids go on."""
    cursor.execute(
        "SELECT (SELECT system_identifier FROM pg_control_system()) "
        "|| '-' || left(pg_walfile_name(pg_current_wal_lsn()), 8)"
    )
    return str(cursor.fetchone()[0])
