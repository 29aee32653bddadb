"""Meldingen are merged one deep: what leads was not merged itself, and what is merged leads nothing."""

from django.conf import settings
from django.db import migrations, models

# The row of the lead is locked before it is looked at, and the row that is merged is locked by its own UPDATE: of two
# transactions that would make a chain or a circle of them, one waits for the other and then sees what it did.
MERGED_ONE_DEEP = """
CREATE FUNCTION meldingen_merged_one_deep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM meldingen_melding WHERE id = NEW.lead_id FOR SHARE;
    IF EXISTS (SELECT 1 FROM meldingen_melding WHERE id = NEW.lead_id AND lead_id IS NOT NULL) THEN
        RAISE EXCEPTION 'melding % was merged and leads none', NEW.lead_id USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (SELECT 1 FROM meldingen_melding WHERE lead_id = NEW.id) THEN
        RAISE EXCEPTION 'melding % leads others and is merged into none', NEW.id
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER melding_merged_one_deep_on_insert AFTER INSERT ON meldingen_melding
    FOR EACH ROW WHEN (NEW.lead_id IS NOT NULL) EXECUTE FUNCTION meldingen_merged_one_deep();
CREATE TRIGGER melding_merged_one_deep_on_update AFTER UPDATE OF lead_id ON meldingen_melding
    FOR EACH ROW WHEN (NEW.lead_id IS NOT NULL AND NEW.lead_id IS DISTINCT FROM OLD.lead_id)
    EXECUTE FUNCTION meldingen_merged_one_deep();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0003_places"),
        ("tenancy", "0003_places"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="event",
            name="kind",
            field=models.CharField(
                choices=[
                    ("received", "Received"),
                    ("warned", "Told to call 112"),
                    ("classified", "Classified"),
                    ("routed", "Routed"),
                    ("recategorised", "Category changed"),
                    ("assessed", "Danger assessed"),
                    ("assigned", "Team changed"),
                    ("moved", "State changed"),
                    ("answered", "Answered"),
                    ("noted", "Note added"),
                    ("address_confirmed", "The address says: my report"),
                    ("address_refused", "The address says: not my report"),
                    ("released", "Not suspect any more"),
                    ("struck", "Words struck out"),
                    ("merged", "Merged into another melding"),
                    ("reporter_forgotten", "Contact details forgotten"),
                    ("undone", "Undone"),
                ],
                max_length=20,
                verbose_name="what happened",
            ),
        ),
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.CheckConstraint(
                condition=models.Q(("lead", models.F("id")), _negated=True), name="melding_does_not_lead_itself"
            ),
        ),
        migrations.RunSQL(MERGED_ONE_DEEP, "DROP FUNCTION meldingen_merged_one_deep CASCADE"),
    ]
