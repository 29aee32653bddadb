"""TRUNCATE passes the triggers of rows, so it is refused by one of its own. Tests empty their database by it, and say
so in the setting `meldingen.may_truncate` of their sessions."""

from django.db import migrations

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
    dependencies = [("analytics", "0003_grid_time_zone")]

    operations = [migrations.RunSQL(REFUSE, "DROP FUNCTION analytics_refuse_truncate CASCADE")]
