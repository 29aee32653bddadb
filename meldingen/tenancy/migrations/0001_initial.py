"""Municipalities, and who works in them."""

from decimal import Decimal

import django.contrib.auth.models
import django.contrib.auth.validators
import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import meldingen.tenancy.models.days_off
import meldingen.tenancy.models.municipality
import meldingen.tenancy.themes


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosingDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("words", models.CharField(blank=True, max_length=100, verbose_name="why")),
            ],
            options={
                "verbose_name": "closing day",
                "verbose_name_plural": "closing days",
                "ordering": ["day"],
            },
        ),
        migrations.CreateModel(
            name="Host",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "name",
                    models.CharField(
                        max_length=253,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\\[[0-9a-f:.]+\\])\\Z", "A host name, without port."
                            )
                        ],
                        verbose_name="host name",
                    ),
                ),
                (
                    "is_primary",
                    models.BooleanField(
                        default=False, help_text="Links in mails and datasets use it.", verbose_name="primary"
                    ),
                ),
            ],
            options={
                "verbose_name": "host",
                "verbose_name_plural": "hosts",
            },
        ),
        migrations.CreateModel(
            name="Municipality",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "code",
                    models.CharField(
                        max_length=6,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^GM[0-9]{4}\\Z", "GM and four digits.")],
                        verbose_name="CBS code",
                    ),
                ),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "theme",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        validators=[meldingen.tenancy.themes.check_theme],
                        verbose_name="theme",
                    ),
                ),
                ("logo", models.CharField(blank=True, editable=False, max_length=24)),
                ("publisher_name", models.CharField(max_length=200, verbose_name="publisher")),
                (
                    "publisher_uri",
                    models.URLField(
                        blank=True,
                        validators=[
                            django.core.validators.RegexValidator(
                                '[<>\\"{}|\\\\^`\\x00-\\x20]',
                                "An address has no spaces, braces or quotation marks. Take them out.",
                                inverse_match=True,
                            )
                        ],
                        verbose_name="publisher's URI",
                    ),
                ),
                ("contact_email", models.EmailField(max_length=254, verbose_name="contact address")),
                (
                    "phone",
                    models.CharField(
                        blank=True,
                        help_text="Residents read it in each mail: whom to call with a question. Empty: they are told to mail.",
                        max_length=22,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\+?[0-9][0-9 ()-]{1,20}\\Z",
                                "A telephone number: digits, spaces and hyphens. An example: 14 0123.",
                            )
                        ],
                        verbose_name="telephone number",
                    ),
                ),
                (
                    "night_phone",
                    models.CharField(
                        blank=True,
                        help_text="Whom to call when something is dangerous and nobody is hurt, at any hour. Residents see it.",
                        max_length=22,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\+?[0-9][0-9 ()-]{1,20}\\Z",
                                "A telephone number: digits, spaces and hyphens. An example: 14 0123.",
                            )
                        ],
                        verbose_name="telephone number, day and night",
                    ),
                ),
                (
                    "duty_email",
                    models.EmailField(
                        blank=True,
                        help_text="Hears at once of each danger that is reported, day and night. Somebody must read it.",
                        max_length=254,
                        verbose_name="duty mailbox",
                    ),
                ),
                (
                    "emergency_hours",
                    models.PositiveSmallIntegerField(
                        default=2,
                        help_text="Clock hours after receipt, also at night and in the weekend.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(72),
                        ],
                        verbose_name="hours in which an emergency is handled",
                    ),
                ),
                (
                    "hazard_hours",
                    models.PositiveSmallIntegerField(
                        default=24,
                        help_text="Clock hours after receipt, also at night and in the weekend.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                        verbose_name="hours in which a dangerous situation without casualties is handled",
                    ),
                ),
                (
                    "time_zone",
                    models.CharField(
                        default="Europe/Amsterdam",
                        max_length=50,
                        validators=[meldingen.tenancy.models.municipality.check_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "holidays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("new_year", "New Year's Day"),
                                ("good_friday", "Good Friday"),
                                ("easter_monday", "Easter Monday"),
                                ("kings_day", "King's Day"),
                                ("liberation_day", "Liberation Day, each year"),
                                ("liberation_lustrum", "Liberation Day, once in five years"),
                                ("ascension_day", "Ascension Day"),
                                ("whit_monday", "Whit Monday"),
                                ("christmas", "Christmas, both days"),
                            ],
                            max_length=20,
                        ),
                        blank=True,
                        default=meldingen.tenancy.models.days_off.usual_holidays,
                        help_text="A term in working days passes over them, over weekends and over the closing days below.",
                        size=None,
                        verbose_name="holidays",
                    ),
                ),
                (
                    "area_vintage",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="Set by load_areas.", null=True, verbose_name="year of the areas in use"
                    ),
                ),
                ("areas_loaded_at", models.DateTimeField(editable=False, null=True, verbose_name="areas loaded")),
                (
                    "routing_threshold",
                    models.DecimalField(
                        blank=True,
                        decimal_places=3,
                        help_text="Probability from which a melding is routed without a person. Empty: the threshold of the model.",
                        max_digits=4,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("1")),
                        ],
                        verbose_name="routing threshold",
                    ),
                ),
                (
                    "retention_days",
                    models.PositiveSmallIntegerField(
                        default=365,
                        help_text="At least 30: who is not content with how it was solved says so within weeks.",
                        validators=[django.core.validators.MinValueValidator(30)],
                        verbose_name="days that contact details are kept after closing",
                    ),
                ),
                (
                    "audit_share",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("0.02"),
                        help_text="Of so many meldingen, drawn by chance, nobody sees what the model thinks until a colleague chose: they show how good it is. 0.02 is one in fifty. Never of a danger.",
                        max_digits=4,
                        validators=[
                            django.core.validators.MinValueValidator(Decimal("0")),
                            django.core.validators.MaxValueValidator(Decimal("0.5")),
                        ],
                        verbose_name="share of which nobody sees a guess",
                    ),
                ),
                (
                    "learning_days",
                    models.PositiveSmallIntegerField(
                        default=1825,
                        help_text="From its receipt on. A text of which words were struck out never does.",
                        validators=[django.core.validators.MinValueValidator(90)],
                        verbose_name="days that a text teaches the model",
                    ),
                ),
                (
                    "epsilon_month",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("1"),
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="privacy budget of a month",
                    ),
                ),
                (
                    "epsilon_year",
                    models.DecimalField(
                        decimal_places=3,
                        default=Decimal("1"),
                        max_digits=6,
                        validators=[django.core.validators.MinValueValidator(Decimal("0.001"))],
                        verbose_name="privacy budget of a year",
                    ),
                ),
                (
                    "declared_volume",
                    models.PositiveIntegerField(
                        blank=True,
                        help_text="An estimate that the municipality states itself; decides which tables are precise enough to offer in the first year. After that the published totals do.",
                        null=True,
                        validators=[django.core.validators.MinValueValidator(1)],
                        verbose_name="meldingen a year, as declared",
                    ),
                ),
                (
                    "registered_from",
                    models.DateField(
                        blank=True,
                        help_text="The first day from which every melding is in this system. Public. Tables are published of whole months from then on; while this is empty nothing is.",
                        null=True,
                        verbose_name="meldingen registered from",
                    ),
                ),
                (
                    "registered_until",
                    models.DateField(
                        blank=True,
                        help_text="The last such day. Empty: meldingen are still registered here.",
                        null=True,
                        verbose_name="meldingen registered until",
                    ),
                ),
                (
                    "is_invented",
                    models.BooleanField(
                        default=False, help_text="A demonstration; every page says so.", verbose_name="invented"
                    ),
                ),
            ],
            options={
                "verbose_name": "municipality",
                "verbose_name_plural": "municipalities",
            },
        ),
        migrations.CreateModel(
            name="Membership",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("reader", "Reader"),
                            ("telephone", "Telephone"),
                            ("handler", "Handler of own teams"),
                            ("triage", "Triage officer"),
                            ("coordinator", "Coordinator"),
                            ("manager", "Manager"),
                        ],
                        default="triage",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("is_data_steward", models.BooleanField(db_default=False, default=False, verbose_name="data steward")),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
            },
        ),
        migrations.CreateModel(
            name="MembershipTeam",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
            ],
            options={
                "verbose_name": "team of a colleague",
                "verbose_name_plural": "teams of colleagues",
            },
        ),
        migrations.CreateModel(
            name="RegistrationGap",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField(verbose_name="first day")),
                ("last_day", models.DateField(verbose_name="last day")),
            ],
            options={
                "verbose_name": "gap in the registration",
                "verbose_name_plural": "gaps in the registration",
                "ordering": ["first_day", "last_day"],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(verbose_name="code")),
                ("name", models.CharField(max_length=100, verbose_name="name")),
                (
                    "email",
                    models.EmailField(
                        blank=True,
                        help_text="It hears of each melding that the team gets. Empty: no mail.",
                        max_length=254,
                        verbose_name="e-mail address",
                    ),
                ),
            ],
            options={
                "verbose_name": "team",
                "verbose_name_plural": "teams",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
            },
            managers=[
                ("objects", django.contrib.auth.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Logo",
            fields=[
                (
                    "municipality",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="tenancy.municipality",
                    ),
                ),
                ("content", models.BinaryField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("registered_from__isnull", True),
                    ("registered_until__isnull", True),
                    ("registered_from__lte", models.F("registered_until")),
                    _connector="OR",
                ),
                name="municipality_registers_forwards",
                violation_error_message="The last day of registration lies before the first.",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("epsilon_month__gt", 0), ("epsilon_year__gt", 0)),
                name="municipality_budget_positive",
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(("retention_days__gte", 30)), name="municipality_keeps_contact_a_while"
            ),
        ),
        migrations.AddConstraint(
            model_name="municipality",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("routing_threshold__isnull", True),
                    models.Q(("routing_threshold__gte", 0), ("routing_threshold__lte", 1)),
                    _connector="OR",
                ),
                name="municipality_threshold_is_a_probability",
            ),
        ),
        migrations.AddField(
            model_name="host",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="hosts",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="closingday",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="closing_days",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="user",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="memberships",
                to=settings.AUTH_USER_MODEL,
                verbose_name="user",
            ),
        ),
        migrations.AddField(
            model_name="membershipteam",
            name="membership",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="tenancy.membership",
            ),
        ),
        migrations.AddField(
            model_name="membershipteam",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="registrationgap",
            name="municipality",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="gaps",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="team",
            name="municipality",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tenancy.municipality",
                verbose_name="municipality",
            ),
        ),
        migrations.AddField(
            model_name="membershipteam",
            name="team",
            field=models.ForeignKey(
                db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="tenancy.team"
            ),
        ),
        migrations.AddField(
            model_name="membership",
            name="teams",
            field=models.ManyToManyField(
                related_name="+", through="tenancy.MembershipTeam", to="tenancy.team", verbose_name="teams"
            ),
        ),
        migrations.AddConstraint(
            model_name="host",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_primary", True)), fields=("municipality",), name="host_one_primary"
            ),
        ),
        migrations.AddConstraint(
            model_name="host",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", django.db.models.functions.text.Lower("name"))), name="host_lower_case"
            ),
        ),
        migrations.AddConstraint(
            model_name="closingday",
            constraint=models.UniqueConstraint(
                fields=("municipality", "day"),
                name="closing_day_once",
                violation_error_message="This closing day stands there twice.",
            ),
        ),
        migrations.AddConstraint(
            model_name="registrationgap",
            constraint=models.CheckConstraint(
                condition=models.Q(("first_day__lte", models.F("last_day"))),
                name="gap_runs_forwards",
                violation_error_message="The last day of a gap lies before its first day.",
            ),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(fields=("municipality", "slug"), name="team_slug"),
        ),
        migrations.AddConstraint(
            model_name="team",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="team_key"),
        ),
        migrations.AddConstraint(
            model_name="membershipteam",
            constraint=models.UniqueConstraint(
                fields=("municipality", "membership", "team"), name="membership_team_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("municipality", "user"), name="membership_once"),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(fields=("municipality", "id"), name="membership_key"),
        ),
    ]
