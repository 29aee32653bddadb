"""Terms are read with what is urgent before all else: an index in that order."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0020_elsewhere"),
        ("tenancy", "0008_accounts"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.ExpressionWrapper(models.Q(("priority", 4), _negated=True), output_field=models.BooleanField()),
                models.F("deadline"),
                models.F("id"),
                condition=models.Q(("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"])),
                include=("priority", "state", "team", "category", "buurt", "is_suspect"),
                name="melding_by_urgency",
            ),
        ),
    ]
