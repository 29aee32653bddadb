"""What the database itself holds: rows point within one municipality."""

from django.db import migrations

ADD = """
ALTER TABLE tenancy_membership ADD CONSTRAINT membership_team_id_same_municipality
    FOREIGN KEY (municipality_id, team_id) REFERENCES tenancy_team (municipality_id, id) DEFERRABLE INITIALLY DEFERRED
"""


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]

    operations = [
        migrations.RunSQL(ADD, "ALTER TABLE tenancy_membership DROP CONSTRAINT membership_team_id_same_municipality"),
    ]
