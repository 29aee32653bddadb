"""What the database itself holds: rows point within one municipality; history is written once, and with every state."""

from django.db import migrations

# child table, child column, parent table
WITHIN_ONE_MUNICIPALITY = [
    ("area", "parent_id", "meldingen_area"),
    ("category", "parent_id", "meldingen_category"),
    ("category", "default_team_id", "tenancy_team"),
    ("melding", "buurt_id", "meldingen_area"),
    ("melding", "category_id", "meldingen_category"),
    ("melding", "team_id", "tenancy_team"),
    ("melding", "lead_id", "meldingen_melding"),
    ("melding", "part_of_id", "meldingen_melding"),
    ("reporter", "melding_id", "meldingen_melding"),
    ("event", "melding_id", "meldingen_melding"),
    ("answer", "melding_id", "meldingen_melding"),
    ("answer", "event_id", "meldingen_event"),
    ("note", "melding_id", "meldingen_melding"),
    ("note", "event_id", "meldingen_event"),
    ("recipient", "melding_id", "meldingen_melding"),
    ("recipient", "team_id", "tenancy_team"),
    ("delivery", "event_id", "meldingen_event"),
    ("delivery", "recipient_id", "meldingen_recipient"),
    ("prediction", "melding_id", "meldingen_melding"),
    ("prediction", "model_id", "meldingen_trainedmodel"),
    ("prediction", "category_id", "meldingen_category"),
    ("routingrule", "category_id", "meldingen_category"),
    ("routingrule", "area_id", "meldingen_area"),
    ("routingrule", "team_id", "tenancy_team"),
]


def composite_key(child, column, parent):
    name = f"{child}_{column}_same_municipality"
    return migrations.RunSQL(
        f"ALTER TABLE meldingen_{child} ADD CONSTRAINT {name} FOREIGN KEY (municipality_id, {column}) "
        f"REFERENCES {parent} (municipality_id, id) DEFERRABLE INITIALLY DEFERRED",
        f"ALTER TABLE meldingen_{child} DROP CONSTRAINT {name}",
    )


EVENT_IS_APPEND_ONLY = """
CREATE FUNCTION meldingen_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- The application has no right to try it; this holds for the owner too.
    RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER event_append_only BEFORE UPDATE OR DELETE ON meldingen_event
    FOR EACH ROW EXECUTE FUNCTION meldingen_event_append_only();
"""

STATE_HAS_ITS_EVENT = """
CREATE FUNCTION meldingen_state_has_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM meldingen_event
        WHERE melding_id = NEW.id AND to_state = NEW.state AND xid = pg_current_xact_id()::text::bigint
    ) THEN
        RAISE EXCEPTION 'melding % came into state % without an event', NEW.id, NEW.state
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER melding_state_has_event_on_insert AFTER INSERT ON meldingen_melding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION meldingen_state_has_event();
CREATE CONSTRAINT TRIGGER melding_state_has_event_on_update AFTER UPDATE OF state ON meldingen_melding
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION meldingen_state_has_event();
"""

RECEIVED_AT_IS_IMMUTABLE = """
CREATE FUNCTION meldingen_received_at_immutable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'received_at never changes' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER melding_received_at_immutable BEFORE UPDATE OF received_at ON meldingen_melding
    FOR EACH ROW WHEN (OLD.received_at IS DISTINCT FROM NEW.received_at)
    EXECUTE FUNCTION meldingen_received_at_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [("meldingen", "0001_initial"), ("tenancy", "0002_integrity")]

    operations = [
        *(composite_key(*key) for key in WITHIN_ONE_MUNICIPALITY),
        migrations.RunSQL(EVENT_IS_APPEND_ONLY, "DROP FUNCTION meldingen_event_append_only CASCADE"),
        migrations.RunSQL(STATE_HAS_ITS_EVENT, "DROP FUNCTION meldingen_state_has_event CASCADE"),
        migrations.RunSQL(RECEIVED_AT_IS_IMMUTABLE, "DROP FUNCTION meldingen_received_at_immutable CASCADE"),
    ]
