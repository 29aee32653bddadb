"""A rule may give a melding to a colleague of its team, and prepare an answer."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0023_retiring"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="routingrule",
            name="person",
            field=models.ForeignKey(
                blank=True,
                help_text="Empty: the team divides the work itself. Somebody of the team that is chosen above.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="colleague",
            ),
        ),
        migrations.AddField(
            model_name="routingrule",
            name="standard_text",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                help_text="Stands ready in the form, for a colleague to read and send. It is never sent by itself.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="meldingen.standardtext",
                verbose_name="standard text",
            ),
        ),
        # As in 0002: rows point within one municipality only.
        migrations.RunSQL(
            "ALTER TABLE meldingen_routingrule ADD CONSTRAINT routingrule_standard_text_id_same_municipality "
            "FOREIGN KEY (municipality_id, standard_text_id) "
            "REFERENCES meldingen_standardtext (municipality_id, id) DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE meldingen_routingrule DROP CONSTRAINT routingrule_standard_text_id_same_municipality",
        ),
    ]
