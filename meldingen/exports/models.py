"""What colleagues took out of the inbox as a file: who, which view, how many and when. The file itself stays a day."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Owned, User


class Export(Owned):
    """One file of a worklist, and the log of it.

    `rights` and `teams` are those by which it was made: who lost one of them since gets nothing. `due_at`: from when
    the sweep may ask for it again; empty when it is ready or failed. `runs` counts the workers that began on it.
    """

    class Kind(models.TextChoices):
        """What a spreadsheet opens."""

        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel"

    class Stage(models.TextChoices):
        """Where it stands."""

        WAITING = "waiting", _("Waiting")
        RUNNING = "running", _("Being made")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Failed")
        GONE = "gone", _("File removed")

    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("colleague"))
    name = models.CharField(_("worklist"), max_length=250)
    # As it stands in the address of the inbox, without a saved name: what that stands for may change meanwhile.
    query = models.CharField(max_length=2000)
    kind = models.CharField(_("kind of file"), max_length=4, choices=Kind.choices)
    language = models.CharField(max_length=12)
    with_contact = models.BooleanField(_("with contact details"), default=False)
    stage = models.CharField(_("stage"), max_length=7, choices=Stage.choices, default=Stage.WAITING)
    refusal = models.CharField(max_length=12, blank=True)
    rights = ArrayField(models.CharField(max_length=12), default=list)
    teams = ArrayField(models.BigIntegerField(), default=list)
    total = models.PositiveIntegerField(_("meldingen"), null=True)
    done = models.PositiveIntegerField(default=0)
    runs = models.PositiveSmallIntegerField(default=0)
    key = models.UUIDField(default=uuid.uuid4, editable=False)  # what its file is called
    asked_at = models.DateTimeField(_("when"), db_default=Now())
    ended_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(_("fetched"), null=True)
    leased_until = models.DateTimeField(null=True)  # by the worker that makes it now
    due_at = models.DateTimeField(null=True, default=timezone.now)
    claims = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-id"]
        indexes = [
            models.Index("municipality", "owner", "asked_at", name="export_of_colleague"),
            models.Index("due_at", condition=models.Q(due_at__isnull=False), name="export_due"),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def is_on_its_way(self) -> bool:
        """Whether a worker has it, or will."""
        return self.stage in (self.Stage.WAITING, self.Stage.RUNNING)
