"""The desk: worklists, claims, standard texts, who looked at contact details; and the indexes that it reads by."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

import meldingen.handling.models
import meldingen.languages


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
        ("meldingen", "0010_solved_lately"),
        ("tenancy", "0006_pdok"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("until", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ContactAccess",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("shown", "Contact details shown"), ("searched", "Searched among reporters")],
                        max_length=8,
                        verbose_name="what happened",
                    ),
                ),
                ("matches", models.PositiveSmallIntegerField(verbose_name="meldingen")),
                (
                    "happened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="when"),
                ),
            ],
            options={
                "verbose_name": "look at contact details",
                "verbose_name_plural": "looks at contact details",
                "ordering": ["-id"],
            },
        ),
        migrations.CreateModel(
            name="StandardText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                (
                    "for_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "An answer"),
                            ("waiting", "A question to the reporter"),
                            ("planned", "Planned"),
                            ("solved", "Closed: solved"),
                            ("forwarded", "Closed: forwarded"),
                            ("declined", "Closed: not taken up"),
                            ("reopened", "Opened again"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="offered with",
                    ),
                ),
                (
                    "text_texts",
                    meldingen.languages.TextsField(
                        default=meldingen.languages.Texts,
                        help_text="{kenmerk}, {categorie}, {plaats}, {team} and {dag} are filled in from the melding.",
                        validators=[meldingen.handling.models.check_blanks],
                        verbose_name="text",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "verbose_name": "standard text",
                "verbose_name_plural": "standard texts",
                "ordering": ["name", "id"],
            },
        ),
        migrations.CreateModel(
            name="Worklist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("query", models.CharField(max_length=2000)),
                ("is_shared", models.BooleanField(db_default=False, default=False, verbose_name="for all colleagues")),
            ],
            options={
                "verbose_name": "worklist",
                "verbose_name_plural": "worklists",
                "ordering": ["name", "id"],
            },
        ),
        migrations.RemoveIndex(
            model_name="melding",
            name="melding_due",
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.F("deadline"),
                models.F("id"),
                condition=models.Q(("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"])),
                include=("priority", "state", "team", "category", "buurt", "is_suspect"),
                name="melding_by_term",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.F("team"),
                models.OrderBy(
                    models.ExpressionWrapper(
                        models.Q(
                            ("priority", 4),
                            ("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"]),
                        ),
                        output_field=models.BooleanField(),
                    ),
                    descending=True,
                ),
                models.OrderBy(models.F("received_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"])),
                include=("priority", "state", "category", "buurt", "deadline", "is_suspect"),
                name="melding_open_of_team",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.F("assignee"),
                models.OrderBy(
                    models.ExpressionWrapper(
                        models.Q(
                            ("priority", 4),
                            ("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"]),
                        ),
                        output_field=models.BooleanField(),
                    ),
                    descending=True,
                ),
                models.OrderBy(models.F("received_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"])),
                include=("priority", "state", "team", "category", "buurt", "deadline", "is_suspect"),
                name="melding_open_of_person",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Lower(
                        models.Func(
                            "address",
                            models.Value(","),
                            models.Value(1),
                            function="split_part",
                            output_field=models.TextField(),
                        )
                    ),
                    "text_pattern_ops",
                ),
                condition=models.Q(("address", ""), _negated=True),
                name="melding_by_street",
            ),
        ),
        migrations.AddIndex(
            model_name="reporter",
            index=models.Index(
                models.F("municipality"),
                django.db.models.functions.text.Right(
                    models.Func(
                        "phone",
                        models.Value("[^0-9]+"),
                        models.Value(""),
                        models.Value("g"),
                        function="regexp_replace",
                        output_field=models.TextField(),
                    ),
                    9,
                ),
                condition=models.Q(("phone", ""), _negated=True),
                name="reporter_by_phone",
            ),
        ),
        migrations.AddIndex(
            model_name="reporter",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("name", config="simple"), name="reporter_by_name"
            ),
        ),
        migrations.AddField(
            model_name="claim",
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
            model_name="claim",
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
            model_name="claim",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="contactaccess",
            name="melding",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meldingen.melding",
                verbose_name="melding",
            ),
        ),
        migrations.AddField(
            model_name="contactaccess",
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
            model_name="contactaccess",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="colleague",
            ),
        ),
        migrations.AddField(
            model_name="standardtext",
            name="category",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Empty: with every category. A main category: with all under it.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meldingen.category",
                verbose_name="category",
            ),
        ),
        migrations.AddField(
            model_name="standardtext",
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
            model_name="worklist",
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
            model_name="worklist",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="made by",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(fields=("municipality", "melding"), name="claim_once"),
        ),
        migrations.AddIndex(
            model_name="contactaccess",
            index=models.Index(
                models.F("municipality"), models.OrderBy(models.F("id"), descending=True), name="contact_access_newest"
            ),
        ),
        migrations.AddConstraint(
            model_name="standardtext",
            constraint=models.UniqueConstraint(fields=("municipality", "for_state", "name"), name="standard_text_name"),
        ),
        migrations.AddConstraint(
            model_name="worklist",
            constraint=models.UniqueConstraint(fields=("municipality", "owner", "name"), name="worklist_name"),
        ),
        composite_key("claim", "melding_id", "meldingen_melding"),
        composite_key("contactaccess", "melding_id", "meldingen_melding"),
        composite_key("standardtext", "category_id", "meldingen_category"),
    ]
