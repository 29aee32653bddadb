from django.db import migrations, models

# What the sweep of before would still have asked a prediction for.
WAITING = """
UPDATE meldingen_melding m SET prediction_due_at = m.received_at
WHERE m.source <> 'import' AND NOT EXISTS (SELECT 1 FROM meldingen_prediction p WHERE p.melding_id = m.id)
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0006_time_zone"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="melding",
            name="melding_not_taken_up",
        ),
        migrations.AddField(
            model_name="melding",
            name="prediction_due_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunSQL(WAITING, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("prediction_due_at"),
                condition=models.Q(("prediction_due_at__isnull", False)),
                name="melding_prediction_due",
            ),
        ),
    ]
