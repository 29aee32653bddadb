"""What the machine said, kept beside what people chose; the models that said it, and when each was in use."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from meldingen.categories.models import Category
from meldingen.record.models import Melding
from meldingen.tenancy.models import Owned, User


class TrainedModel(Owned):
    """A classifier on disk: trained as a candidate, live when a person put it into use, retired after that.

    analytics.learning writes it, routing serves the live one; at most one is live per municipality.
    """

    class Status(models.TextChoices):
        """Whether it is in use; training alone never changes what is."""

        CANDIDATE = "candidate", _("Candidate")
        LIVE = "live", _("In use")
        RETIRED = "retired", _("Retired")

    class TrainedOn(models.TextChoices):
        """Where the training texts came from."""

        HANDLED = "handled", _("Handled meldingen of the municipality")
        EXAMPLES = "examples", _("Shipped examples, invented")

    version = models.PositiveIntegerField(_("version"))
    file = models.CharField(_("file"), max_length=200, help_text=_("Path under the models folder."))
    sha256 = models.CharField("SHA-256", max_length=64)
    trained_on = models.CharField(_("trained on"), max_length=8, choices=TrainedOn.choices)
    texts = models.PositiveIntegerField(_("number of texts"))
    classes = models.PositiveIntegerField(_("number of categories"))
    figures = models.JSONField(_("figures"), default=dict, blank=True)
    trained_at = models.DateTimeField(_("trained"), auto_now_add=True)
    status = models.CharField(_("status"), max_length=9, choices=Status.choices, default=Status.CANDIDATE)

    class Meta:
        verbose_name = _("trained model")
        verbose_name_plural = _("trained models")
        constraints = [
            models.UniqueConstraint(fields=["municipality", "version"], name="trained_model_version"),
            models.UniqueConstraint(
                fields=["municipality"], condition=models.Q(status="live"), name="trained_model_one_live"
            ),
            models.UniqueConstraint(fields=["municipality", "id"], name="trained_model_key"),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id}/{self.version}"


class ModelUse(Owned):
    """That another model is in use since then, or none: why, and by whom. Rows are only added."""

    model = models.ForeignKey(
        TrainedModel, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("model"),
    )  # fmt: skip
    before = models.ForeignKey(
        TrainedModel, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("model before"),
    )  # fmt: skip
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    # None: a command did it.
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("colleague")
    )  # fmt: skip
    happened_at = models.DateTimeField(_("when"), db_default=Now())

    class Meta:
        verbose_name = _("use of a model")
        verbose_name_plural = _("uses of models")
        ordering = ["-id"]

    def __str__(self) -> str:
        return str(self.pk)


class Prediction(Owned):
    """The one prediction of a melding. Without a model it says so, and people decide."""

    class Action(models.TextChoices):
        """What the machine may do with it."""

        ROUTE = "route", _("Sure enough to route")
        SUGGEST = "suggest", _("Suggests, people decide")
        PEOPLE = "people", _("Leaves it to people")

    melding = models.OneToOneField(Melding, models.PROTECT, related_name="prediction", db_constraint=False)
    model = models.ForeignKey(
        TrainedModel, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False, db_index=False,
        verbose_name=_("model"),
    )  # fmt: skip
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", db_constraint=False,
        verbose_name=_("category"),
    )  # fmt: skip
    probability = models.FloatField(_("probability"), null=True, blank=True)
    suggestions = models.JSONField(_("suggestions"), default=list, blank=True, help_text=_("Code and probability."))
    action = models.CharField(_("action"), max_length=8, choices=Action.choices)
    reason = models.CharField(_("reason"), max_length=30)
    emergency = models.BooleanField(_("words of danger"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("prediction")
        verbose_name_plural = _("predictions")
        # What a model did lately is counted in the index alone.
        indexes = [
            models.Index("model", "created_at", include=["action", "reason", "melding"], name="prediction_of_model")
        ]

    def __str__(self) -> str:
        return f"{self.action} ({self.reason})"
