"""The places that people call by a name, gathered from the features of the map that was loaded."""

from typing import Any

from django.db import connection

from meldingen.places.addresses.spelling import key_of
from meldingen.places.models import Landmark, MapFeature
from meldingen.tenancy.models import Municipality

# A street is found by its addresses.
KINDS = (MapFeature.Kind.WATER, MapFeature.Kind.GREEN, MapFeature.Kind.BUILDING)
# Parts of one kind and name that lie this near one another, in metres, are one place: a road cuts a park in two.
TOGETHER = 200

_GATHER = """
INSERT INTO meldingen_landmark (municipality_id, kind, name, key, geometry)
SELECT %(municipality)s, kind, min(name), key, ST_Collect(geometry)
FROM (SELECT f.kind, f.name, k.key, f.geometry,
          ST_ClusterDBSCAN(f.geometry, %(together)s, 1) OVER (PARTITION BY f.kind, k.key) AS place
      FROM unnest(%(names)s::text[], %(keys)s::text[]) AS k (name, key)
      JOIN meldingen_mapfeature f ON f.name = k.name
      WHERE f.municipality_id = %(municipality)s AND f.kind = ANY(%(kinds)s)) AS parts
GROUP BY kind, key, place"""


def gather_landmarks(municipality: Municipality) -> None:
    """Those of the map as it is now, in the place of those before."""
    Landmark.objects.of(municipality)._raw_delete(using="default")
    own = MapFeature.objects.of(municipality).filter(kind__in=KINDS).exclude(name="")
    keys = {name: key for name in own.values_list("name", flat=True).distinct() if (key := key_of(name))}
    values: dict[str, Any] = {
        "municipality": municipality.pk, "kinds": list(KINDS), "together": TOGETHER,
        "names": list(keys), "keys": list(keys.values()),
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(_GATHER, values)
