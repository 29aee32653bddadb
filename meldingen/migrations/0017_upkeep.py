"""What came back, who wants to know in the morning what is broken, and when beat last worked."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0016_exports"),
        ("tenancy", "0007_message"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Heartbeat",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=30, unique=True)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="MorningReader",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("told_on", models.DateField(null=True)),
            ],
        ),
        migrations.AddField(
            model_name="delivery",
            name="bounce_code",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=9),
        ),
        migrations.AddField(
            model_name="delivery",
            name="bounced_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="came back"),
        ),
        migrations.AddField(
            model_name="recipient",
            name="bounce_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=9),
        ),
        migrations.AddField(
            model_name="recipient",
            name="bounced_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="recipient",
            name="bounced_key",
            field=models.CharField(blank=True, db_default="", default="", max_length=64),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("municipality"),
                models.F("bounced_at"),
                condition=models.Q(("bounced_at__isnull", False)),
                name="delivery_bounced",
            ),
        ),
        migrations.AddField(
            model_name="morningreader",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="morningreader",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="colleague",
            ),
        ),
        migrations.AddConstraint(
            model_name="morningreader",
            constraint=models.UniqueConstraint(fields=("municipality", "user"), name="morning_reader_once"),
        ),
    ]
