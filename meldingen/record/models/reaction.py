"""What a reporter says after sending: words that they add, and whether it is solved."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.record.models.event import Event
from meldingen.record.models.melding import Melding
from meldingen.tenancy.models import Owned


class Addition(Owned):
    """What the reporter added to their melding; only they and colleagues read it."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="additions", db_constraint=False)
    event = models.OneToOneField(Event, models.PROTECT, related_name="addition", db_constraint=False)
    text = models.TextField(_("what was added"))

    class Meta:
        verbose_name = _("words of the reporter")
        verbose_name_plural = _("words of reporters")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.pk)


class Satisfaction(Owned):
    """What the reporter last said of how it ended. It says nothing of who they are, so it stays with the melding."""

    class Grade(models.IntegerChoices):
        """How content they are."""

        VERY_DISSATISFIED = 1, _("Very dissatisfied")
        DISSATISFIED = 2, _("Dissatisfied")
        NEUTRAL = 3, _("Neither")
        SATISFIED = 4, _("Satisfied")
        VERY_SATISFIED = 5, _("Very satisfied")

    melding = models.OneToOneField(Melding, models.PROTECT, related_name="satisfaction", db_constraint=False)
    # None: they gave a grade and did not say whether it is solved, as in a former system.
    is_solved = models.BooleanField(_("solved, says the reporter"), null=True)
    grade = models.PositiveSmallIntegerField(_("grade"), choices=Grade.choices, null=True)
    said_at = models.DateTimeField(_("said"))

    class Meta:
        verbose_name = _("satisfaction")
        verbose_name_plural = _("satisfaction")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(grade__isnull=True) | models.Q(grade__gte=1, grade__lte=5),
                name="satisfaction_grade_of_five",
            ),
            models.CheckConstraint(
                condition=models.Q(grade__isnull=False) | models.Q(is_solved__isnull=False),
                name="satisfaction_says_something",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
