"""The number of meldingen a year has no default: a town that did not say it has not said 15,000."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0019_search"),
    ]

    operations = [
        migrations.AlterField(
            model_name="municipality",
            name="declared_volume",
            field=models.PositiveIntegerField(
                blank=True,
                help_text="An estimate that the municipality states itself; decides which tables are precise enough to offer in the first year. After that the published totals do.",
                null=True,
                validators=[django.core.validators.MinValueValidator(1)],
                verbose_name="meldingen a year, as declared",
            ),
        ),
    ]
