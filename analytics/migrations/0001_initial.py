"""Facts and grids."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="FactCursor",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("xid", models.BigIntegerField(default=0)),
                ("event_id", models.BigIntegerField(default=0)),
                ("cluster", models.CharField(max_length=40)),
                ("settled", models.BigIntegerField(default=0)),
                ("highest", models.BigIntegerField(default=0)),
                (
                    "municipality",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "cursor of the facts",
                "verbose_name_plural": "cursors of the facts",
            },
        ),
        migrations.CreateModel(
            name="Fact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("buurt", models.CharField(max_length=10, verbose_name="buurt")),
                ("category", models.CharField(blank=True, max_length=80, verbose_name="category")),
                ("team", models.CharField(blank=True, max_length=50, verbose_name="team")),
                ("channel", models.CharField(max_length=8, verbose_name="channel")),
                (
                    "measure",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("solved", "Solved"),
                            ("forwarded", "Forwarded to another organisation"),
                            ("declined", "Not taken up"),
                            ("reopened", "Opened again"),
                        ],
                        max_length=12,
                        verbose_name="measure",
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="number")),
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
                "verbose_name": "measure of a day",
                "verbose_name_plural": "measures of days",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("municipality", "day", "measure", "buurt", "category", "team", "channel"),
                        name="fact_cell",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Grid",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("vintage", models.PositiveSmallIntegerField(verbose_name="year of the borders")),
                ("time_zone", models.CharField(max_length=50, verbose_name="time zone")),
                ("areas", models.JSONField(verbose_name="areas")),
                ("categories", models.JSONField(verbose_name="categories")),
                ("borders", models.JSONField(verbose_name="borders")),
                ("attribution", models.CharField(blank=True, max_length=200, verbose_name="source of the borders")),
                ("fixed_at", models.DateTimeField(auto_now_add=True, verbose_name="fixed")),
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
                "verbose_name": "grid of keys",
                "verbose_name_plural": "grids of keys",
                "ordering": ["year"],
                "constraints": [models.UniqueConstraint(fields=("municipality", "year"), name="grid_once_a_year")],
            },
        ),
    ]
