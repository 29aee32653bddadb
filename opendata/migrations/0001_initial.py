"""The ledger, and what was released."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Budget",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("maand", "Month"), ("jaar", "Year")], max_length=5, verbose_name="kind"),
                ),
                ("period", models.CharField(max_length=7, verbose_name="period")),
                ("granted", models.DecimalField(decimal_places=9, max_digits=15, verbose_name="granted")),
                ("spent", models.DecimalField(decimal_places=9, max_digits=15, verbose_name="spent")),
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
                "verbose_name": "privacy budget",
                "verbose_name_plural": "privacy budgets",
                "ordering": ["-period"],
            },
        ),
        migrations.CreateModel(
            name="PlannedTable",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("asked", models.CharField(max_length=60, verbose_name="declared table")),
                (
                    "account",
                    models.CharField(
                        choices=[("maand", "Month"), ("jaar", "Year")],
                        default="maand",
                        max_length=5,
                        verbose_name="account",
                    ),
                ),
                ("table", models.JSONField(blank=True, null=True, verbose_name="table")),
                ("reason", models.CharField(blank=True, max_length=30, verbose_name="reason")),
                ("params", models.JSONField(blank=True, default=dict, verbose_name="figures")),
                ("planned_at", models.DateTimeField(auto_now_add=True, verbose_name="chosen")),
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
                "verbose_name": "form of a table",
                "verbose_name_plural": "forms of tables",
                "ordering": ["year", "id"],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("dataset", models.SlugField(max_length=80, verbose_name="dataset")),
                ("period", models.CharField(max_length=7, verbose_name="period")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
                ("grid_year", models.PositiveSmallIntegerField(verbose_name="year of the grid")),
                ("table", models.JSONField(verbose_name="table")),
                ("accounts", models.PositiveSmallIntegerField(verbose_name="number of accounts that pay")),
                ("epsilon", models.DecimalField(decimal_places=9, max_digits=15, verbose_name="epsilon")),
                ("sensitivity", models.PositiveSmallIntegerField(verbose_name="sensitivity")),
                ("noise", models.JSONField(null=True, verbose_name="noise")),
                ("rows", models.JSONField(null=True, verbose_name="rows")),
                ("expected_error", models.FloatField(null=True, verbose_name="expected error")),
                ("sha256", models.CharField(blank=True, max_length=64, verbose_name="SHA-256")),
                ("drawn_at", models.DateTimeField(null=True, verbose_name="drawn")),
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
                "verbose_name": "release",
                "verbose_name_plural": "releases",
                "ordering": ["-first_day", "dataset"],
            },
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("epsilon", models.DecimalField(decimal_places=9, max_digits=15, verbose_name="epsilon")),
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
                    "budget",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="opendata.budget",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="opendata.release",
                    ),
                ),
            ],
            options={
                "verbose_name": "booking",
                "verbose_name_plural": "bookings",
            },
        ),
        migrations.CreateModel(
            name="ReleaseFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("format", models.CharField(max_length=10, verbose_name="format")),
                ("version", models.CharField(default="", max_length=64, verbose_name="version")),
                ("name", models.CharField(max_length=200, verbose_name="name in the storage")),
                ("size", models.PositiveBigIntegerField(verbose_name="bytes")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
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
                    "release",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="opendata.release",
                    ),
                ),
            ],
            options={
                "verbose_name": "file of a release",
                "verbose_name_plural": "files of releases",
                "ordering": ["format"],
            },
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.UniqueConstraint(fields=("municipality", "period"), name="budget_once"),
        ),
        migrations.AddConstraint(
            model_name="budget",
            constraint=models.CheckConstraint(
                condition=models.Q(("spent__gte", 0), ("spent__lte", models.F("granted"))), name="budget_not_overspent"
            ),
        ),
        migrations.AddConstraint(
            model_name="plannedtable",
            constraint=models.UniqueConstraint(
                fields=("municipality", "year", "asked", "account"), name="planned_table_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(fields=("municipality", "dataset", "period"), name="release_once"),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="release_key"),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("drawn_at__isnull", True), ("noise__isnull", False), ("rows__isnull", True), ("sha256", "")
                    ),
                    models.Q(
                        ("drawn_at__isnull", False),
                        ("noise__isnull", True),
                        ("rows__isnull", False),
                        ("sha256__gt", ""),
                    ),
                    _connector="OR",
                ),
                name="release_booked_or_drawn",
            ),
        ),
        migrations.AddConstraint(
            model_name="booking",
            constraint=models.UniqueConstraint(fields=("municipality", "release", "budget"), name="booking_once"),
        ),
        migrations.AddConstraint(
            model_name="releasefile",
            constraint=models.UniqueConstraint(
                fields=("municipality", "release", "format", "version", "sha256"), name="release_file_once"
            ),
        ),
    ]
