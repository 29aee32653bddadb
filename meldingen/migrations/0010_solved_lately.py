"""What was solved lately is found without reading what was solved before."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meldingen", "0009_precision")]

    operations = [
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                "municipality", "closed_at", condition=models.Q(("state", "solved")), name="melding_solved"
            ),
        ),
    ]
