"""A team is retired into another one of its municipality."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tenancy", "0009_formal_texts"),
    ]

    operations = [
        migrations.AddField(
            model_name="team",
            name="is_active",
            field=models.BooleanField(db_default=True, default=True, verbose_name="in use"),
        ),
        migrations.AddField(
            model_name="team",
            name="successor",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.team",
                verbose_name="successor",
            ),
        ),
        migrations.RunSQL(
            "ALTER TABLE tenancy_team ADD CONSTRAINT team_successor_id_same_municipality "
            "FOREIGN KEY (municipality_id, successor_id) REFERENCES tenancy_team (municipality_id, id) "
            "DEFERRABLE INITIALLY DEFERRED",
            "ALTER TABLE tenancy_team DROP CONSTRAINT team_successor_id_same_municipality",
        ),
    ]
