"""Looks at contact details go on in the audit log of their municipality; the table that had them goes."""

from django.db import migrations

MOVE = """
INSERT INTO tenancy_auditentry (municipality_id, kind, actor_id, target, codes, network, happened_at)
SELECT looks.municipality_id, 'contact_' || looks.kind, looks.user_id,
    CASE WHEN looks.melding_id IS NULL THEN '' ELSE 'melding:' || melding.reference END,
    CASE WHEN looks.kind = 'searched' THEN jsonb_build_object('meldingen', looks.matches) ELSE '{}'::jsonb END,
    '', looks.happened_at
FROM meldingen_contactaccess AS looks LEFT JOIN meldingen_melding AS melding ON melding.id = looks.melding_id
ORDER BY looks.id
"""


class Migration(migrations.Migration):
    dependencies = [("meldingen", "0014_many"), ("tenancy", "0008_accounts")]

    operations = [
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.DeleteModel("ContactAccess"),
    ]
