"""Many get another category at once, and the rules are asked anew where somebody says so."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meldingen", "0025_by_due"),
    ]

    operations = [
        migrations.AddField(
            model_name="bulkact",
            name="reroute",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AlterField(
            model_name="bulkact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("close", "Close"),
                    ("assign", "Give to a team"),
                    ("merge", "Merge"),
                    ("spam", "Call spam"),
                    ("correct", "Change the category"),
                    ("category", "Retire a category"),
                    ("team", "Retire a team"),
                ],
                max_length=8,
                verbose_name="act",
            ),
        ),
        migrations.AlterField(
            model_name="bulkitem",
            name="why",
            field=models.CharField(
                blank=True,
                choices=[
                    ("changed", "A colleague or the reporter did something since you looked"),
                    ("closed", "Is closed already"),
                    ("unjudged", "An emergency that nobody has looked at: say first what danger there is"),
                    ("formal", "May be an objection or a claim: look at it by itself"),
                    ("spoken", "The reporter wrote something that nobody has read"),
                    ("same", "This team has it already"),
                    ("merged", "Is merged into another one already"),
                    ("leads", "Others were merged into this one"),
                    ("lead", "The one that leads is closed, merged itself or not for others to read"),
                    ("unseen", "Is confidential now"),
                    ("right", "Who began this may not do it any more"),
                    ("told", "Somebody heard of it already"),
                    ("retired", "This team is not in use any more"),
                    ("chosen", "A colleague chose this category already"),
                    ("old", "This category is not in use any more"),
                    ("error", "Something went wrong; try it by itself"),
                ],
                max_length=12,
            ),
        ),
    ]
