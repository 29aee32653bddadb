"""What reporters say after sending: words that they add, whether it is solved, and who asks for a link again."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# child table, child column, parent table: as in 0002, rows point within one municipality only.
WITHIN_ONE_MUNICIPALITY = [
    ("addition", "melding_id", "meldingen_melding"),
    ("addition", "event_id", "meldingen_event"),
    ("satisfaction", "melding_id", "meldingen_melding"),
]


def composite_key(child, column, parent):
    name = f"{child}_{column}_same_municipality"
    return migrations.RunSQL(
        f"ALTER TABLE meldingen_{child} ADD CONSTRAINT {name} FOREIGN KEY (municipality_id, {column}) "
        f"REFERENCES {parent} (municipality_id, id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE meldingen_{child} DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0006_nearby"),
        ("tenancy", "0006_pdok"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Addition",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="what was added")),
            ],
            options={
                "verbose_name": "words of the reporter",
                "verbose_name_plural": "words of reporters",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="LinkRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=8)),
                ("address_key", models.CharField(max_length=64)),
                ("asked_at", models.DateTimeField(auto_now_add=True, db_index=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Satisfaction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_solved", models.BooleanField(null=True, verbose_name="solved, says the reporter")),
                (
                    "grade",
                    models.PositiveSmallIntegerField(
                        choices=[
                            (1, "Very dissatisfied"),
                            (2, "Dissatisfied"),
                            (3, "Neither"),
                            (4, "Satisfied"),
                            (5, "Very satisfied"),
                        ],
                        null=True,
                        verbose_name="grade",
                    ),
                ),
                ("said_at", models.DateTimeField(verbose_name="said")),
            ],
            options={
                "verbose_name": "satisfaction",
                "verbose_name_plural": "satisfaction",
            },
        ),
        migrations.AddField(
            model_name="melding",
            name="reporter_spoke_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="the reporter wrote"),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("receipt", "Receipt"),
                    ("news", "News"),
                    ("invitation", "Asks whether somebody wants to follow"),
                    ("link", "The link that somebody asked for"),
                    ("alarm", "Danger"),
                    ("work", "Work for a team"),
                ],
                max_length=10,
                verbose_name="what for",
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
                    ("reporter_forgotten", "Contact details forgotten"),
                    ("undone", "Undone"),
                ],
                max_length=20,
                verbose_name="what happened",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.OrderBy(models.F("reporter_spoke_at"), descending=True),
                condition=models.Q(("reporter_spoke_at__isnull", False)),
                name="melding_reporter_spoke",
            ),
        ),
        migrations.AddField(
            model_name="addition",
            name="event",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="addition",
                to="meldingen.event",
            ),
        ),
        migrations.AddField(
            model_name="addition",
            name="melding",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="additions",
                to="meldingen.melding",
            ),
        ),
        migrations.AddField(
            model_name="addition",
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
            model_name="linkrequest",
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
            model_name="satisfaction",
            name="melding",
            field=models.OneToOneField(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="satisfaction",
                to="meldingen.melding",
            ),
        ),
        migrations.AddField(
            model_name="satisfaction",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddConstraint(
            model_name="satisfaction",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("grade__isnull", True), models.Q(("grade__gte", 1), ("grade__lte", 5)), _connector="OR"
                ),
                name="satisfaction_grade_of_five",
            ),
        ),
        migrations.AddConstraint(
            model_name="satisfaction",
            constraint=models.CheckConstraint(
                condition=models.Q(("grade__isnull", False), ("is_solved__isnull", False), _connector="OR"),
                name="satisfaction_says_something",
            ),
        ),
        *(composite_key(*key) for key in WITHIN_ONE_MUNICIPALITY),
    ]
