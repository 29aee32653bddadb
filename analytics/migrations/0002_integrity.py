"""A grid that is fixed stays as it is: the database refuses to change, remove or empty it.

TRUNCATE passes the triggers of rows, so it has one of its own. Tests empty their database by it, and say so in the
setting `meldingen.may_truncate` of their sessions.
"""

from django.db import migrations

IMMUTABLE = """
CREATE FUNCTION analytics_grid_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the grid of a year is fixed' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER grid_immutable BEFORE UPDATE OR DELETE ON analytics_grid
    FOR EACH ROW EXECUTE FUNCTION analytics_grid_immutable();
"""

REFUSE = """
CREATE FUNCTION analytics_refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('meldingen.may_truncate', true) IS DISTINCT FROM 'on' THEN
        RAISE EXCEPTION '% is never emptied', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER grid_is_not_emptied BEFORE TRUNCATE ON analytics_grid
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_refuse_truncate();
"""


class Migration(migrations.Migration):
    dependencies = [("analytics", "0001_initial")]

    operations = [
        migrations.RunSQL(IMMUTABLE, "DROP FUNCTION analytics_grid_immutable CASCADE"),
        migrations.RunSQL(REFUSE, "DROP FUNCTION analytics_refuse_truncate CASCADE"),
    ]
