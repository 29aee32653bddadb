"""When each model was in use, and why; and an index by which what a model did lately is counted."""

import django.db.models.deletion
import django.db.models.functions.datetime
from django.conf import settings
from django.db import migrations, models


def composite_key(column):
    """As in 0002: rows point within one municipality only."""
    name = f"modeluse_{column}_same_municipality"
    return migrations.RunSQL(
        f"ALTER TABLE meldingen_modeluse ADD CONSTRAINT {name} FOREIGN KEY (municipality_id, {column}) "
        "REFERENCES meldingen_trainedmodel (municipality_id, id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE meldingen_modeluse DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0011_desk"),
        ("tenancy", "0006_pdok"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ModelUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "happened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="when"),
                ),
                (
                    "before",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.trainedmodel",
                        verbose_name="model before",
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.trainedmodel",
                        verbose_name="model",
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
                (
                    "user",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="colleague",
                    ),
                ),
            ],
            options={
                "verbose_name": "use of a model",
                "verbose_name_plural": "uses of models",
                "ordering": ["-id"],
            },
        ),
        migrations.AlterField(
            model_name="prediction",
            name="model",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meldingen.trainedmodel",
                verbose_name="model",
            ),
        ),
        migrations.AddIndex(
            model_name="prediction",
            index=models.Index(
                models.F("model"),
                models.F("created_at"),
                include=("action", "reason", "melding"),
                name="prediction_of_model",
            ),
        ),
        composite_key("model_id"),
        composite_key("before_id"),
    ]
