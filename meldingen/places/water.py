"""Whether a place lies in the water that the town's own map draws."""

from django.contrib.gis.geos import Point
from django.db import connection

from meldingen.tenancy.models import Municipality

# What is this near the line of a street, in metres, is on a bridge, a jetty or the street itself.
BRIDGE = 6
# A canal may be one line, which the map draws eight metres wide: half of that lies on each side.
CANAL = 4

_IN_WATER = """
WITH place AS (SELECT ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), %(srid)s) AS point)
SELECT EXISTS (
    SELECT FROM place, meldingen_mapfeature
    WHERE municipality_id = %(municipality)s AND kind = 'water' AND ST_DWithin(geometry, point, %(canal)s)
        AND (ST_Dimension(geometry) = 1 OR ST_Covers(geometry, point))
) AND NOT EXISTS (
    SELECT FROM place, meldingen_mapfeature
    WHERE municipality_id = %(municipality)s AND kind = 'straat' AND ST_DWithin(geometry, point, %(bridge)s))"""


def is_water(municipality: Municipality, point: Point | None) -> bool:
    """Whether water is drawn there and no street. Never where the town has no map of its own. One query."""
    if point is None or not municipality.map_loaded_at:
        return False
    own = {"municipality": municipality.pk, "canal": CANAL, "bridge": BRIDGE}
    with connection.cursor() as cursor:
        cursor.execute(_IN_WATER, own | {"x": point.x, "y": point.y, "srid": point.srid})
        return bool(cursor.fetchone()[0])
