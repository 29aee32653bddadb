"""The municipality that every other row belongs to, and the hosts by which it is known."""

from decimal import Decimal
from zoneinfo import available_timezones

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from meldingen.languages import TextsField
from meldingen.tenancy.models.days_off import Holiday, usual_holidays
from meldingen.tenancy.models.owned import Owned
from meldingen.tenancy.themes import check_theme

PHONE = RegexValidator(
    r"^\+?[0-9][0-9 ()-]{1,20}\Z", _("A telephone number: digits, spaces and hyphens. An example: 14 0123.")
)
# What no address of the web holds (RFC 3986): a catalogue that names it could not be read at all.
IN_ADDRESSES = RegexValidator(
    r"[<>\"{}|\\^`\x00-\x20]",
    _("An address has no spaces, braces or quotation marks. Take them out."),
    inverse_match=True,
)


def check_time_zone(name: str) -> None:
    """ValidationError for a name that is no time zone: every page with a date would fail on it."""
    if name not in available_timezones():
        raise ValidationError(
            _("This time zone does not exist. An example: Europe/Amsterdam."), code="unknown_time_zone"
        )


# A term of no days would forget every reporter of a closed melding tonight.
LEAST_RETENTION_DAYS = 30
# What was done wrong is often noticed after months; the function of the database that removes lines keeps to it too.
LEAST_AUDIT_DAYS = 90
MOST_AUDIT_DAYS = 3650
LEAST_IDLE_MINUTES = 5


class AddressSource(models.TextChoices):
    """Who knows the addresses of a municipality."""

    OWN = "own", _("Our own table (load_addresses)")
    PDOK = "pdok", _("PDOK Locatieserver")
    NONE = "none", _("Nobody: a place is described")


class BaseMap(models.TextChoices):
    """What is drawn below the pin."""

    OWN = "own", _("Our own streets (load_map)")
    TILES = "tiles", _("Tiles of this site's TILES_URL")
    NONE = "none", _("Only the neighbourhoods")


