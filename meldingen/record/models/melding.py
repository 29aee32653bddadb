"""The melding as it stands now, and apart from it the person who made it."""

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db.models.functions import Coalesce, Lower, Right
from django.utils.translation import gettext_lazy as _

from meldingen.categories.models import Category
from meldingen.places.addresses.spelling import says_no_more
from meldingen.places.models import Area, Asset
from meldingen.record import workflow
from meldingen.tenancy.models import Owned, Team, User

# The configuration of full text search: Dutch words without their accents (the first migration makes it).
SEARCH = "dutch_unaccented"


def _normal(name: str) -> models.Func:
    """A text in one spelling, also where it was stored by a version that took it as it came."""
    template = "%(function)s(%(expressions)s, NFKC)"
    return models.Func(name, function="NORMALIZE", template=template, output_field=models.TextField())


# What staff must see first: danger that nobody has dealt with. An expression of the indexes that the staff list reads.
URGENT_AND_OPEN = models.ExpressionWrapper(
    models.Q(priority=4, state__in=sorted(workflow.OPEN)), output_field=models.BooleanField()
)
# In an order that goes up: what is urgent stands before all else.
NOT_URGENT = models.ExpressionWrapper(~models.Q(priority=4), output_field=models.BooleanField())
OPEN = models.Q(state__in=sorted(workflow.OPEN))
# What the staff list is filtered by. Each index in its order holds them all: a page is found without reading a row.
FILTERS = ("priority", "state", "team", "category", "buurt", "deadline", "is_suspect")

# When something is to be looked at: its term, and without one the moment that it came. Nothing has no place.
DUE = Coalesce("deadline", "received_at")

_BESIDE_TERM = [column for column in FILTERS if column != "deadline"]


def _as_staff_read(name: str, *first: str, condition: models.Q | None = None) -> models.Index:
    """An index in the order of the staff list, of one municipality and of one value of the column `first`."""
    order = (URGENT_AND_OPEN.desc(), models.F("received_at").desc(), models.F("id").desc())
    columns = [column for column in FILTERS if column not in first]
    return models.Index("municipality", *first, *order, name=name, include=columns, condition=condition)


# How colleagues find a melding: its street and number, and by what its reporter left, each as its index has it.
STREET_AND_NUMBER = Lower(
    models.Func("address", models.Value(","), models.Value(1), function="split_part", output_field=models.TextField())
)
DIGITS_OF_PHONE = Right(
    models.Func(
        "phone", models.Value("[^0-9]+"), models.Value(""), models.Value("g"), function="regexp_replace",
        output_field=models.TextField(),
    ),
    9,
)  # fmt: skip
NAME_WORDS = SearchVector("name", config="simple")


