"""A release is paid by the very months that it covers, or by its year; and the ledger is never emptied."""

from django.db import migrations

# In the place of the function of 0002, which looked at the number of bookings only.
PAID_BY_ITS_MONTHS = """
CREATE OR REPLACE FUNCTION opendata_release_is_paid() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paying text[];
    months text[];
BEGIN
    SELECT array_agg(u.period::text ORDER BY u.period) INTO paying
        FROM opendata_booking b JOIN opendata_budget u ON u.id = b.budget_id AND u.municipality_id = b.municipality_id
        WHERE b.release_id = NEW.id AND b.municipality_id = NEW.municipality_id AND b.epsilon = NEW.epsilon
            AND u.kind = CASE WHEN u.period ~ '^[0-9]{4}$' THEN 'jaar' ELSE 'maand' END;
    SELECT array_agg(to_char(m, 'YYYY-MM') ORDER BY m) INTO months
        FROM generate_series(NEW.first_day::timestamp, NEW.last_day::timestamp, interval '1 month') m;
    IF cardinality(paying) IS DISTINCT FROM NEW.accounts::integer
        OR NOT (paying = months OR paying = ARRAY[to_char(NEW.first_day, 'YYYY')]) THEN
        RAISE EXCEPTION 'a release is booked on each of its accounts' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF extract(day FROM NEW.first_day) <> 1 OR extract(day FROM NEW.last_day + 1) <> 1
        OR extract(year FROM NEW.first_day) <> NEW.grid_year OR extract(year FROM NEW.last_day) <> NEW.grid_year
        OR NEW.period <> (CASE cardinality(months)
            WHEN 1 THEN months[1]
            WHEN 3 THEN to_char(NEW.first_day, 'YYYY-"Q"Q')
            WHEN 12 THEN to_char(NEW.first_day, 'YYYY') ELSE '' END) THEN
        RAISE EXCEPTION 'a release has the days of its period' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""

AS_IN_0002 = """
CREATE OR REPLACE FUNCTION opendata_release_is_paid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.accounts < 1 OR (
        SELECT count(*) FROM opendata_booking
        WHERE release_id = NEW.id AND municipality_id = NEW.municipality_id AND epsilon = NEW.epsilon
    ) <> NEW.accounts THEN
        RAISE EXCEPTION 'a release is booked on each of its accounts' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
"""

TABLES = ("release", "releasefile", "booking", "choice", "budget")

STAYS = "\n".join(
    f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON opendata_{table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION analytics_refuse_truncate();"
    for table in TABLES
)
GOES = "\n".join(f"DROP TRIGGER {table}_is_not_emptied ON opendata_{table};" for table in TABLES)


class Migration(migrations.Migration):
    dependencies = [("opendata", "0002_ledger"), ("analytics", "0004_grid_truncate")]

    operations = [migrations.RunSQL(PAID_BY_ITS_MONTHS, AS_IN_0002), migrations.RunSQL(STAYS, GOES)]
