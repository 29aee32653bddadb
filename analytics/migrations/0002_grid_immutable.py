"""A grid that is fixed stays as it is: the database refuses to change or remove it."""

from django.db import migrations

IMMUTABLE = """
CREATE FUNCTION analytics_grid_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the grid of a year is fixed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER grid_immutable BEFORE UPDATE OR DELETE ON analytics_grid
    FOR EACH ROW EXECUTE FUNCTION analytics_grid_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_initial")]

    operations = [migrations.RunSQL(IMMUTABLE, "DROP FUNCTION analytics_grid_immutable CASCADE")]
