"""What of single meldingen is public, as a view; what may be about one thing, as an index; who saw the same."""

import django.contrib.gis.db.models.fields
import django.core.validators
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models

import meldingen.nearby.models

# From when a category shows meldingen one by one is written here and nowhere else: never before it was decided, nor
# before it was put down here, so that nobody is shown who reported when the town said that it shows nothing.
PUBLIC_FROM = """
CREATE FUNCTION meldingen_category_public_from() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    decided timestamptz := (
        SELECT NEW.decided_on::timestamp AT TIME ZONE time_zone FROM tenancy_municipality WHERE id = NEW.municipality_id);
BEGIN
    IF NEW.public_as <> 'kaart' THEN
        NEW.public_from := NULL;
    ELSIF TG_OP = 'INSERT' THEN
        NEW.public_from := COALESCE(decided, statement_timestamp());
    ELSE
        NEW.public_from := GREATEST(CASE WHEN OLD.public_as = 'kaart' THEN OLD.public_from ELSE statement_timestamp() END, decided);
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER category_public_from BEFORE INSERT OR UPDATE ON meldingen_category
    FOR EACH ROW EXECUTE FUNCTION meldingen_category_public_from();
"""
# What was public before there was a decision to name is so from now on.
FROM_NOW_ON = "UPDATE meldingen_category SET public_from = now() WHERE public_as = 'kaart'"

# The map is made anew at six in the morning: whoever looks all day sees no melding come in.
PUBLIC = """
CREATE VIEW public_meldingen AS
SELECT id, municipality_id, category_id, asset_id, place, received_on, is_solved, solved_on, in_prompt, on_map
FROM (
    SELECT m.id, m.municipality_id, m.category_id, m.asset_id,
        ST_SnapToGrid(m.point, 0, 0, 50, 50) AS place,
        (m.received_at AT TIME ZONE t.time_zone)::date AS received_on,
        m.state = 'solved' AS is_solved,
        (m.closed_at AT TIME ZONE t.time_zone)::date AS solved_on,
        m.received_at <= statement_timestamp() - make_interval(hours => c.prompt_after_hours)
            AND m.received_at >= statement_timestamp() - make_interval(days => c.nearby_days) AS in_prompt,
        m.received_at >= statement_timestamp() - interval '1 year'
            AND m.received_at + make_interval(hours => c.map_after_hours) <= (date_trunc('day',
                (statement_timestamp() AT TIME ZONE t.time_zone) - interval '6 hours') + interval '6 hours') AT TIME ZONE t.time_zone
            AS on_map
    FROM meldingen_melding m
    JOIN meldingen_category c ON c.id = m.category_id
    LEFT JOIN meldingen_category main ON main.id = c.parent_id
    JOIN tenancy_municipality t ON t.id = m.municipality_id
    WHERE m.point IS NOT NULL
        AND c.public_as = 'kaart' AND m.received_at >= c.public_from
        AND NOT c.is_confidential AND NOT COALESCE(main.is_confidential, false)
        AND NOT m.is_suspect AND NOT m.is_hidden AND m.lead_id IS NULL AND m.danger NOT IN ('gas', 'life')
        AND (m.state IN ('new', 'assigned', 'in_progress', 'planned', 'waiting', 'reopened')
            OR m.state = 'solved' AND m.closed_at >= statement_timestamp() - interval '14 days')
        AND (m.category_by IN ('staff', 'model', 'import')
            OR m.category_by = 'resident' AND (m.asset_id IS NOT NULL OR EXISTS (
                SELECT FROM meldingen_prediction p
                WHERE p.melding_id = m.id AND p.action = 'route' AND p.category_id = m.category_id)))
) AS known
WHERE in_prompt OR on_map
"""

# One index for who asks by the grid point, as the view does, and for colleagues, who ask by the place around it.
NEARBY = """
CREATE INDEX melding_nearby ON meldingen_melding
    USING gist (category_id, ST_SnapToGrid(point, 0, 0, 50, 50), received_at) WHERE point IS NOT NULL
"""

WITHIN_ONE_MUNICIPALITY = """
ALTER TABLE meldingen_sighting ADD CONSTRAINT sighting_melding_id_same_municipality
    FOREIGN KEY (municipality_id, melding_id) REFERENCES meldingen_melding (municipality_id, id)
    DEFERRABLE INITIALLY DEFERRED
"""


