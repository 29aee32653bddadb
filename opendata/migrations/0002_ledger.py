"""The ledger as the database holds it: nothing overspent, nothing drawn twice, nothing changed afterwards."""

from django.db import migrations

# child table, child columns, parent table, parent columns
KEYS = [
    ("booking", "budget_id", "opendata_budget", "id"),
    ("booking", "release_id", "opendata_release", "id"),
    ("releasefile", "release_id", "opendata_release", "id"),
    ("release", "grid_year", "analytics_grid", "year"),
]

BUDGET_KEY = "ALTER TABLE opendata_budget ADD CONSTRAINT budget_key UNIQUE (municipality_id, id)"


def composite_key(child, column, parent, parent_column):
    name = f"{child}_{column}_same_municipality"
    return migrations.RunSQL(
        f"ALTER TABLE opendata_{child} ADD CONSTRAINT {name} FOREIGN KEY (municipality_id, {column}) "
        f"REFERENCES {parent} (municipality_id, {parent_column}) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE opendata_{child} DROP CONSTRAINT {name}",
    )


IMMUTABLE = """
CREATE FUNCTION opendata_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER release_file_immutable BEFORE UPDATE OR DELETE ON opendata_releasefile
    FOR EACH ROW EXECUTE FUNCTION opendata_immutable();
CREATE TRIGGER booking_immutable BEFORE UPDATE OR DELETE ON opendata_booking
    FOR EACH ROW EXECUTE FUNCTION opendata_immutable();
CREATE TRIGGER planned_table_immutable BEFORE UPDATE OR DELETE ON opendata_plannedtable
    FOR EACH ROW EXECUTE FUNCTION opendata_immutable();
CREATE TRIGGER budget_stays BEFORE DELETE ON opendata_budget
    FOR EACH ROW EXECUTE FUNCTION opendata_immutable();
"""

BUDGET_IS_WRITTEN_BY_BOOKINGS = """
CREATE FUNCTION opendata_budget_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.spent <> 0 THEN
            RAISE EXCEPTION 'a budget begins unspent' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END IF;
    -- Depth 1 is a statement of a client, depth 2 the trigger of a booking.
    IF pg_trigger_depth() < 2 OR (NEW.municipality_id, NEW.kind, NEW.period, NEW.granted)
        IS DISTINCT FROM (OLD.municipality_id, OLD.kind, OLD.period, OLD.granted) OR NEW.spent < OLD.spent THEN
        RAISE EXCEPTION 'a budget is spent by bookings alone' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER budget_guard BEFORE INSERT OR UPDATE ON opendata_budget
    FOR EACH ROW EXECUTE FUNCTION opendata_budget_guard();

-- By the owner: the application may not change a budget.
CREATE FUNCTION opendata_booking_spends() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NEW.epsilon <= 0 THEN
        RAISE EXCEPTION 'a booking is above zero' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    UPDATE opendata_budget SET spent = spent + NEW.epsilon
        WHERE id = NEW.budget_id AND municipality_id = NEW.municipality_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such budget' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER booking_spends AFTER INSERT ON opendata_booking
    FOR EACH ROW EXECUTE FUNCTION opendata_booking_spends();
"""

RELEASE_IS_PAID = """
CREATE FUNCTION opendata_release_is_paid() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE CONSTRAINT TRIGGER release_is_paid AFTER INSERT ON opendata_release
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION opendata_release_is_paid();
"""

# Booked with its noise before any count is looked at; then drawn, once, and the noise forgotten.
DRAWN_ONCE = """
CREATE FUNCTION opendata_release_drawn_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    numbers CONSTANT text[] := ARRAY['rows', 'noise', 'sha256', 'drawn_at', 'expected_error'];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.rows IS NOT NULL OR NEW.rows IS NULL
        OR jsonb_array_length(NEW.rows) <> jsonb_array_length(OLD.noise)
        OR to_jsonb(OLD) - numbers <> to_jsonb(NEW) - numbers THEN
        RAISE EXCEPTION '% is never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER release_immutable BEFORE UPDATE OR DELETE ON opendata_release
    FOR EACH ROW EXECUTE FUNCTION opendata_release_drawn_once();
"""

# The application may not change a release; this is how the owner does it for the application, and the trigger above sees
# to it that it happens once. `meldingen.management.rights` says who may call it.
DRAW = """
CREATE FUNCTION opendata_store_draw(release_id bigint, its_rows jsonb, its_error double precision, its_sha256 text, moment timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE opendata_release
        SET rows = its_rows, noise = NULL, expected_error = its_error, sha256 = its_sha256, drawn_at = moment
        WHERE id = release_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such release' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;
REVOKE ALL ON FUNCTION opendata_store_draw FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("opendata", "0001_initial"), ("analytics", "0002_integrity")]

    operations = [
        migrations.RunSQL(BUDGET_KEY, "ALTER TABLE opendata_budget DROP CONSTRAINT budget_key"),
        *(composite_key(*key) for key in KEYS),
        migrations.RunSQL(IMMUTABLE, "DROP FUNCTION opendata_immutable CASCADE"),
        migrations.RunSQL(
            BUDGET_IS_WRITTEN_BY_BOOKINGS,
            "DROP FUNCTION opendata_budget_guard CASCADE; DROP FUNCTION opendata_booking_spends CASCADE",
        ),
        migrations.RunSQL(RELEASE_IS_PAID, "DROP FUNCTION opendata_release_is_paid CASCADE"),
        migrations.RunSQL(DRAWN_ONCE, "DROP FUNCTION opendata_release_drawn_once CASCADE"),
        migrations.RunSQL(DRAW, "DROP FUNCTION opendata_store_draw"),
    ]
