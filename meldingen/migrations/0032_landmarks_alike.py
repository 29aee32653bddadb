"""Places by their name are looked for among fewer: those that `by_name` would show, and no others."""

from django.db import migrations

ALIKE = """
CREATE OR REPLACE FUNCTION meldingen_landmarks_alike(here bigint, typed text, begins text)
RETURNS SETOF meldingen_landmark LANGUAGE sql STABLE SET enable_seqscan = off SET enable_indexscan = off {threshold} AS $$
    SELECT * FROM meldingen_landmark
    WHERE municipality_id + 0 = here AND ({letters}key %> typed OR key LIKE begins)
$$"""
# What shares a third of its letters as a whole is read seven times as often as it is shown. What shares half of those
# that were typed, in a part of the name, is all that counts (LEAST in places/landmarks.py).
NOW = ALIKE.format(threshold="SET pg_trgm.word_similarity_threshold = 0.5", letters="")
BEFORE = ALIKE.format(threshold="", letters="key % typed OR ")


class Migration(migrations.Migration):
    dependencies = [("meldingen", "0031_object_numbers")]

    operations = [
        # A session that has not used the letters yet does not know their setting, and only a superuser may name one then.
        migrations.RunSQL("SELECT show_limit()", migrations.RunSQL.noop),
        migrations.RunSQL(NOW, BEFORE),
    ]
