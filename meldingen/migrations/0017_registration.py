"""Since when, until when and but for which days a municipality registers meldingen."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0016_addresses"),
    ]

    operations = [
        migrations.CreateModel(
            name="RegistrationGap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
            ],
            options={
                "verbose_name": "gap in the registration",
                "verbose_name_plural": "gaps in the registration",
                "ordering": ["first_day", "last_day"],
            },
        ),
        migrations.AddField(
            model_name="municipality",
            name="registered_from",
            field=models.DateField(
                blank=True,
                help_text="The first day from which every melding is in this system. Public. Tables are published of whole months from then on; while this is empty nothing is.",
                null=True,
                verbose_name="meldingen registered from",
            ),
        ),
        migrations.AddField(
            model_name="municipality",
            name="registered_until",
            field=models.DateField(
                blank=True,
                help_text="The last such day. Empty: meldingen are still registered here.",
                null=True,
                verbose_name="meldingen registered until",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("registered_from__isnull", True),
                    ("registered_until__isnull", True),
                    ("registered_from__lte", models.F("registered_until")),
                    _connector="OR",
                ),
                name="municipality_registers_forwards",
                violation_error_message="The last day of registration lies before the first.",
            ),
        ),
        migrations.AddField(
            model_name="registrationgap",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gaps",
                to="meldingen.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddConstraint(
            model_name="registrationgap",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_day__lte", models.F("last_day"))),
                name="gap_runs_forwards",
                violation_error_message="The last day of a gap lies before its first day.",
            ),
        ),
    ]
