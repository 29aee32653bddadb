"""A release is booked with its noise before any count is looked at; then it is drawn, once, and the noise forgotten.
The account is part of what tells one table from another."""

from django.db import migrations, models

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
DROP TRIGGER release_immutable ON opendata_release;
CREATE TRIGGER release_immutable BEFORE UPDATE OR DELETE ON opendata_release
    FOR EACH ROW EXECUTE FUNCTION opendata_release_drawn_once();
"""
NEVER = """
DROP FUNCTION opendata_release_drawn_once CASCADE;
CREATE TRIGGER release_immutable BEFORE UPDATE OR DELETE ON opendata_release
    FOR EACH ROW EXECUTE FUNCTION opendata_immutable();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0020_volume_undeclared"),
        ("opendata", "0006_indexes"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="choice",
            name="choice_once_a_year",
        ),
        migrations.AddField(
            model_name="choice",
            name="account",
            field=models.CharField(
                choices=[("maand", "Month"), ("jaar", "Year")], default="maand", max_length=5, verbose_name="account"
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="noise",
            field=models.JSONField(null=True, verbose_name="noise"),
        ),
        migrations.AlterField(
            model_name="release",
            name="drawn_at",
            field=models.DateTimeField(null=True, verbose_name="drawn"),
        ),
        migrations.AlterField(
            model_name="release",
            name="rows",
            field=models.JSONField(null=True, verbose_name="rows"),
        ),
        migrations.AlterField(
            model_name="release",
            name="sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="SHA-256"),
        ),
        migrations.AddConstraint(
            model_name="choice",
            constraint=models.UniqueConstraint(
                fields=("municipality", "year", "asked", "account"), name="choice_once_a_year"
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("drawn_at__isnull", True), ("noise__isnull", False), ("rows__isnull", True), ("sha256", "")
                    ),
                    models.Q(
                        ("drawn_at__isnull", False),
                        ("noise__isnull", True),
                        ("rows__isnull", False),
                        ("sha256__gt", ""),
                    ),
                    _connector="OR",
                ),
                name="release_booked_or_drawn",
            ),
        ),
        migrations.RunSQL(DRAWN_ONCE, NEVER),
    ]
