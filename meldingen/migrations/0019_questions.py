"""What categories ask besides, and what reporters answered, each within one municipality."""

import django.db.models.deletion
from django.db import migrations, models

import meldingen.languages

# child table, child column, parent table: as in 0002, rows point within one municipality only.
WITHIN_ONE_MUNICIPALITY = [
    ("question", "category_id", "meldingen_category"),
    ("reply", "melding_id", "meldingen_melding"),
    ("reply", "question_id", "meldingen_question"),
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
        ("meldingen", "0018_threats"),
        ("tenancy", "0007_message"),
    ]

    operations = [
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(max_length=60, verbose_name="code")),
                (
                    "question_texts",
                    meldingen.languages.TextsField(
                        default=meldingen.languages.Texts, max_length=200, verbose_name="question"
                    ),
                ),
                (
                    "hint_texts",
                    meldingen.languages.TextsField(
                        blank=True, default=meldingen.languages.Texts, max_length=200, verbose_name="explanation"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "text"),
                            ("number", "number"),
                            ("one", "one of these"),
                            ("several", "several of these"),
                            ("yes_no", "yes or no"),
                            ("date", "date"),
                        ],
                        default="text",
                        max_length=8,
                        verbose_name="kind of answer",
                    ),
                ),
                (
                    "choice_texts",
                    meldingen.languages.TextsField(
                        blank=True,
                        default=meldingen.languages.Texts,
                        help_text="For “one of these” and “several of these”: one on each line, in the same order in each language.",
                        verbose_name="choices",
                    ),
                ),
                ("is_required", models.BooleanField(default=False, verbose_name="must be answered")),
                ("position", models.PositiveSmallIntegerField(default=10, verbose_name="order")),
                ("version", models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="version")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "category",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        help_text="Of a main category it is asked for all under it.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.category",
                        verbose_name="category",
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
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ["position", "id"],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("text", "text"),
                            ("number", "number"),
                            ("one", "one of these"),
                            ("several", "several of these"),
                            ("yes_no", "yes or no"),
                            ("date", "date"),
                        ],
                        max_length=8,
                    ),
                ),
                ("question_texts", meldingen.languages.TextsField(default=meldingen.languages.Texts)),
                ("choice_texts", meldingen.languages.TextsField(blank=True, default=meldingen.languages.Texts)),
                ("value", models.TextField()),
                (
                    "melding",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replies",
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
                (
                    "question",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.question",
                    ),
                ),
            ],
            options={
                "verbose_name": "reply",
                "verbose_name_plural": "replies",
                "ordering": ["id"],
            },
        ),
        migrations.AddIndex(
            model_name="question",
            index=models.Index(models.F("category"), name="question_of_category"),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("municipality", "slug"),
                name="question_slug",
                violation_error_message="Another question has this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="question_key"),
        ),
        migrations.AddConstraint(
            model_name="reply",
            constraint=models.UniqueConstraint(fields=("municipality", "melding", "question"), name="reply_once"),
        ),
        *[composite_key(*link) for link in WITHIN_ONE_MUNICIPALITY],
    ]
