"""The cursor of the facts names the cluster whose transaction ids it follows."""

from django.db import migrations, models

# A cursor that is there already was made in this cluster, as far as anybody knows. What it counted lies below it.
AS_IT_IS = """
UPDATE analytics_factcursor SET
    cluster = (SELECT system_identifier FROM pg_control_system()) || '-' || left(pg_walfile_name(pg_current_wal_lsn()), 8),
    highest = (SELECT coalesce(max(e.id), 0) FROM meldingen_event e
        WHERE e.municipality_id = analytics_factcursor.municipality_id
            AND (e.xid, e.id) <= (analytics_factcursor.xid, analytics_factcursor.event_id));
"""


class Migration(migrations.Migration):
    dependencies = [("analytics", "0004_grid_truncate"), ("meldingen", "0002_integrity")]

    operations = [
        migrations.AddField(
            model_name="factcursor",
            name="cluster",
            field=models.CharField(default="", max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(model_name="factcursor", name="settled", field=models.BigIntegerField(default=0)),
        migrations.AddField(model_name="factcursor", name="highest", field=models.BigIntegerField(default=0)),
        migrations.RunSQL(AS_IT_IS, migrations.RunSQL.noop),
    ]
