"""Contact details are kept for 30 days at least."""

import django.core.validators
from django.db import migrations, models

LEAST = 30


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0020_volume_undeclared"),
    ]

    operations = [
        # Shorter terms become the shortest that there is.
        migrations.RunSQL(
            f"UPDATE meldingen_municipality SET retention_days = {LEAST} WHERE retention_days < {LEAST}",  # noqa: S608
            migrations.RunSQL.noop,
        ),
        migrations.AlterField(
            model_name="municipality",
            name="retention_days",
            field=models.PositiveSmallIntegerField(
                default=365,
                help_text="At least 30: who is not content with how it was solved says so within weeks.",
                validators=[django.core.validators.MinValueValidator(LEAST)],
                verbose_name="days that contact details are kept after closing",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("retention_days__gte", LEAST)), name="municipality_keeps_contact_a_while"
            ),
        ),
    ]
