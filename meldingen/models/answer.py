"""What staff write: answers that the reporter sees, notes that only colleagues see; and the mails that are due."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.models.event import Event
from meldingen.models.melding import Melding
from meldingen.models.municipality import Owned
from meldingen.models.user import User


class Answer(Owned):
    """A public answer to the reporter, shown on the follow page."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="answers", db_constraint=False)
    event = models.OneToOneField(Event, models.PROTECT, related_name="answer", db_constraint=False)
    text = models.TextField(_("answer"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.pk)


class Note(Owned):
    """A remark between colleagues; never public."""

    melding = models.ForeignKey(Melding, models.PROTECT, related_name="notes", db_constraint=False)
    event = models.OneToOneField(Event, models.PROTECT, related_name="note", db_constraint=False)
    text = models.TextField(_("note"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("author"))

    class Meta:
        verbose_name = _("note")
        verbose_name_plural = _("notes")
        ordering = ["id"]

    def __str__(self) -> str:
        return str(self.pk)


class Delivery(Owned):
    """A mail that an event asks for: at most one of each purpose per event.

    due_at says when the sweep may try it; empty means that it was sent (sent_at) or given up. claims counts how often
    the sweep asked for it. held_at says since when it waits for a mail with all that is held for its address.
    """

    class Purpose(models.TextChoices):
        """Whom a mail is for."""

        REPORTER = "reporter", _("To the reporter")
        DUTY = "duty", _("To the duty mailbox")

    event = models.ForeignKey(Event, models.PROTECT, related_name="deliveries", db_constraint=False)
    purpose = models.CharField(_("for whom"), max_length=10, choices=Purpose.choices, default=Purpose.REPORTER)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due_at = models.DateTimeField(_("due"), null=True, blank=True, default=timezone.now)
    held_at = models.DateTimeField(null=True, editable=False)
    claims = models.PositiveSmallIntegerField(default=0, db_default=0, editable=False)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [models.UniqueConstraint(fields=["municipality", "event", "purpose"], name="delivery_once")]
        indexes = [
            models.Index("due_at", condition=models.Q(due_at__isnull=False), name="delivery_due"),
            # What is held for an address.
            models.Index(
                "municipality",
                "id",
                condition=models.Q(held_at__isnull=False, due_at__isnull=False),
                name="delivery_held",
            ),
            # What the duty mailbox waits for, and when it heard last.
            models.Index(
                "municipality",
                "due_at",
                condition=models.Q(purpose="duty", due_at__isnull=False),
                name="delivery_duty_due",
            ),
            models.Index(
                "municipality",
                "sent_at",
                condition=models.Q(purpose="duty", sent_at__isnull=False),
                name="delivery_duty_sent",
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)
