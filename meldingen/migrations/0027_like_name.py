"""A name that is spelt nearly right is found by an index."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0026_many_corrected"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="reporter",
            index=GinIndex(OpClass("name", "gin_trgm_ops"), name="reporter_like_name"),
        ),
    ]
