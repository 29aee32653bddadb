"""Coordinators hear of a threat."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0017_upkeep"),
        ("tenancy", "0007_message"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="recipient",
            name="recipient_of_one_thing",
        ),
        migrations.RemoveIndex(
            model_name="delivery",
            name="delivery_ours_due",
        ),
        migrations.RemoveIndex(
            model_name="delivery",
            name="delivery_heard",
        ),
        migrations.AlterField(
            model_name="delivery",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("receipt", "Receipt"),
                    ("news", "News"),
                    ("invitation", "Asks whether somebody wants to follow"),
                    ("link", "The link that somebody asked for"),
                    ("alarm", "Danger"),
                    ("work", "Work for a team"),
                    ("threat", "Threat"),
                ],
                max_length=10,
                verbose_name="what for",
            ),
        ),
        migrations.AlterField(
            model_name="recipient",
            name="kind",
            field=models.CharField(
                choices=[
                    ("reporter", "Reporter"),
                    ("follower", "Follower"),
                    ("team", "Team"),
                    ("duty", "Duty mailbox"),
                    ("coords", "Coordinators"),
                ],
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("due_at"),
                condition=models.Q(("due_at__isnull", False), ("purpose__in", ("alarm", "work", "threat"))),
                name="delivery_ours_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("recipient"),
                models.F("sent_at"),
                condition=models.Q(("purpose__in", ("alarm", "work", "threat")), ("sent_at__isnull", False)),
                name="delivery_heard",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "coords")), fields=("municipality",), name="recipient_coordinators_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["reporter", "follower"]), ("melding__isnull", False), ("team__isnull", True)
                    ),
                    models.Q(("kind", "team"), ("melding__isnull", True), ("team__isnull", False)),
                    models.Q(("kind__in", ["duty", "coords"]), ("melding__isnull", True), ("team__isnull", True)),
                    _connector="OR",
                ),
                name="recipient_of_one_thing",
            ),
        ),
    ]
