"""Words as a filter of the inbox: an address names them by an id, a saved worklist holds them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0028_landmark"),
        ("tenancy", "0010_retired_teams"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchWords",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("words", models.CharField(max_length=200)),
                ("typed_at", models.DateTimeField()),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="worklist",
            name="words",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="worklists",
                to="meldingen.searchwords",
            ),
        ),
        migrations.AddConstraint(
            model_name="searchwords",
            constraint=models.UniqueConstraint(fields=("municipality", "owner", "words"), name="search_words_once"),
        ),
        migrations.AddConstraint(
            model_name="searchwords",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="search_words_key"),
        ),
        # As in 0002: rows point within one municipality only.
        migrations.RunSQL(
            "ALTER TABLE meldingen_worklist ADD CONSTRAINT worklist_words_id_same_municipality "
            "FOREIGN KEY (municipality_id, words_id) "
            "REFERENCES meldingen_searchwords (municipality_id, id) DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE meldingen_worklist DROP CONSTRAINT worklist_words_id_same_municipality",
        ),
    ]
