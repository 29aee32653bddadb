"""Search in text and place, whatever the accents and however they were typed."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

# Dutch words without their accents. A configuration, for what a generated column asks must never change.
CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION dutch_unaccented (COPY = dutch);
ALTER TEXT SEARCH CONFIGURATION dutch_unaccented
    ALTER MAPPING FOR word, hword, hword_part WITH unaccent, dutch_stem;
ALTER TEXT SEARCH CONFIGURATION dutch_unaccented
    ALTER MAPPING FOR numword, numhword, hword_numpart WITH unaccent, simple;
"""
TEXTS = [
    models.Func(
        name, function="NORMALIZE", template="%(function)s(%(expressions)s, NFKC)", output_field=models.TextField()
    )
    for name in ("text", "place_text")
]


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0018_area_sources"),
    ]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(CONFIGURATION, "DROP TEXT SEARCH CONFIGURATION dutch_unaccented"),
        migrations.RemoveIndex(model_name="melding", name="melding_search"),
        migrations.RemoveField(model_name="melding", name="search"),
        migrations.AddField(
            model_name="melding",
            name="search",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.contrib.postgres.search.SearchVector(*TEXTS, config="dutch_unaccented"),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=django.contrib.postgres.indexes.GinIndex(models.F("search"), name="melding_search"),
        ),
    ]
