"""What is stored of meldingen, and how it is searched."""

import django.contrib.gis.db.models.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.conf import settings
from django.contrib.postgres.operations import UnaccentExtension
from django.db import migrations, models

import meldingen.categories.subjects
import meldingen.languages
import meldingen.record.models.event

# Dutch words without their accents. A configuration, for what a generated column asks must never change.
CONFIGURATION = """
CREATE TEXT SEARCH CONFIGURATION dutch_unaccented (COPY = dutch);
ALTER TEXT SEARCH CONFIGURATION dutch_unaccented
    ALTER MAPPING FOR word, hword, hword_part WITH unaccent, dutch_stem;
ALTER TEXT SEARCH CONFIGURATION dutch_unaccented
    ALTER MAPPING FOR numword, numhword, hword_numpart WITH unaccent, simple;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        UnaccentExtension(),
        migrations.RunSQL(CONFIGURATION, "DROP TEXT SEARCH CONFIGURATION dutch_unaccented"),
        migrations.CreateModel(
            name="Mailbox",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "single_mails",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.DateTimeField(), default=list, size=None
                    ),
                ),
                ("digest_at", models.DateTimeField(null=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("refused_at", models.DateTimeField(null=True)),
                ("used_at", models.DateTimeField(db_index=True)),
            ],
        ),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.CharField(
                        choices=[("gemeente", "Gemeente"), ("wijk", "Wijk"), ("buurt", "Buurt")],
                        max_length=8,
                        verbose_name="level",
                    ),
                ),
                ("code", models.CharField(max_length=10, verbose_name="CBS code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                ("vintage", models.PositiveSmallIntegerField(verbose_name="year of the borders")),
                ("geometry", django.contrib.gis.db.models.fields.MultiPolygonField(srid=28992, verbose_name="border")),
                ("inhabitants", models.PositiveIntegerField(blank=True, null=True, verbose_name="inhabitants")),
                ("households", models.PositiveIntegerField(blank=True, null=True, verbose_name="households")),
                ("density", models.PositiveIntegerField(blank=True, null=True, verbose_name="inhabitants per km²")),
                (
                    "ages",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        help_text="Percentages by CBS column; a missing one is unknown.",
                        verbose_name="age groups",
                    ),
                ),
                (
                    "attribution",
                    models.CharField(
                        blank=True,
                        help_text="Shown wherever the border is.",
                        max_length=200,
                        verbose_name="source of the border",
                    ),
                ),
                (
                    "is_retired",
                    models.BooleanField(
                        default=False,
                        help_text="A corrected file of the same year no longer has it.",
                        verbose_name="withdrawn",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="meldingen.area",
                        verbose_name="lies in",
                    ),
                ),
            ],
            options={
                "verbose_name": "area",
                "verbose_name_plural": "areas",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "service_amount",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: the service level of the main category; without one there either, there is no deadline.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999),
                        ],
                        verbose_name="service level",
                    ),
                ),
                (
                    "service_unit",
                    models.CharField(
                        choices=[
                            ("working_days", "working days"),
                            ("calendar_days", "calendar days"),
                            ("hours", "hours"),
                        ],
                        default="working_days",
                        help_text="Hours go by the clock, also at night and on days off.",
                        max_length=13,
                        verbose_name="counted in",
                    ),
                ),
                ("slug", models.SlugField(max_length=80, verbose_name="code")),
                (
                    "name_texts",
                    meldingen.languages.TextsField(
                        default=meldingen.languages.Texts, max_length=100, verbose_name="name"
                    ),
                ),
                (
                    "guidance_texts",
                    meldingen.languages.TextsField(
                        blank=True, default=meldingen.languages.Texts, verbose_name="guidance"
                    ),
                ),
                (
                    "subject",
                    models.SlugField(
                        blank=True,
                        help_text="A code of the common list: by it a shared model knows the category. Empty: it does not.",
                        max_length=80,
                        validators=[meldingen.categories.subjects.check_subject],
                        verbose_name="common subject",
                    ),
                ),
                (
                    "public_as",
                    models.CharField(
                        choices=[("cijfers", "Only inside protected figures"), ("kaart", "Place and day on the map")],
                        default="cijfers",
                        max_length=8,
                        verbose_name="public as",
                    ),
                ),
                (
                    "is_confidential",
                    models.BooleanField(
                        db_default=False,
                        default=False,
                        help_text="Its meldingen are seen by the team that has them and by coordinators and managers only.",
                        verbose_name="confidential",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "default_team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.team",
                        verbose_name="team",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="meldingen.category",
                        verbose_name="main category",
                    ),
                ),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "ordering": ["slug"],
            },
        ),
        migrations.CreateModel(
            name="Melding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reference", models.CharField(max_length=8, verbose_name="reference")),
                ("follow_token", models.CharField(editable=False, max_length=43)),
                ("text", models.TextField(blank=True, verbose_name="what is the matter")),
                (
                    "point",
                    django.contrib.gis.db.models.fields.PointField(
                        blank=True, null=True, spatial_index=False, srid=28992, verbose_name="place"
                    ),
                ),
                (
                    "place_source",
                    models.CharField(
                        choices=[
                            ("pin", "Pin on the map"),
                            ("address", "Address or description"),
                            ("buurt", "Neighbourhood from the list"),
                        ],
                        max_length=8,
                        verbose_name="place given as",
                    ),
                ),
                ("place_text", models.CharField(blank=True, max_length=200, verbose_name="address or description")),
                (
                    "category_by",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "Nobody yet"),
                            ("resident", "Reporter"),
                            ("model", "Model"),
                            ("staff", "Colleague"),
                            ("import", "Imported"),
                        ],
                        default="",
                        max_length=8,
                        verbose_name="category by",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("new", "New"),
                            ("assigned", "With a team"),
                            ("in_progress", "In progress"),
                            ("planned", "Planned"),
                            ("waiting", "Waiting for the reporter"),
                            ("solved", "Solved"),
                            ("forwarded", "Forwarded to another organisation"),
                            ("declined", "Not taken up"),
                            ("withdrawn", "Withdrawn by the reporter"),
                            ("spam", "Spam"),
                            ("threat", "Threat"),
                            ("reopened", "Opened again"),
                        ],
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                (
                    "danger",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No danger"),
                            ("gas", "Danger: gas"),
                            ("life", "Danger to people"),
                            ("hazard", "Dangerous, nobody hurt"),
                        ],
                        default="",
                        max_length=6,
                        verbose_name="danger",
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Low"), (2, "Normal"), (3, "High"), (4, "Urgent")],
                        default=2,
                        verbose_name="priority",
                    ),
                ),
                ("deadline", models.DateTimeField(blank=True, null=True, verbose_name="deadline")),
                ("promised_at", models.DateTimeField(blank=True, null=True, verbose_name="promised")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("web", "Website"),
                            ("phone", "Telephone"),
                            ("counter", "Counter"),
                            ("email", "E-mail"),
                            ("api", "API"),
                            ("import", "Imported"),
                        ],
                        max_length=8,
                        verbose_name="channel",
                    ),
                ),
                ("received_at", models.DateTimeField(editable=False, verbose_name="received")),
                ("closed_at", models.DateTimeField(editable=False, null=True, verbose_name="closed")),
                ("prediction_due_at", models.DateTimeField(editable=False, null=True)),
                ("prediction_claims", models.PositiveSmallIntegerField(db_default=0, default=0, editable=False)),
                ("submission_key", models.UUIDField(editable=False, null=True)),
                (
                    "submission_fingerprint",
                    models.CharField(blank=True, db_default="", default="", editable=False, max_length=64),
                ),
                (
                    "is_suspect",
                    models.BooleanField(db_default=False, default=False, editable=False, verbose_name="suspect"),
                ),
                (
                    "is_audited",
                    models.BooleanField(db_default=False, default=False, editable=False, verbose_name="audited"),
                ),
                ("struck_at", models.DateTimeField(editable=False, null=True, verbose_name="words struck out")),
                ("external_id", models.CharField(blank=True, max_length=64, verbose_name="number in the source")),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=django.contrib.postgres.search.SearchVector(
                            models.Func(
                                "text",
                                function="NORMALIZE",
                                output_field=models.TextField(),
                                template="%(function)s(%(expressions)s, NFKC)",
                            ),
                            models.Func(
                                "place_text",
                                function="NORMALIZE",
                                output_field=models.TextField(),
                                template="%(function)s(%(expressions)s, NFKC)",
                            ),
                            config="dutch_unaccented",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="colleague",
                    ),
                ),
                (
                    "buurt",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.area",
                        verbose_name="neighbourhood",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="entered by",
                    ),
                ),
                (
                    "lead",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "part_of",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "verbose_name": "melding",
                "verbose_name_plural": "meldingen",
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
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
                            ("reporter_forgotten", "Contact details forgotten"),
                            ("undone", "Undone"),
                        ],
                        max_length=20,
                        verbose_name="what happened",
                    ),
                ),
                (
                    "from_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new", "New"),
                            ("assigned", "With a team"),
                            ("in_progress", "In progress"),
                            ("planned", "Planned"),
                            ("waiting", "Waiting for the reporter"),
                            ("solved", "Solved"),
                            ("forwarded", "Forwarded to another organisation"),
                            ("declined", "Not taken up"),
                            ("withdrawn", "Withdrawn by the reporter"),
                            ("spam", "Spam"),
                            ("threat", "Threat"),
                            ("reopened", "Opened again"),
                        ],
                        max_length=12,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("new", "New"),
                            ("assigned", "With a team"),
                            ("in_progress", "In progress"),
                            ("planned", "Planned"),
                            ("waiting", "Waiting for the reporter"),
                            ("solved", "Solved"),
                            ("forwarded", "Forwarded to another organisation"),
                            ("declined", "Not taken up"),
                            ("withdrawn", "Withdrawn by the reporter"),
                            ("spam", "Spam"),
                            ("threat", "Threat"),
                            ("reopened", "Opened again"),
                        ],
                        max_length=12,
                        verbose_name="to",
                    ),
                ),
                ("codes", models.JSONField(blank=True, default=dict, verbose_name="codes")),
                (
                    "actor_kind",
                    models.CharField(
                        choices=[
                            ("person", "Colleague"),
                            ("reporter", "Reporter"),
                            ("model", "Model"),
                            ("rule", "Automatic"),
                            ("sweep", "Clean-up"),
                            ("import", "Import"),
                            ("executor", "Contractor"),
                            ("client", "API client"),
                        ],
                        max_length=8,
                        verbose_name="by",
                    ),
                ),
                (
                    "happened_at",
                    models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), verbose_name="when"),
                ),
                (
                    "xid",
                    models.BigIntegerField(
                        db_default=meldingen.record.models.event.CurrentTransaction(), editable=False
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="who",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "melding",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="events",
                        to="meldingen.melding",
                    ),
                ),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="answer")),
                ("for_everybody", models.BooleanField(db_default=False, default=False, verbose_name="for everybody")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answer",
                        to="meldingen.event",
                    ),
                ),
                (
                    "melding",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="answers",
                        to="meldingen.melding",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer",
                "verbose_name_plural": "answers",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(verbose_name="note")),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "event",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="note",
                        to="meldingen.event",
                    ),
                ),
                (
                    "melding",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "note",
                "verbose_name_plural": "notes",
                "ordering": ["id"],
            },
        ),
        migrations.CreateModel(
            name="Recipient",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reporter", "Reporter"),
                            ("follower", "Follower"),
                            ("team", "Team"),
                            ("duty", "Duty mailbox"),
                        ],
                        max_length=8,
                    ),
                ),
                ("email", models.EmailField(blank=True, max_length=254)),
                ("address_key", models.CharField(blank=True, max_length=64)),
                ("language", models.CharField(default="nl", max_length=12)),
                ("token", models.CharField(max_length=43, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("stopped_at", models.DateTimeField(null=True)),
                (
                    "melding",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recipients",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.team",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("receipt", "Receipt"),
                            ("news", "News"),
                            ("invitation", "Asks whether somebody wants to follow"),
                            ("alarm", "Danger"),
                            ("work", "Work for a team"),
                        ],
                        max_length=10,
                        verbose_name="what for",
                    ),
                ),
                (
                    "channel",
                    models.CharField(
                        choices=[("email", "E-mail")], default="email", max_length=5, verbose_name="channel"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "due_at",
                    models.DateTimeField(blank=True, default=django.utils.timezone.now, null=True, verbose_name="due"),
                ),
                ("held_at", models.DateTimeField(editable=False, null=True)),
                ("claims", models.PositiveSmallIntegerField(db_default=0, default=0, editable=False)),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "event",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="meldingen.event",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deliveries",
                        to="meldingen.recipient",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail",
                "verbose_name_plural": "mails",
            },
        ),
        migrations.CreateModel(
            name="Reporter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail address")),
                ("phone", models.CharField(blank=True, max_length=30, verbose_name="telephone")),
                ("language", models.CharField(default="nl", max_length=12, verbose_name="language")),
                ("closed_at", models.DateTimeField(editable=False, null=True)),
                (
                    "melding",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reporter",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "reporter",
                "verbose_name_plural": "reporters",
            },
        ),
        migrations.CreateModel(
            name="RoutingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "service_unit",
                    models.CharField(
                        choices=[
                            ("working_days", "working days"),
                            ("calendar_days", "calendar days"),
                            ("hours", "hours"),
                        ],
                        default="working_days",
                        help_text="Hours go by the clock, also at night and on days off.",
                        max_length=13,
                        verbose_name="counted in",
                    ),
                ),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        help_text="The lowest number is tried first.", verbose_name="order"
                    ),
                ),
                (
                    "priority",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Low"), (2, "Normal"), (3, "High"), (4, "Urgent")],
                        default=2,
                        verbose_name="priority",
                    ),
                ),
                (
                    "service_amount",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Empty: the service level of the category.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(999),
                        ],
                        verbose_name="term",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: everywhere.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.area",
                        verbose_name="area",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: every category.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        help_text="Empty: the team of the category.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.team",
                        verbose_name="team",
                    ),
                ),
            ],
            options={
                "verbose_name": "routing rule",
                "verbose_name_plural": "routing rules",
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="TrainedModel",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveIntegerField(verbose_name="version")),
                (
                    "file",
                    models.CharField(help_text="Path under the models folder.", max_length=200, verbose_name="file"),
                ),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "trained_on",
                    models.CharField(
                        choices=[
                            ("handled", "Handled meldingen of the municipality"),
                            ("examples", "Shipped examples, invented"),
                        ],
                        max_length=8,
                        verbose_name="trained on",
                    ),
                ),
                ("texts", models.PositiveIntegerField(verbose_name="number of texts")),
                ("classes", models.PositiveIntegerField(verbose_name="number of categories")),
                ("figures", models.JSONField(blank=True, default=dict, verbose_name="figures")),
                ("trained_at", models.DateTimeField(auto_now_add=True, verbose_name="trained")),
                (
                    "status",
                    models.CharField(
                        choices=[("candidate", "Candidate"), ("live", "In use"), ("retired", "Retired")],
                        default="candidate",
                        max_length=9,
                        verbose_name="status",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
            ],
            options={
                "verbose_name": "trained model",
                "verbose_name_plural": "trained models",
            },
        ),
        migrations.CreateModel(
            name="Prediction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("probability", models.FloatField(blank=True, null=True, verbose_name="probability")),
                (
                    "suggestions",
                    models.JSONField(
                        blank=True, default=list, help_text="Code and probability.", verbose_name="suggestions"
                    ),
                ),
                (
                    "action",
                    models.CharField(
                        choices=[
                            ("route", "Sure enough to route"),
                            ("suggest", "Suggests, people decide"),
                            ("people", "Leaves it to people"),
                        ],
                        max_length=8,
                        verbose_name="action",
                    ),
                ),
                ("reason", models.CharField(max_length=30, verbose_name="reason")),
                ("emergency", models.BooleanField(default=False, verbose_name="words of danger")),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "melding",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="prediction",
                        to="meldingen.melding",
                    ),
                ),
                (
                    "municipality",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.municipality",
                        verbose_name="municipality",
                    ),
                ),
                (
                    "model",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="meldingen.trainedmodel",
                        verbose_name="model",
                    ),
                ),
            ],
            options={
                "verbose_name": "prediction",
                "verbose_name_plural": "predictions",
            },
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(fields=("municipality", "vintage", "code"), name="area_code"),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="area_key"),
        ),
        migrations.AddConstraint(
            model_name="area",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("level", "gemeente"), ("parent__isnull", True)),
                    models.Q(models.Q(("level", "gemeente"), _negated=True), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="area_nests",
            ),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(
                condition=models.Q(("parent__isnull", True)),
                fields=("municipality", "slug"),
                name="category_main_slug",
                violation_error_message="Another main category has this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(
                condition=models.Q(("parent__isnull", False)),
                fields=("municipality", "slug"),
                name="category_slug",
                violation_error_message="Another category has this code.",
            ),
        ),
        migrations.AddConstraint(
            model_name="category",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="category_key"),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.F("received_at"),
                include=("buurt", "category", "state", "part_of"),
                name="melding_received",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.F("deadline"),
                condition=models.Q(("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"])),
                name="melding_due",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=django.contrib.postgres.indexes.GinIndex(models.F("search"), name="melding_search"),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.OrderBy(
                    models.ExpressionWrapper(
                        models.Q(
                            ("priority", 4),
                            ("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"]),
                        ),
                        output_field=models.BooleanField(),
                    ),
                    descending=True,
                ),
                models.OrderBy(models.F("received_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                include=("priority", "state", "team", "category", "buurt", "deadline", "is_suspect"),
                name="melding_staff_list",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.OrderBy(
                    models.ExpressionWrapper(
                        models.Q(
                            ("priority", 4),
                            ("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"]),
                        ),
                        output_field=models.BooleanField(),
                    ),
                    descending=True,
                ),
                models.OrderBy(models.F("received_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"])),
                include=("priority", "state", "team", "category", "buurt", "deadline", "is_suspect"),
                name="melding_staff_open",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.F("state"),
                models.OrderBy(
                    models.ExpressionWrapper(
                        models.Q(
                            ("priority", 4),
                            ("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"]),
                        ),
                        output_field=models.BooleanField(),
                    ),
                    descending=True,
                ),
                models.OrderBy(models.F("received_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                include=("priority", "team", "category", "buurt", "deadline", "is_suspect"),
                name="melding_by_state",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.F("team"),
                models.OrderBy(
                    models.ExpressionWrapper(
                        models.Q(
                            ("priority", 4),
                            ("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"]),
                        ),
                        output_field=models.BooleanField(),
                    ),
                    descending=True,
                ),
                models.OrderBy(models.F("received_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                include=("priority", "state", "category", "buurt", "deadline", "is_suspect"),
                name="melding_by_team",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.F("category"),
                models.OrderBy(
                    models.ExpressionWrapper(
                        models.Q(
                            ("priority", 4),
                            ("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"]),
                        ),
                        output_field=models.BooleanField(),
                    ),
                    descending=True,
                ),
                models.OrderBy(models.F("received_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                include=("priority", "state", "team", "buurt", "deadline", "is_suspect"),
                name="melding_by_category",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.F("buurt"),
                models.OrderBy(
                    models.ExpressionWrapper(
                        models.Q(
                            ("priority", 4),
                            ("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"]),
                        ),
                        output_field=models.BooleanField(),
                    ),
                    descending=True,
                ),
                models.OrderBy(models.F("received_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                include=("priority", "state", "team", "category", "deadline", "is_suspect"),
                name="melding_by_buurt",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("municipality"),
                models.OrderBy(
                    models.ExpressionWrapper(
                        models.Q(
                            ("priority", 4),
                            ("state__in", ["assigned", "in_progress", "new", "planned", "reopened", "waiting"]),
                        ),
                        output_field=models.BooleanField(),
                    ),
                    descending=True,
                ),
                models.OrderBy(models.F("received_at"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                condition=models.Q(("is_suspect", True)),
                name="melding_suspect",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("received_at"),
                condition=models.Q(("submission_fingerprint", ""), _negated=True),
                name="melding_fingerprint_kept",
            ),
        ),
        migrations.AddIndex(
            model_name="melding",
            index=models.Index(
                models.F("prediction_due_at"),
                condition=models.Q(("prediction_due_at__isnull", False)),
                name="melding_prediction_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.UniqueConstraint(fields=("municipality", "reference"), name="melding_reference"),
        ),
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.UniqueConstraint(fields=("municipality", "follow_token"), name="melding_follow_token"),
        ),
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.UniqueConstraint(
                fields=("municipality", "submission_key"), name="melding_submitted_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_id", ""), _negated=True),
                fields=("municipality", "external_id"),
                name="melding_imported_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="melding_key"),
        ),
        migrations.AddConstraint(
            model_name="melding",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_suspect", False), models.Q(("state__in", ["spam", "threat"]), _negated=True), _connector="OR"
                ),
                name="melding_spam_is_judged",
            ),
        ),
        migrations.AddIndex(
            model_name="event",
            index=models.Index(models.F("municipality"), models.F("xid"), models.F("id"), name="event_in_order"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="event_key"),
        ),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("actor__isnull", False), ("actor_kind", "person")),
                    models.Q(models.Q(("actor_kind", "person"), _negated=True), ("actor__isnull", True)),
                    _connector="OR",
                ),
                name="event_by_a_person_names_them",
            ),
        ),
        migrations.AddIndex(
            model_name="recipient",
            index=models.Index(
                models.F("municipality"),
                models.F("address_key"),
                condition=models.Q(("address_key", ""), _negated=True),
                name="recipient_by_address",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="recipient_key"),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(fields=("municipality", "token"), name="recipient_token"),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "reporter")),
                fields=("municipality", "melding"),
                name="recipient_one_reporter",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "follower"), models.Q(("address_key", ""), _negated=True)),
                fields=("municipality", "melding", "address_key"),
                name="recipient_follows_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "team")), fields=("municipality", "team"), name="recipient_one_of_a_team"
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "duty")), fields=("municipality",), name="recipient_one_duty_mailbox"
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ["reporter", "follower"]), ("melding__isnull", False), ("team__isnull", True)
                    ),
                    models.Q(("kind", "team"), ("melding__isnull", True), ("team__isnull", False)),
                    models.Q(("kind", "duty"), ("melding__isnull", True), ("team__isnull", True)),
                    _connector="OR",
                ),
                name="recipient_of_one_thing",
            ),
        ),
        migrations.AddConstraint(
            model_name="recipient",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind", "follower"), ("email", ""), _connector="OR"),
                name="recipient_address_in_one_place",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(models.F("due_at"), condition=models.Q(("due_at__isnull", False)), name="delivery_due"),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("recipient"),
                models.F("id"),
                condition=models.Q(("due_at__isnull", False)),
                name="delivery_of_recipient",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("due_at"),
                condition=models.Q(("due_at__isnull", False), ("purpose__in", ("alarm", "work"))),
                name="delivery_ours_due",
            ),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                models.F("recipient"),
                models.F("sent_at"),
                condition=models.Q(("purpose__in", ("alarm", "work")), ("sent_at__isnull", False)),
                name="delivery_heard",
            ),
        ),
        migrations.AddConstraint(
            model_name="delivery",
            constraint=models.UniqueConstraint(
                fields=("municipality", "event", "recipient", "purpose", "channel"), name="delivery_once"
            ),
        ),
        migrations.AddIndex(
            model_name="reporter",
            index=models.Index(
                models.F("municipality"),
                models.F("closed_at"),
                condition=models.Q(("closed_at__isnull", False)),
                name="reporter_to_forget",
            ),
        ),
        migrations.AddConstraint(
            model_name="routingrule",
            constraint=models.UniqueConstraint(fields=("municipality", "position"), name="routing_rule_position"),
        ),
        migrations.AddConstraint(
            model_name="trainedmodel",
            constraint=models.UniqueConstraint(fields=("municipality", "version"), name="trained_model_version"),
        ),
        migrations.AddConstraint(
            model_name="trainedmodel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "live")), fields=("municipality",), name="trained_model_one_live"
            ),
        ),
        migrations.AddConstraint(
            model_name="trainedmodel",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="trained_model_key"),
        ),
    ]
