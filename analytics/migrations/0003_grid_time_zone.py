"""A grid keeps the time zone by which its months begin and end, whatever is set for the municipality later."""

from django.db import migrations, models

AS_THE_MUNICIPALITY = """
ALTER TABLE analytics_grid DISABLE TRIGGER grid_immutable;
UPDATE analytics_grid SET time_zone = m.time_zone FROM meldingen_municipality m WHERE m.id = municipality_id;
ALTER TABLE analytics_grid ENABLE TRIGGER grid_immutable;
"""


class Migration(migrations.Migration):
    dependencies = [("analytics", "0002_grid_immutable"), ("meldingen", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="grid",
            name="time_zone",
            field=models.CharField(default="Europe/Amsterdam", max_length=50, verbose_name="time zone"),
            preserve_default=False,
        ),
        migrations.RunSQL(AS_THE_MUNICIPALITY, migrations.RunSQL.noop),
    ]
