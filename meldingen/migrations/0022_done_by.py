"""Who reported a danger is told by when it is done too, beside until when somebody looks at it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meldingen", "0021_urgency")]

    operations = [
        migrations.AddField("melding", "done_by", models.DateTimeField(editable=False, null=True)),
    ]