class Melding(Owned):
    """One report on the public space. Latest values only; what happened to it is in its Events."""

    class State(models.TextChoices):
        """Where a melding stands; meldingen.record.workflow says what may follow what."""

        NEW = "new", _("New")
        ASSIGNED = "assigned", _("With a team")
        IN_PROGRESS = "in_progress", _("In progress")
        PLANNED = "planned", _("Planned")
        WAITING = "waiting", _("Waiting for the reporter")
        SOLVED = "solved", _("Solved")
        FORWARDED = "forwarded", _("Forwarded to another organisation")
        DECLINED = "declined", _("Not taken up")
        WITHDRAWN = "withdrawn", _("Withdrawn by the reporter")
        SPAM = "spam", _("Spam")
        THREAT = "threat", _("Threat")
        REOPENED = "reopened", _("Opened again")

    class Priority(models.IntegerChoices):
        """The higher the sooner."""

        LOW = 1, _("Low")
        NORMAL = 2, _("Normal")
        HIGH = 3, _("High")
        URGENT = 4, _("Urgent")

    class Danger(models.TextChoices):
        """What danger intake found in the words, or a colleague saw; the strongest counts."""

        NONE = "", _("No danger")
        GAS = "gas", _("Danger: gas")
        LIFE = "life", _("Danger to people")
        HAZARD = "hazard", _("Dangerous, nobody hurt")

    class PlaceSource(models.TextChoices):
        """How the reporter said where it is."""

        PIN = "pin", _("Pin on the map")
        ADDRESS = "address", _("Address or description")
        OBJECT = "object", _("Object of the town")
        BUURT = "buurt", _("Neighbourhood from the list")

    class Source(models.TextChoices):
        """The channel by which it came."""

        WEB = "web", _("Website")
        PHONE = "phone", _("Telephone")
        COUNTER = "counter", _("Counter")
        EMAIL = "email", _("E-mail")
        API = "api", _("API")
        IMPORT = "import", _("Imported")

    class CategoryBy(models.TextChoices):
        """Who said what it is about, last."""

        NOBODY = "", _("Nobody yet")
        RESIDENT = "resident", _("Reporter")
        MODEL = "model", _("Model")
        STAFF = "staff", _("Colleague")
        IMPORT = "import", _("Imported")

    reference = models.CharField(_("reference"), max_length=8)
    follow_token = models.CharField(max_length=43, editable=False)
    text = models.TextField(_("what is the matter"), blank=True)
    point = models.PointField(_("place"), srid=settings.SRID_STORED, null=True, blank=True, spatial_index=False)
    # Metres that the pin may be off; None where nobody knows, or there is no pin.
    precision = models.PositiveSmallIntegerField(_("precision in metres"), null=True, blank=True)
    place_source = models.CharField(_("place given as"), max_length=8, choices=PlaceSource.choices)
    place_text = models.CharField(_("address or description"), max_length=200, blank=True)
    # The address that our table (or PDOK) has for it: what was chosen or typed, or what is nearest to the pin.
    address = models.CharField(_("address"), max_length=120, blank=True, default="", db_default="")
    asset = models.ForeignKey(
        Asset, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False, verbose_name=_("object")
    )
    buurt = models.ForeignKey(
        Area, models.PROTECT, related_name="+", db_constraint=False, db_index=False, verbose_name=_("neighbourhood")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False, db_index=False,
        verbose_name=_("category"),
    )  # fmt: skip
    category_by = models.CharField(
        _("category by"), max_length=8, choices=CategoryBy.choices, default=CategoryBy.NOBODY, blank=True
    )
    team = models.ForeignKey(
        Team, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False, db_index=False,
        verbose_name=_("team"),
    )  # fmt: skip
    assignee = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("colleague")
    )
    state = models.CharField(_("state"), max_length=12, choices=State.choices)
    danger = models.CharField(_("danger"), max_length=6, choices=Danger.choices, default=Danger.NONE, blank=True)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    deadline = models.DateTimeField(_("deadline"), null=True, blank=True)
    # The day that the reporter was told, as the moment at which it ends; it never moves without their being told.
    promised_at = models.DateTimeField(_("promised"), null=True, blank=True)
    # Of a danger, of which it is promised until when somebody looks: by when it is done, as its reporter was told
    # beside that. It says nothing while there is no danger.
    done_by = models.DateTimeField(null=True, editable=False)
    source = models.CharField(_("channel"), max_length=8, choices=Source.choices)
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("entered by")
    )
    received_at = models.DateTimeField(_("received"), editable=False)
    # Since when it is closed, empty while it is open: lifecycle writes it with the state.
    closed_at = models.DateTimeField(_("closed"), null=True, editable=False)
    # The melding into which this one was merged. It still counts: one row, one key, whatever happens to others.
    lead = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged", db_constraint=False, editable=False
    )
    # The melding from which staff split this one. It counts in no published figure, for that one does already.
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", db_constraint=False, editable=False
    )
    # When the sweep may ask for its prediction; empty: it has one, or never gets one (imported).
    prediction_due_at = models.DateTimeField(null=True, editable=False)
    # How often the sweep asked for it: each pause is longer.
    prediction_claims = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)
    submission_key = models.UUIDField(null=True, editable=False)
    # A keyed hash of what came with that key, contact details too; retention empties it within a week.
    submission_fingerprint = models.CharField(max_length=64, blank=True, db_default="", default="", editable=False)
    # One of too many from the same network at once. No state, for whether it is so depends on others: it is handled and
    # counted like any melding, but its reporter gets no mail and nothing public shows it until a colleague has judged.
    is_suspect = models.BooleanField(_("suspect"), default=False, db_default=False, editable=False)
    # A colleague keeps it out of what the public sees one by one, whatever its category.
    is_hidden = models.BooleanField(_("hidden from the public"), default=False, db_default=False, editable=False)
    # Drawn by chance: nobody is shown a guess of its category until a colleague chose, so that such choices measure the
    # model and do not follow it.
    is_audited = models.BooleanField(_("audited"), default=False, db_default=False, editable=False)
    # Since when something of its reporter waits for a colleague: words that were added, or that it is not solved. Any
    # act of a colleague empties it.
    reporter_spoke_at = models.DateTimeField(_("the reporter wrote"), null=True, editable=False)
    # Since when words are struck out of it, last; it teaches no model any more.
    struck_at = models.DateTimeField(_("words struck out"), null=True, editable=False)
    external_id = models.CharField(_("number in the source"), max_length=64, blank=True)
    search = models.GeneratedField(
        expression=SearchVector(_normal("text"), _normal("place_text"), config=SEARCH),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name = _("melding")
        verbose_name_plural = _("meldingen")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "reference"], name="melding_reference"),
            models.UniqueConstraint(fields=["municipality", "follow_token"], name="melding_follow_token"),
            models.UniqueConstraint(fields=["municipality", "submission_key"], name="melding_submitted_once"),
            models.UniqueConstraint(
                fields=["municipality", "external_id"],
                condition=~models.Q(external_id=""),
                name="melding_imported_once",
            ),
            models.UniqueConstraint(fields=["municipality", "id"], name="melding_key"),
            models.CheckConstraint(
                condition=models.Q(is_suspect=False) | ~models.Q(state__in=[workflow.SPAM, workflow.THREAT]),
                name="melding_spam_is_judged",
            ),
            # It leads to none that is merged itself either: the migration `merging` holds that.
            models.CheckConstraint(condition=~models.Q(lead=models.F("id")), name="melding_does_not_lead_itself"),
        ]
        indexes = [
            # What is counted for a month's figures is in the index.
            models.Index(
                "municipality",
                "received_at",
                include=["buurt", "category", "state", "part_of"],
                name="melding_received",
            ),
            # As the worklists of terms stand, and how many are in them.
            models.Index(
                "municipality", "deadline", "id", condition=OPEN, include=_BESIDE_TERM, name="melding_by_term"
            ),
            models.Index(
                "municipality",
                NOT_URGENT,
                "deadline",
                "id",
                condition=OPEN,
                include=_BESIDE_TERM,
                name="melding_by_urgency",
            ),
            # The same with what has no term in it, for whole worklists in this order.
            models.Index(
                "municipality", NOT_URGENT, DUE, "id", condition=OPEN, include=list(FILTERS), name="melding_by_due"
            ),
            _as_staff_read("melding_open_of_team", "team", condition=OPEN),
            models.Index("municipality", "category", "id", condition=OPEN, name="melding_open_of_category"),
            _as_staff_read("melding_open_of_person", "assignee", condition=OPEN),
            GinIndex("search", name="melding_search"),
            models.Index(
                "municipality",
                OpClass(STREET_AND_NUMBER, "text_pattern_ops"),
                condition=~models.Q(address=""),
                name="melding_by_street",
            ),
            _as_staff_read("melding_staff_list"),
            _as_staff_read("melding_staff_open", condition=OPEN),
            _as_staff_read("melding_by_state", "state"),
            _as_staff_read("melding_by_team", "team"),
            _as_staff_read("melding_by_category", "category"),
            _as_staff_read("melding_by_buurt", "buurt"),
            # What waits for a judgement: few rows, or a flood of them.
            models.Index(
                "municipality",
                URGENT_AND_OPEN.desc(),
                models.F("received_at").desc(),
                models.F("id").desc(),
                condition=models.Q(is_suspect=True),
                name="melding_suspect",
            ),
            # What reporters wrote and nobody read yet.
            models.Index(
                "municipality",
                models.F("reporter_spoke_at").desc(),
                condition=models.Q(reporter_spoke_at__isnull=False),
                name="melding_reporter_spoke",
            ),
            # What was solved lately is public for a while.
            models.Index("municipality", "closed_at", condition=models.Q(state=workflow.SOLVED), name="melding_solved"),
            # What is emptied tonight: a week of meldingen, never the history.
            models.Index(
                "received_at", condition=~models.Q(submission_fingerprint=""), name="melding_fingerprint_kept"
            ),
            # The sweep looks here every minute: its cost follows what nothing predicted yet, never the history.
            models.Index(
                "prediction_due_at",
                condition=models.Q(prediction_due_at__isnull=False),
                name="melding_prediction_due",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_emergency(self) -> bool:
        """Whether people may be in danger now: then nobody waits for a website."""
        return self.danger in (self.Danger.GAS, self.Danger.LIFE)

    @property
    def place_words(self) -> str:
        """How the reporter said where it is, where that says more than the address does."""
        return "" if says_no_more(self.place_text, self.address) else self.place_text

    @property
    def lived_elsewhere(self) -> bool:
        """Whether it comes from a former system, whatever its channel: nobody knows what was promised there."""
        return bool(self.external_id) or self.source == self.Source.IMPORT


class Reporter(Owned):
    """Contact details of who made the melding; kept apart and forgotten after their term."""

    melding = models.OneToOneField(Melding, models.PROTECT, related_name="reporter", db_constraint=False)
    name = models.CharField(_("name"), max_length=100, blank=True)
    email = models.EmailField(_("e-mail address"), blank=True)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    language = models.CharField(_("language"), max_length=12, default="nl")
    # Since when the melding is closed, empty while it is open: lifecycle writes it with the state, retention reads it.
    closed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("reporter")
        verbose_name_plural = _("reporters")
        indexes = [
            models.Index(
                "municipality",
                "closed_at",
                condition=models.Q(closed_at__isnull=False),
                name="reporter_to_forget",
            ),
            models.Index("municipality", DIGITS_OF_PHONE, condition=~models.Q(phone=""), name="reporter_by_phone"),
            GinIndex(NAME_WORDS, name="reporter_by_name"),
            GinIndex(OpClass("name", "gin_trgm_ops"), name="reporter_like_name"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_mailed(self) -> bool:
        """Whether there is an address to mail."""
        return bool(self.email)
