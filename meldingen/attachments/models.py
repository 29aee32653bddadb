"""What somebody adds to a melding beside their words: photos."""

import uuid

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.record.models import Melding
from meldingen.tenancy.models import Owned


class Photo(Owned):
    """One photo. What is in it is in the storage, in files that are named after `key` (meldingen.attachments.files).

    Without a melding it hangs on a form that nobody sent yet.
    """

    class State(models.TextChoices):
        """What became of the file that came in."""

        WAITING = "waiting", _("Being prepared")
        READY = "ready", _("Ready")
        UNREADABLE = "unreadable", _("Could not be read")
        INFECTED = "infected", _("Refused by the virus scanner")

    key = models.UUIDField(default=uuid.uuid4)
    # The mark of the form to which it was added: no other form can send it along.
    form = models.UUIDField()
    melding = models.ForeignKey(
        Melding, models.PROTECT, null=True, related_name="photos", db_constraint=False, db_index=False
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    # Of the small picture in pixels, so that a page does not jump when it comes; empty until it is ready.
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    # When the sweep may ask for its preparation; empty while its file comes in and once it is prepared.
    due_at = models.DateTimeField(null=True)
    claims = models.PositiveSmallIntegerField(default=0, db_default=0)
    # Until when one worker has it, and how often one began to decode it: what kills its worker ends some day.
    leased_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0)

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["municipality", "key"], name="photo_key")]
        indexes = [
            models.Index("municipality", "melding", condition=models.Q(melding__isnull=False), name="photo_of_melding"),
            models.Index(
                "municipality", "created_at", condition=models.Q(melding__isnull=True), name="photo_never_sent"
            ),
            models.Index("due_at", condition=models.Q(due_at__isnull=False), name="photo_due"),
        ]

    def __str__(self) -> str:
        return str(self.pk)
