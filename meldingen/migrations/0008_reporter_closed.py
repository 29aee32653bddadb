from django.db import migrations, models

# The last event into a closed state, of what is closed now.
CLOSED_SINCE = """
UPDATE meldingen_reporter r SET closed_at = (
    SELECT max(e.happened_at) FROM meldingen_event e
    WHERE e.melding_id = r.melding_id AND e.to_state IN ('solved', 'forwarded', 'declined')
)
FROM meldingen_melding m WHERE m.id = r.melding_id AND m.state IN ('solved', 'forwarded', 'declined')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0007_prediction_due"),
    ]

    operations = [
        migrations.AddField(
            model_name="reporter",
            name="closed_at",
            field=models.DateTimeField(editable=False, null=True),
        ),
        migrations.RunSQL(CLOSED_SINCE, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="reporter",
            index=models.Index(
                models.F("municipality"),
                models.F("closed_at"),
                condition=models.Q(("closed_at__isnull", False)),
                name="reporter_to_forget",
            ),
        ),
    ]
