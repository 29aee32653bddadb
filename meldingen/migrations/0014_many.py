"""Acts on many meldingen at once, and what is kept for longer than its term."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

WITHIN_ONE_MUNICIPALITY = [
    ("bulkact", "standard_text_id", "meldingen_standardtext"),
    ("bulkact", "team_id", "tenancy_team"),
    ("bulkact", "lead_id", "meldingen_melding"),
    ("bulkitem", "act_id", "meldingen_bulkact"),
    ("bulkitem", "melding_id", "meldingen_melding"),
    ("hold", "melding_id", "meldingen_melding"),
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
        ("meldingen", "0013_kerncijfers"),
        ("tenancy", "0007_message"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BulkAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("close", "Close"),
                            ("assign", "Give to a team"),
                            ("merge", "Merge"),
                            ("spam", "Call spam"),
                        ],
                        max_length=8,
                        verbose_name="act",
                    ),
                ),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("draft", "Not begun"),
                            ("running", "Busy"),
                            ("done", "Done"),
                            ("undoing", "Being undone"),
                            ("undone", "Undone"),
                        ],
                        default="draft",
                        max_length=8,
                        verbose_name="stage",
                    ),
                ),
                ("query", models.CharField(blank=True, max_length=2000)),
                ("is_capped", models.BooleanField(default=False)),
                ("outcome", models.CharField(blank=True, max_length=12)),
                ("reason", models.CharField(blank=True, max_length=12)),
                ("text", models.TextField(blank=True)),
                ("for_everybody", models.BooleanField(default=False)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("began_at", models.DateTimeField(null=True, verbose_name="began")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="ended")),
                ("due_at", models.DateTimeField(null=True)),
                ("claims", models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                "verbose_name": "act on many",
                "verbose_name_plural": "acts on many",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="BulkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("seen", models.BigIntegerField()),
                (
                    "result",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Waiting"),
                            ("done", "Done"),
                            ("skipped", "Left alone"),
                            ("undone", "Undone"),
                            ("kept", "Not undone"),
                        ],
                        default="",
                        max_length=8,
                    ),
                ),
                (
                    "why",
                    models.CharField(
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
                            ("error", "Something went wrong; try it by itself"),
                        ],
                        max_length=12,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200, verbose_name="why it is kept")),
                ("until", models.DateField(verbose_name="kept until and with")),
            ],
            options={
                "verbose_name": "hold",
                "verbose_name_plural": "holds",
            },
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
                    ("added", "The reporter added something"),
                    ("rated", "The reporter says how it went"),
                    ("noted", "Note added"),
                    ("address_confirmed", "The address says: my report"),
                    ("address_refused", "The address says: not my report"),
                    ("released", "Not suspect any more"),
                    ("struck", "Words struck out"),
                    ("merged", "Merged into another melding"),
                    ("hidden", "Hidden from the public"),
                    ("shown", "Shown to the public again"),
                    ("held", "Kept for longer"),
                    ("reporter_forgotten", "Contact details forgotten"),
                    ("undone", "Undone"),
                ],
                max_length=20,
                verbose_name="what happened",
            ),
        ),
        migrations.AddConstraint(
            model_name="standardtext",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="standard_text_key"),
        ),
        migrations.AddField(
            model_name="bulkact",
            name="lead",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meldingen.melding",
            ),
        ),
        migrations.AddField(
            model_name="bulkact",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="bulkact",
            name="standard_text",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meldingen.standardtext",
            ),
        ),
        migrations.AddField(
            model_name="bulkact",
            name="team",
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
            model_name="bulkact",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="colleague",
            ),
        ),
        migrations.AddField(
            model_name="bulkitem",
            name="act",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="items",
                to="meldingen.bulkact",
            ),
        ),
        migrations.AddField(
            model_name="bulkitem",
            name="melding",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meldingen.melding",
            ),
        ),
        migrations.AddField(
            model_name="bulkitem",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="colleague",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="melding",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hold",
                to="meldingen.melding",
            ),
        ),
        migrations.AddField(
            model_name="hold",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddIndex(
            model_name="bulkact",
            index=models.Index(models.F("due_at"), condition=models.Q(("due_at__isnull", False)), name="bulk_act_due"),
        ),
        migrations.AddConstraint(
            model_name="bulkact",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="bulk_act_key"),
        ),
        migrations.AddIndex(
            model_name="bulkitem",
            index=models.Index(models.F("act"), models.F("result"), models.F("melding"), name="bulk_item_by_result"),
        ),
        migrations.AddConstraint(
            model_name="bulkitem",
            constraint=models.UniqueConstraint(fields=("municipality", "act", "melding"), name="bulk_item_once"),
        ),
        *(composite_key(*key) for key in WITHIN_ONE_MUNICIPALITY),
    ]