class Municipality(models.Model):
    """One customer of the deployment: who it is, how it looks, what it promises."""

    code = models.CharField(
        _("CBS code"),
        max_length=6,
        unique=True,
        validators=[RegexValidator(r"^GM[0-9]{4}\Z", _("GM and four digits."))],
    )
    name = models.CharField(_("name"), max_length=100)
    theme = models.JSONField(_("theme"), default=dict, blank=True, validators=[check_theme])
    logo = models.CharField(max_length=24, blank=True, editable=False)
    publisher_name = models.CharField(_("publisher"), max_length=200)
    publisher_uri = models.URLField(_("publisher's URI"), blank=True, validators=[IN_ADDRESSES])
    contact_email = models.EmailField(_("contact address"))
    phone = models.CharField(
        _("telephone number"),
        max_length=22,
        blank=True,
        validators=[PHONE],
        help_text=_("Residents read it in each mail: whom to call with a question. Empty: they are told to mail."),
    )
    postal_address = models.CharField(
        _("postal address"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_(
            "Where an objection, a claim or a request is sent: who asks for one in a report reads it. An example: "
            "Gemeente Voorbeeld, Postbus 12, 1234 AB Voorbeeld."
        ),
    )
    night_phone = models.CharField(
        _("telephone number, day and night"),
        max_length=22,
        blank=True,
        validators=[PHONE],
        help_text=_("Whom to call when something is dangerous and nobody is hurt, at any hour. Residents see it."),
    )
    message_texts = TextsField(
        _("message on the front page"),
        max_length=120,
        blank=True,
        help_text=_(
            "One sentence above the box, while it helps: “Storm: we know of many fallen trees. Report only what is "
            "dangerous.” Empty: none. Write no number of meldingen: public pages never count them."
        ),
    )
    duty_email = models.EmailField(
        _("duty mailbox"),
        blank=True,
        help_text=_("Hears at once of each danger that is reported, day and night. Somebody must read it."),
    )
    emergency_hours = models.PositiveSmallIntegerField(
        _("hours in which an emergency is handled"),
        default=2,
        validators=[MinValueValidator(1), MaxValueValidator(72)],
        help_text=_("Clock hours after receipt, also at night and in the weekend."),
    )
    hazard_hours = models.PositiveSmallIntegerField(
        _("hours in which a dangerous situation without casualties is handled"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(240)],
        help_text=_("Clock hours after receipt, also at night and in the weekend."),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=50, default="Europe/Amsterdam", validators=[check_time_zone]
    )
    holidays = ArrayField(
        models.CharField(max_length=20, choices=Holiday.choices),
        verbose_name=_("holidays"),
        default=usual_holidays,
        blank=True,
        help_text=_("A term in working days passes over them, over weekends and over the closing days below."),
    )
    area_vintage = models.PositiveSmallIntegerField(
        _("year of the areas in use"), null=True, blank=True, help_text=_("Set by load_areas.")
    )
    areas_loaded_at = models.DateTimeField(_("areas loaded"), null=True, editable=False)
    address_source = models.CharField(
        _("addresses come from"),
        max_length=4,
        choices=AddressSource.choices,
        default=AddressSource.OWN,
        help_text=_(
            "With PDOK, the Dutch Kadaster receives what residents type as an address; the privacy page says so."
        ),
    )
    base_map = models.CharField(
        _("map below the pin"),
        max_length=5,
        choices=BaseMap.choices,
        default=BaseMap.OWN,
        help_text=_("With tiles of somebody else, their server sees which part of the town a resident looks at."),
    )
    map_loaded_at = models.DateTimeField(_("map loaded"), null=True, editable=False)
    routing_threshold = models.DecimalField(
        _("routing threshold"),
        max_digits=4,
        decimal_places=3,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal(1))],
        help_text=_("Probability from which a melding is routed without a person. Empty: the threshold of the model."),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days that contact details are kept after closing"),
        default=365,
        validators=[MinValueValidator(LEAST_RETENTION_DAYS)],
        help_text=_("At least 30: who is not content with how it was solved says so within weeks."),
    )
    audit_days = models.PositiveSmallIntegerField(
        _("days that the audit log is kept"),
        default=365,
        db_default=365,
        validators=[MinValueValidator(LEAST_AUDIT_DAYS), MaxValueValidator(MOST_AUDIT_DAYS)],
        help_text=_("Who signed in, changed rights and settings, and looked at contact details."),
    )
    idle_minutes = models.PositiveSmallIntegerField(
        _("minutes without doing anything until a colleague is signed out"),
        default=30,
        db_default=30,
        validators=[MinValueValidator(LEAST_IDLE_MINUTES), MaxValueValidator(480)],
        help_text=_("They are warned two minutes before. What they typed is not lost."),
    )
    requires_code = models.BooleanField(
        _("ask colleagues for a code at sign-in"),
        default=False,
        db_default=False,
        help_text=_("Beside the password, from an app on their telephone. Who has none yet sets it up at once."),
    )
    audit_share = models.DecimalField(
        _("share of which nobody sees a guess"),
        max_digits=4,
        decimal_places=3,
        default=Decimal("0.02"),
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(Decimal("0.5"))],
        help_text=_(
            "Of so many meldingen, drawn by chance, nobody sees what the model thinks until a colleague chose: they "
            "show how good it is. 0.02 is one in fifty. Never of a danger."
        ),
    )
    learning_days = models.PositiveSmallIntegerField(
        _("days that a text teaches the model"),
        default=1825,
        validators=[MinValueValidator(90)],
        help_text=_("From its receipt on. A text of which words were struck out never does."),
    )
    epsilon_month = models.DecimalField(
        _("privacy budget of a month"),
        max_digits=6,
        decimal_places=3,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.001"))],
    )
    epsilon_year = models.DecimalField(
        _("privacy budget of a year"),
        max_digits=6,
        decimal_places=3,
        default=Decimal(1),
        validators=[MinValueValidator(Decimal("0.001"))],
    )
    declared_volume = models.PositiveIntegerField(
        _("meldingen a year, as declared"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_(
            "An estimate that the municipality states itself; decides which tables are precise enough to offer in the "
            "first year. After that the published totals do."
        ),
    )
    registered_from = models.DateField(
        _("meldingen registered from"),
        null=True,
        blank=True,
        help_text=_(
            "The first day from which every melding is in this system. Public. Tables are published of whole "
            "months from then on; while this is empty nothing is."
        ),
    )
    registered_until = models.DateField(
        _("meldingen registered until"),
        null=True,
        blank=True,
        help_text=_("The last such day. Empty: meldingen are still registered here."),
    )
    is_invented = models.BooleanField(_("invented"), default=False, help_text=_("A demonstration; every page says so."))

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(registered_from__isnull=True)
                | models.Q(registered_until__isnull=True)
                | models.Q(registered_from__lte=models.F("registered_until")),
                name="municipality_registers_forwards",
                violation_error_message=_("The last day of registration lies before the first."),
            ),
            models.CheckConstraint(
                condition=models.Q(emergency_hours__lte=models.F("hazard_hours")),
                name="municipality_emergency_comes_first",
                violation_error_message=_("An emergency has no longer term than a danger without casualties."),
            ),
            models.CheckConstraint(
                condition=models.Q(epsilon_month__gt=0, epsilon_year__gt=0), name="municipality_budget_positive"
            ),
            models.CheckConstraint(
                condition=models.Q(retention_days__gte=LEAST_RETENTION_DAYS), name="municipality_keeps_contact_a_while"
            ),
            models.CheckConstraint(
                condition=models.Q(audit_days__gte=LEAST_AUDIT_DAYS, audit_days__lte=MOST_AUDIT_DAYS),
                name="municipality_keeps_its_audit_log",
            ),
            models.CheckConstraint(
                condition=models.Q(idle_minutes__gte=LEAST_IDLE_MINUTES), name="municipality_idle_is_minutes"
            ),
            models.CheckConstraint(
                condition=models.Q(routing_threshold__isnull=True)
                | models.Q(routing_threshold__gte=0, routing_threshold__lte=1),
                name="municipality_threshold_is_a_probability",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Host(Owned):
    """A host name, without port and in lower case, that belongs to one municipality."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="hosts", verbose_name=_("municipality"))
    name = models.CharField(
        _("host name"),
        max_length=253,
        unique=True,
        validators=[
            RegexValidator(r"^([a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])\Z", _("A host name, without port."))
        ],
    )
    is_primary = models.BooleanField(_("primary"), default=False, help_text=_("Links in mails and datasets use it."))

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality"], condition=models.Q(is_primary=True), name="host_one_primary"
            ),
            models.CheckConstraint(condition=models.Q(name=Lower("name")), name="host_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name


class RegistrationGap(Owned):
    """Days on which meldingen were not registered, both ends included: declared and public, never looked up."""

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="gaps", verbose_name=_("municipality"))
    first_day = models.DateField(_("first day"))
    last_day = models.DateField(_("last day"))

    class Meta:
        verbose_name = _("gap in the registration")
        verbose_name_plural = _("gaps in the registration")
        ordering = ["first_day", "last_day"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")),
                name="gap_runs_forwards",
                violation_error_message=_("The last day of a gap lies before its first day."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_day} – {self.last_day}"
