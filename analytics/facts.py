"""Exact measures for staff, counted incrementally from Events: each Event once, none lost.

An Event carries the id of the transaction that wrote it. Only Events of transactions below the oldest running one are
read (`pg_snapshot_xmin`): whatever commits later has a higher id, so the cursor cannot pass an Event that is still to
come. A serial number cannot promise that. The area, category and team of an Event are those that its melding has when
the Event is counted.
"""

import json

from django.db import connection, transaction

from analytics.models import Fact, FactCursor
from meldingen.models import Municipality

# A first part of the advisory lock's key that is ours: one run per municipality at a time.
LOCK = 0x6661
BATCH = 50_000

_MEASURES = {
    "solved": Fact.Measure.SOLVED,
    "forwarded": Fact.Measure.FORWARDED,
    "declined": Fact.Measure.DECLINED,
    "reopened": Fact.Measure.REOPENED,
}

_FOLD = """
WITH events AS (
    SELECT e.id, e.xid, e.kind, e.to_state, e.melding_id, (e.happened_at AT TIME ZONE %(zone)s)::date AS day
    FROM meldingen_event e
    WHERE e.municipality_id = %(municipality)s
      AND (e.xid, e.id) > (%(xid)s, %(event)s)
      AND e.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
    ORDER BY e.xid, e.id
    LIMIT %(batch)s
), measured AS (
    SELECT e.melding_id, e.day,
           CASE WHEN e.kind = 'received' THEN 'received' ELSE %(measures)s::jsonb ->> e.to_state END AS measure
    FROM events e
    WHERE e.kind = 'received' OR (e.kind = 'moved' AND %(measures)s::jsonb ? e.to_state)
), folded AS (
    INSERT INTO analytics_fact (municipality_id, day, buurt, category, team, channel, measure, number)
    SELECT %(municipality)s, d.day, a.code, COALESCE(c.slug, ''), COALESCE(t.slug, ''), m.source, d.measure, count(*)
    FROM measured d
    JOIN meldingen_melding m ON m.id = d.melding_id
    JOIN meldingen_area a ON a.id = m.buurt_id
    LEFT JOIN meldingen_category c ON c.id = m.category_id
    LEFT JOIN meldingen_team t ON t.id = m.team_id
    GROUP BY d.day, a.code, c.slug, t.slug, m.source, d.measure
    ON CONFLICT (municipality_id, day, measure, buurt, category, team, channel)
        DO UPDATE SET number = analytics_fact.number + EXCLUDED.number
)
SELECT count(*), (array_agg(xid ORDER BY xid DESC, id DESC))[1], (array_agg(id ORDER BY xid DESC, id DESC))[1]
FROM events
"""


def fold(municipality: Municipality, batch: int = BATCH) -> int:
    """Count the next `batch` Events of a municipality into its facts; the number of Events that were read.

    One transaction under an advisory lock, so two runs at once count each Event once; 0 means that it is up to date.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, municipality.pk])
        position, _ = FactCursor.objects.get_or_create(municipality=municipality)
        cursor.execute(
            _FOLD,
            {
                "municipality": municipality.pk,
                "zone": municipality.time_zone,
                "xid": position.xid,
                "event": position.event_id,
                "batch": batch,
                "measures": json.dumps(_MEASURES),
            },
        )
        read, xid, event_id = cursor.fetchone()
        if read:
            position.xid, position.event_id = xid, event_id
            position.save(update_fields=["xid", "event_id"])
        return int(read)


def fold_all(municipality: Municipality) -> int:
    """Fold until nothing is left, each batch in its own transaction; the number of Events that were read."""
    total = 0
    while read := fold(municipality):
        total += read
    return total
