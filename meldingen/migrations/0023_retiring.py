"""Categories and teams are retired into a successor, by an act on many; open meldingen are counted by category."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WITHIN_ONE_MUNICIPALITY = [
    ("category", "successor_id", "meldingen_category"),
    ("bulkact", "category_id", "meldingen_category"),
    ("bulkact", "old_category_id", "meldingen_category"),
    ("bulkact", "old_team_id", "tenancy_team"),
]


def composite_key(child, column, parent):
    """As in 0002: rows point within one municipality only."""
    name = f"{child}_{column}_same_municipality"
    return migrations.RunSQL(
        f"ALTER TABLE meldingen_{child} ADD CONSTRAINT {name} FOREIGN KEY (municipality_id, {column}) "
        f"REFERENCES {parent} (municipality_id, id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE meldingen_{child} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0022_done_by"),
        ("tenancy", "0010_retired_teams"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="bulkact",
            name="category",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meldingen.category",
            ),
        ),
        migrations.AddField(
            model_name="bulkact",
            name="old_category",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meldingen.category",
            ),
        ),
        migrations.AddField(
            model_name="bulkact",
            name="old_team",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.team",
            ),
        ),
        migrations.AddField(
            model_name="category",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meldingen.category",
                verbose_name="successor",
            ),
        ),
        migrations.AlterField(
            model_name="bulkact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("close", "Close"),
                    ("assign", "Give to a team"),
                    ("merge", "Merge"),
                    ("spam", "Call spam"),
                    ("category", "Retire a category"),
                    ("team", "Retire a team"),
                ],
                max_length=8,
                verbose_name="act",
            ),
        ),
        migrations.AlterField(
            model_name="bulkitem",
            name="why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("changed", "A colleague or the reporter did something since you looked"),
                    ("closed", "Is closed already"),
                    ("unjudged", "An emergency that nobody has looked at: say first what danger there is"),
                    ("formal", "May be an objection or a claim: look at it by itself"),
                    ("spoken", "The reporter wrote something that nobody has read"),
                    ("same", "This team has it already"),
                    ("merged", "Is merged into another one already"),
                    ("leads", "Others were merged into this one"),
                    ("lead", "The one that leads is closed, merged itself or not for others to read"),
                    ("unseen", "Is confidential now"),
                    ("right", "Who began this may not do it any more"),
                    ("told", "Somebody heard of it already"),
                    ("retired", "This team is not in use any more"),
                    ("error", "Something went wrong; try it by itself"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.F("category"),
                models.F("id"),
                condition=models.Q(("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"])),
                name="melding_open_of_category",
            ),
        ),
        *(composite_key(*key) for key in WITHIN_ONE_MUNICIPALITY),
    ]
