"""Worklists as files for a spreadsheet: who asked for which, and how far it is."""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0015_audit"),
        ("tenancy", "0007_message"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Export",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=250, verbose_name="worklist")),
                ("query", models.CharField(max_length=2000)),
                (
                    "kind",
                    models.CharField(
                        choices=[("csv", "CSV"), ("xlsx", "Excel")], max_length=4, verbose_name="kind of file"
                    ),
                ),
                ("language", models.CharField(max_length=12)),
                ("with_contact", models.BooleanField(default=False, verbose_name="with contact details")),
                (
                    "stage",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Being made"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("gone", "File removed"),
                        ],
                        default="waiting",
                        max_length=7,
                        verbose_name="stage",
                    ),
                ),
                ("refusal", models.CharField(blank=True, max_length=12)),
                (
                    "rights",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), default=list, size=None
                    ),
                ),
                (
                    "teams",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("total", models.PositiveIntegerField(null=True, verbose_name="meldingen")),
                ("done", models.PositiveIntegerField(default=0)),
                ("runs", models.PositiveSmallIntegerField(default=0)),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False)),
                (
                    "asked_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="when"),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                ("fetched_at", models.DateTimeField(null=True, verbose_name="fetched")),
                ("leased_until", models.DateTimeField(null=True)),
                ("due_at", models.DateTimeField(default=django.utils.timezone.now, null=True)),
                ("claims", models.PositiveSmallIntegerField(default=0)),
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
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="colleague",
                    ),
                ),
            ],
            options={
                "verbose_name": "export",
                "verbose_name_plural": "exports",
                "ordering": ["-id"],
                "indexes": [
                    models.Index(
                        models.F("municipality"), models.F("owner"), models.F("asked_at"), name="export_of_colleague"
                    ),
                    models.Index(models.F("due_at"), condition=models.Q(("due_at__isnull", False)), name="export_due"),
                ],
            },
        ),
    ]
