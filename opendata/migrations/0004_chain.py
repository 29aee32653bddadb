"""Each release names the one before it: a chain for each municipality, made by the database where it stores a draw."""

from django.db import migrations, models

# As in 0002, with the links among what a draw writes.
DRAWN_ONCE = """
CREATE OR REPLACE FUNCTION opendata_release_drawn_once() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    numbers CONSTANT text[] := ARRAY['rows', 'noise', 'sha256', 'drawn_at', 'expected_error'{links}];
BEGIN
    IF TG_OP = 'DELETE' OR OLD.rows IS NOT NULL OR NEW.rows IS NULL
        OR jsonb_array_length(NEW.rows) <> jsonb_array_length(OLD.noise)
        OR to_jsonb(OLD) - numbers <> to_jsonb(NEW) - numbers THEN
        RAISE EXCEPTION '% is never changed or removed', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;
"""
LINKS = ", 'chain_number', 'chain_before', 'chain_sha256'"

# Of two draws at once both may see the same link as the last: the same number twice is refused, and the later draw is
# stored again (`opendata.ledger`).
DRAW = """
CREATE OR REPLACE FUNCTION opendata_store_draw(release_id bigint, its_rows jsonb, its_error double precision, its_sha256 text, moment timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    number integer;
    before text;
BEGIN
    SELECT l.chain_number, l.chain_sha256 INTO number, before
        FROM opendata_release l JOIN opendata_release r ON r.municipality_id = l.municipality_id
        WHERE r.id = release_id AND l.chain_number IS NOT NULL ORDER BY l.chain_number DESC LIMIT 1;
    number := coalesce(number, 0) + 1;
    before := coalesce(before, repeat('0', 64));
    UPDATE opendata_release
        SET rows = its_rows, noise = NULL, expected_error = its_error, sha256 = its_sha256, drawn_at = moment,
            chain_number = number, chain_before = before,
            chain_sha256 = encode(sha256(convert_to(
                concat_ws(' ', number::text, before, dataset, period, its_sha256), 'UTF8')), 'hex')
        WHERE id = release_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such release' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;
"""
DRAW_BEFORE = """
CREATE OR REPLACE FUNCTION opendata_store_draw(release_id bigint, its_rows jsonb, its_error double precision, its_sha256 text, moment timestamptz)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE opendata_release
        SET rows = its_rows, noise = NULL, expected_error = its_error, sha256 = its_sha256, drawn_at = moment
        WHERE id = release_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no such release' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("opendata", "0003_ckan_portal")]

    operations = [
        migrations.AddField(
            "release", "chain_number", models.PositiveIntegerField(null=True, verbose_name="number in the chain")
        ),
        migrations.AddField(
            "release",
            "chain_before",
            models.CharField(max_length=64, null=True, verbose_name="SHA-256 of the release before"),
        ),
        migrations.AddField(
            "release", "chain_sha256", models.CharField(max_length=64, null=True, verbose_name="SHA-256 of the release")
        ),
        migrations.AddConstraint(
            "release",
            models.UniqueConstraint(fields=["municipality", "chain_number"], name="release_chain_once"),
        ),
        migrations.RunSQL(DRAWN_ONCE.replace("{links}", LINKS), DRAWN_ONCE.replace("{links}", "")),
        migrations.RunSQL(DRAW, DRAW_BEFORE),
    ]
