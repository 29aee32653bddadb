"""A rule can ask for a kind of object, for words in the text and for a channel."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import meldingen.routing.models.rule


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
        ("meldingen", "0004_merging"),
    ]

    operations = [
        migrations.AddField(
            model_name="routingrule",
            name="asset_kind",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Empty: with or without an object.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meldingen.assetkind",
                verbose_name="kind of object",
            ),
        ),
        migrations.AddField(
            model_name="routingrule",
            name="channel",
            field=models.CharField(
                blank=True,
                choices=[
                    ("web", "Website"),
                    ("phone", "Telephone"),
                    ("counter", "Counter"),
                    ("email", "E-mail"),
                    ("api", "API"),
                    ("import", "Imported"),
                ],
                db_default="",
                default="",
                help_text="Empty: every channel.",
                max_length=8,
                verbose_name="channel",
            ),
        ),
        migrations.AddField(
            model_name="routingrule",
            name="words",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.TextField(),
                blank=True,
                db_default=[],
                default=list,
                help_text="With commas between them; one of them is enough. A star stands for any letters: rat, afval*.",
                size=None,
                validators=[meldingen.routing.models.rule.refuse_no_words],
                verbose_name="words in the text",
            ),
        ),
        composite_key("routingrule", "asset_kind_id", "meldingen_assetkind"),
    ]
