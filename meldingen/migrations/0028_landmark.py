"""Places by their name, gathered from the maps that were loaded before."""

import django.contrib.gis.db.models.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

from meldingen.places.addresses.spelling import key_of

# As with streets: the planner takes reading all of them for cheaper than their index of letters,
# and so it does with the index that begins with the town: + 0 hides that.
ALIKE = """
CREATE FUNCTION meldingen_landmarks_alike(here bigint, typed text, begins text) RETURNS SETOF meldingen_landmark
LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off AS $$
    SELECT * FROM meldingen_landmark
    WHERE municipality_id + 0 = here AND (key % typed OR key %> typed OR key LIKE begins)
$$"""
GATHER = """
INSERT INTO meldingen_landmark (municipality_id, kind, name, key, geometry)
SELECT municipality_id, kind, min(name), key, ST_Collect(geometry)
FROM (SELECT f.municipality_id, f.kind, f.name, k.key, f.geometry,
          ST_ClusterDBSCAN(f.geometry, 200, 1) OVER (PARTITION BY f.municipality_id, f.kind, k.key) AS place
      FROM unnest(%s::text[], %s::text[]) AS k (name, key) JOIN meldingen_mapfeature f ON f.name = k.name
      WHERE f.kind IN ('water', 'groen', 'gebouw')) AS parts
GROUP BY municipality_id, kind, key, place"""


def gather(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT name FROM meldingen_mapfeature WHERE name <> '' AND kind IN ('water', 'groen', 'gebouw')"
        )
        keys = {name: key for (name,) in cursor.fetchall() if (key := key_of(name))}
        cursor.execute(GATHER, [list(keys), list(keys.values())])


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0027_like_name"),
        ("tenancy", "0010_retired_teams"),
    ]

    operations = [
        migrations.CreateModel(
            name="Landmark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("straat", "Street"), ("water", "Water"), ("groen", "Green"), ("gebouw", "Building")],
                        max_length=6,
                        verbose_name="kind",
                    ),
                ),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("key", models.CharField(editable=False, max_length=80)),
                (
                    "geometry",
                    django.contrib.gis.db.models.fields.GeometryField(
                        spatial_index=False, srid=28992, verbose_name="shape"
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "place by name",
                "verbose_name_plural": "places by name",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        django.contrib.postgres.indexes.OpClass("key", "gin_trgm_ops"), name="landmark_typos"
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("municipality", "id"), name="landmark_key")],
            },
        ),
        migrations.RunSQL(ALIKE, "DROP FUNCTION meldingen_landmarks_alike"),
        migrations.RunPython(gather, migrations.RunPython.noop),
    ]
