"""What a melding is about, in two levels."""

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from meldingen.calendar import ServiceLevel, Unit
from meldingen.categories.subjects import check_subject
from meldingen.languages import TextsField
from meldingen.tenancy.models import PHONE, Owned, Team

UNITS = [
    (Unit.WORKING_DAYS.value, _("working days")),
    (Unit.CALENDAR_DAYS.value, _("calendar days")),
    (Unit.HOURS.value, _("hours")),
]


MOST = 999  # of whatever a service level is counted in
AMOUNTS = [MinValueValidator(1), MaxValueValidator(MOST)]
MOST_HOURS = MaxValueValidator(720)  # until single meldingen are shown


class Promising(models.Model):
    """A row that says within how much time a melding is handled; without an amount it says nothing of it."""

    service_amount = models.PositiveSmallIntegerField(
        _("service level"),
        null=True,
        blank=True,
        validators=AMOUNTS,
        help_text=_("Empty: the service level of the main category; without one there either, there is no deadline."),
    )
    service_unit = models.CharField(
        _("counted in"),
        max_length=13,
        choices=UNITS,
        default=Unit.WORKING_DAYS.value,
        help_text=_("Hours go by the clock, also at night and on days off."),
    )

    class Meta:
        abstract = True

    @property
    def service_level(self) -> ServiceLevel | None:
        """The amount with its unit."""
        return None if self.service_amount is None else ServiceLevel(self.service_amount, Unit(self.service_unit))


def in_words(level: ServiceLevel | None) -> str:
    """A service level as colleagues read it."""
    if level is None:
        return "-"
    words = {
        Unit.HOURS: ngettext("%(n)d hour", "%(n)d hours", level.amount),
        Unit.WORKING_DAYS: ngettext("%(n)d working day", "%(n)d working days", level.amount),
        Unit.CALENDAR_DAYS: ngettext("%(n)d calendar day", "%(n)d calendar days", level.amount),
    }
    return words[level.unit] % {"n": level.amount}


class Category(Promising, Owned):
    """A main category (no parent) or a category under one. Its texts have several languages."""

    class PublicAs(models.TextChoices):
        """How far the place and day of one melding are public."""

        CIJFERS = "cijfers", _("Only inside protected figures")
        KAART = "kaart", _("Place and day on the map")

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", db_constraint=False,
        verbose_name=_("main category"),
    )  # fmt: skip
    slug = models.SlugField(_("code"), max_length=80)
    name_texts = TextsField(_("name"), max_length=100)
    guidance_texts = TextsField(_("guidance"), blank=True)
    subject = models.SlugField(
        _("common subject"),
        max_length=80,
        blank=True,
        validators=[check_subject],
        help_text=_("A code of the common list: by it a shared model knows the category. Empty: it does not."),
    )
    elsewhere_texts = TextsField(
        _("whose it is"),
        max_length=100,
        blank=True,
        help_text=_("When others solve it: the province, say. Who chooses it reads whose it is. Empty: it is ours."),
    )
    elsewhere_url = models.URLField(
        _("address of their page"), blank=True, default="", db_default="", validators=[URLValidator(["http", "https"])]
    )
    elsewhere_phone = models.CharField(
        _("their telephone number"), max_length=22, blank=True, default="", db_default="", validators=[PHONE]
    )
    is_only_elsewhere = models.BooleanField(
        _("only there"),
        default=False,
        db_default=False,
        help_text=_("No report of it is taken in here, unless there is danger. Unticked: it may be reported here too."),
    )
    default_team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False, verbose_name=_("team")
    )
    public_as = models.CharField(_("public as"), max_length=8, choices=PublicAs.choices, default=PublicAs.CIJFERS)
    decision = models.CharField(
        _("decision"),
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text=_("By which decision place and day are public: who decided, and where it can be found."),
    )
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    # From which moment of receipt meldingen are shown one by one: the database writes it (the migration `nearby`), so
    # that no decision is ever retroactive.
    public_from = models.DateTimeField(null=True, editable=False)
    prompt_after_hours = models.PositiveSmallIntegerField(
        _("shown to who reports the same after"), default=24, db_default=24, blank=True, validators=[MOST_HOURS],
        help_text=_("Hours. 0 for things that stay where they are: a lamp, a bin, a hole in the road."),
    )  # fmt: skip
    map_after_hours = models.PositiveSmallIntegerField(
        _("on the public map after"), default=24, db_default=24, blank=True, validators=[MOST_HOURS],
        help_text=_("Hours; the map is made anew once a day."),
    )  # fmt: skip
    nearby_metres = models.PositiveSmallIntegerField(
        _("the same within"), default=75, db_default=75, blank=True,
        validators=[MinValueValidator(10), MaxValueValidator(500)],
        help_text=_("Metres between two meldingen that may be about one thing."),
    )  # fmt: skip
    nearby_days = models.PositiveSmallIntegerField(
        _("the same for"), default=60, db_default=60, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Days between two meldingen that may be about one thing."),
    )  # fmt: skip
    is_confidential = models.BooleanField(
        _("confidential"),
        default=False,
        db_default=False,
        help_text=_("Its meldingen are seen by the team that has them and by coordinators and managers only."),
    )
    is_active = models.BooleanField(_("in use"), default=True)
    # Of one that was retired: which took its place.
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", db_constraint=False,
        db_index=False, verbose_name=_("successor"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["slug"]
        constraints = [
            # Unique among main categories and among those under them: a town may well have "overig" under "overig".
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                condition=models.Q(parent__isnull=True),
                name="category_main_slug",
                violation_error_message=_("Another main category has this code."),
            ),
            models.UniqueConstraint(
                fields=["municipality", "slug"],
                condition=models.Q(parent__isnull=False),
                name="category_slug",
                violation_error_message=_("Another category has this code."),
            ),
            models.UniqueConstraint(fields=["municipality", "id"], name="category_key"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the reader, else in Dutch."""
        return str(self.name_texts)

    @property
    def guidance(self) -> str:
        """The guidance in the language of the reader, else in Dutch."""
        return str(self.guidance_texts)

    @property
    def elsewhere(self) -> str:
        """Whose it is when it is not ours, in the language of the reader; empty when it is."""
        return str(self.elsewhere_texts)

    def name_in(self, language: str) -> str:
        """The name in `language`, else in Dutch."""
        return self.name_texts.in_(language)
