"""Mails that are due, and how much mail an address had lately."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.record.models import Event
from meldingen.tenancy.models import Owned


class Mailbox(models.Model):
    """One mailbox to which unasked mail may go: when it was written to, and what its holder said.

    Of the whole deployment, not of one municipality: who is written to against their will does not ask by which town.
    So it holds no address, only a keyed hash of it (notifications.allowance), and it is deleted when it was not used
    for a while.
    """

    key = models.CharField(max_length=64, unique=True)
    single_mails = ArrayField(models.DateTimeField(), default=list)  # of the last hour
    digest_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    refused_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(db_index=True)

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
