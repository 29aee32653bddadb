"""Worklists by term have what has no term in them: an index in that order."""

from django.conf import settings
from django.db import migrations, models
from django.db.models.functions import Coalesce


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0024_rule_person_and_text"),
        ("tenancy", "0010_retired_teams"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.ExpressionWrapper(models.Q(("priority", 4), _negated=True), output_field=models.BooleanField()),
                Coalesce("deadline", "received_at"),
                models.F("id"),
                condition=models.Q(("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"])),
                include=("priority", "state", "team", "category", "buurt", "deadline", "is_suspect"),
                name="melding_by_due",
            ),
        ),
    ]
