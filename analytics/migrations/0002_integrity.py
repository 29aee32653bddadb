"""A grid that is fixed stays as it is, and the last event can be told for sure."""

from django.db import migrations

IMMUTABLE = """
CREATE FUNCTION analytics_grid_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the grid of a year is fixed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER grid_immutable BEFORE UPDATE OR DELETE ON analytics_grid
    FOR EACH ROW EXECUTE FUNCTION analytics_grid_immutable();
"""

# Who may not change events may not lock their table either, so the owner does. `meldingen.management.rights` says who
# may call it.
LAST_EVENT = """
CREATE FUNCTION analytics_last_event() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp
AS $$
BEGIN
    LOCK TABLE meldingen_event IN SHARE MODE;
    RETURN (SELECT coalesce(max(id), 0) FROM meldingen_event);
END $$;
REVOKE ALL ON FUNCTION analytics_last_event FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_initial")]

    operations = [
        migrations.RunSQL(IMMUTABLE, "DROP FUNCTION analytics_grid_immutable CASCADE"),
        migrations.RunSQL(LAST_EVENT, "DROP FUNCTION analytics_last_event"),
    ]
