"""Photos, each within one municipality with its melding."""

import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

SAME_MUNICIPALITY = """
ALTER TABLE meldingen_photo ADD CONSTRAINT photo_melding_id_same_municipality FOREIGN KEY (municipality_id, melding_id)
    REFERENCES meldingen_melding (municipality_id, id) DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0007_after_sending"),
        ("tenancy", "0006_pdok"),
    ]

    operations = [
        migrations.CreateModel(
            name="Photo",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("form", models.UUIDField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being prepared"),
                            ("ready", "Ready"),
                            ("unreadable", "Could not be read"),
                            ("infected", "Refused by the virus scanner"),
                        ],
                        default="waiting",
                        max_length=10,
                    ),
                ),
                ("width", models.PositiveSmallIntegerField(null=True)),
                ("height", models.PositiveSmallIntegerField(null=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("due_at", models.DateTimeField(null=True)),
                ("claims", models.PositiveSmallIntegerField(db_default=0, default=0)),
                ("leased_until", models.DateTimeField(null=True)),
                ("attempts", models.PositiveSmallIntegerField(db_default=0, default=0)),
                (
                    "melding",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="photos",
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
                "verbose_name": "photo",
                "verbose_name_plural": "photos",
                "ordering": ["id"],
                "indexes": [
                    models.Index(
                        models.F("municipality"),
                        models.F("melding"),
                        condition=models.Q(("melding__isnull", False)),
                        name="photo_of_melding",
                    ),
                    models.Index(
                        models.F("municipality"),
                        models.F("created_at"),
                        condition=models.Q(("melding__isnull", True)),
                        name="photo_never_sent",
                    ),
                    models.Index(models.F("due_at"), condition=models.Q(("due_at__isnull", False)), name="photo_due"),
                ],
                "constraints": [models.UniqueConstraint(fields=("municipality", "key"), name="photo_key")],
            },
        ),
        migrations.RunSQL(
            SAME_MUNICIPALITY, "ALTER TABLE meldingen_photo DROP CONSTRAINT photo_melding_id_same_municipality"
        ),
    ]
