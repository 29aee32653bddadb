"""What the database itself holds: rows point within one municipality."""

from django.db import migrations


def composite_key(column, parent):
    name = f"membershipteam_{column}_same_municipality"
    return migrations.RunSQL(
        f"ALTER TABLE tenancy_membershipteam ADD CONSTRAINT {name} FOREIGN KEY (municipality_id, {column}) "
        f"REFERENCES {parent} (municipality_id, id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE tenancy_membershipteam DROP CONSTRAINT {name}",
    )


class Migration(migrations.Migration):
    dependencies = [("tenancy", "0001_initial")]

    operations = [composite_key("membership_id", "tenancy_membership"), composite_key("team_id", "tenancy_team")]