def hours(name, words):
    return migrations.AddField(
        model_name="category",
        name=name,
        field=models.PositiveSmallIntegerField(
            blank=True, db_default=24, default=24, validators=[django.core.validators.MaxValueValidator(720)], **words
        ),
    )


def reach(name, number, least, most, words):
    return migrations.AddField(
        model_name="category",
        name=name,
        field=models.PositiveSmallIntegerField(
            blank=True,
            db_default=number,
            default=number,
            validators=[
                django.core.validators.MinValueValidator(least),
                django.core.validators.MaxValueValidator(most),
            ],
            **words,
        ),
    )


class Migration(migrations.Migration):
    dependencies = [("meldingen", "0005_rule_conditions"), ("tenancy", "0006_pdok")]

    operations = [
        BtreeGistExtension(),
        migrations.AddField(
            model_name="category",
            name="decision",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                max_length=200,
                verbose_name="decision",
                help_text="By which decision place and day are public: who decided, and where it can be found.",
            ),
        ),
        migrations.AddField(
            model_name="category",
            name="decided_on",
            field=models.DateField(blank=True, null=True, verbose_name="decided on"),
        ),
        migrations.AddField(
            model_name="category", name="public_from", field=models.DateTimeField(editable=False, null=True)
        ),
        hours(
            "prompt_after_hours",
            {
                "verbose_name": "shown to who reports the same after",
                "help_text": "Hours. 0 for things that stay where they are: a lamp, a bin, a hole in the road.",
            },
        ),
        hours(
            "map_after_hours",
            {"verbose_name": "on the public map after", "help_text": "Hours; the map is made anew once a day."},
        ),
        reach(
            "nearby_metres",
            75,
            10,
            500,
            {
                "verbose_name": "the same within",
                "help_text": "Metres between two meldingen that may be about one thing.",
            },
        ),
        reach(
            "nearby_days",
            60,
            1,
            365,
            {"verbose_name": "the same for", "help_text": "Days between two meldingen that may be about one thing."},
        ),
        migrations.AddField(
            model_name="melding",
            name="is_hidden",
            field=models.BooleanField(
                db_default=False, default=False, editable=False, verbose_name="hidden from the public"
            ),
        ),
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("received", "Received"),
                    ("warned", "Told to call 112"),
                    ("classified", "Classified"),
                    ("routed", "Routed"),
                    ("recategorised", "Category changed"),
                    ("assessed", "Danger assessed"),
                    ("assigned", "Team changed"),
                    ("moved", "State changed"),
                    ("answered", "Answered"),
                    ("noted", "Note added"),
                    ("address_confirmed", "The address says: my report"),
                    ("address_refused", "The address says: not my report"),
                    ("released", "Not suspect any more"),
                    ("struck", "Words struck out"),
                    ("merged", "Merged into another melding"),
                    ("hidden", "Hidden from the public"),
                    ("shown", "Shown to the public again"),
                    ("reporter_forgotten", "Contact details forgotten"),
                    ("undone", "Undone"),
                ],
                max_length=20,
                verbose_name="what happened",
            ),
        ),
        migrations.CreateModel(
            name="PublicMelding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", django.contrib.gis.db.models.fields.PointField(srid=28992)),
                ("received_on", models.DateField()),
                ("is_solved", models.BooleanField()),
                ("solved_on", models.DateField(null=True)),
                ("in_prompt", models.BooleanField()),
                ("on_map", models.BooleanField()),
            ],
            options={"db_table": "public_meldingen", "managed": False},
        ),
        migrations.CreateModel(
            name="Sighting",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("page", models.CharField(max_length=64)),
                ("token", models.CharField(default=meldingen.nearby.models.new_token, max_length=43)),
                ("seen_at", models.DateTimeField(auto_now_add=True, verbose_name="seen")),
                (
                    "melding",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sightings",
                        to="meldingen.melding",
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
                "constraints": [
                    models.UniqueConstraint(fields=("municipality", "melding", "page"), name="sighting_once"),
                    models.UniqueConstraint(fields=("municipality", "token"), name="sighting_token"),
                ],
            },
        ),
        migrations.RunSQL(WITHIN_ONE_MUNICIPALITY, migrations.RunSQL.noop),
        migrations.RunSQL(FROM_NOW_ON, migrations.RunSQL.noop),
        migrations.RunSQL(PUBLIC_FROM, "DROP FUNCTION meldingen_category_public_from CASCADE"),
        migrations.RunSQL(PUBLIC, "DROP VIEW public_meldingen"),
        migrations.RunSQL(NEARBY, "DROP INDEX melding_nearby"),
    ]
