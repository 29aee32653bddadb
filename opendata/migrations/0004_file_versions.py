"""The files of a release may be written anew when their head must say something else; earlier ones stay."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0017_registration"),
        ("opendata", "0003_paid_by_its_months"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="releasefile",
            name="release_file_once",
        ),
        migrations.AddField(
            model_name="releasefile",
            name="version",
            field=models.CharField(default="", max_length=64, verbose_name="version"),
        ),
        migrations.AddConstraint(
            model_name="releasefile",
            constraint=models.UniqueConstraint(
                fields=("municipality", "release", "format", "version"), name="release_file_once"
            ),
        ),
    ]
