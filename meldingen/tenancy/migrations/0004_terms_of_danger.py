"""An emergency has no longer term than a danger without casualties."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0003_places"),
    ]

    operations = [
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("emergency_hours__lte", models.F("hazard_hours"))),
                name="municipality_emergency_comes_first",
                violation_error_message="An emergency has no longer term than a danger without casualties.",
            ),
        ),
    ]
