"""Every release carries its expected error; those that were drawn before get theirs from their own rows."""

import math

from django.db import migrations, models


def from_its_own_rows(apps, schema_editor):
    """As `disclosure.error_of`; the numbers that were drawn stay as they are."""
    release_model = apps.get_model("opendata", "Release")
    # The trigger of rows only: no session can use the table until the migration is over.
    schema_editor.execute("ALTER TABLE opendata_release DISABLE TRIGGER release_immutable")
    for release in release_model.objects.order_by("pk").iterator(chunk_size=50):
        total = sum(row[-3] for row in release.rows)
        if total > 0:
            p = math.exp(-float(release.epsilon))
            error = len(release.rows) * 2 * p / (1 - p * p) / total
            release_model.objects.filter(pk=release.pk).update(expected_error=error)
    schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks to come cannot be altered
    schema_editor.execute("ALTER TABLE opendata_release ENABLE TRIGGER release_immutable")


class Migration(migrations.Migration):
    dependencies = [
        ("opendata", "0004_file_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="release",
            name="expected_error",
            field=models.FloatField(null=True, verbose_name="expected error"),
        ),
        migrations.RunPython(from_its_own_rows, migrations.RunPython.noop),
    ]
