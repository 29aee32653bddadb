"""Exact measures for staff, counted from Events. Open data never reads them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Municipality, Owned


class Fact(Owned):
    """How often something happened on one local day in one cell. Codes instead of keys: facts outlive their rows."""

    class Measure(models.TextChoices):
        RECEIVED = "received", _("Received")
        SOLVED = "solved", _("Solved")
        FORWARDED = "forwarded", _("Forwarded to another organisation")
        DECLINED = "declined", _("Not taken up")
        REOPENED = "reopened", _("Opened again")

    day = models.DateField(_("day"))
    buurt = models.CharField(_("buurt"), max_length=10)
    category = models.CharField(_("category"), max_length=80, blank=True)
    team = models.CharField(_("team"), max_length=50, blank=True)
    channel = models.CharField(_("channel"), max_length=8)
    measure = models.CharField(_("measure"), max_length=12, choices=Measure.choices)
    number = models.PositiveIntegerField(_("number"))

    class Meta:
        verbose_name = _("measure of a day")
        verbose_name_plural = _("measures of days")
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "day", "measure", "buurt", "category", "team", "channel"], name="fact_cell"
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.measure}"


class FactCursor(models.Model):
    """The last Event that was folded into the facts of a municipality, in the order of (xid, id) of one cluster.

    `settled`: every Event up to this id was counted, whatever its xid. `highest`: the highest id that was counted.
    """

    municipality = models.OneToOneField(Municipality, models.PROTECT, related_name="+", verbose_name=_("municipality"))
    xid = models.BigIntegerField(default=0)
    event_id = models.BigIntegerField(default=0)
    cluster = models.CharField(max_length=40)
    settled = models.BigIntegerField(default=0)
    highest = models.BigIntegerField(default=0)

    class Meta:
        verbose_name = _("cursor of the facts")
        verbose_name_plural = _("cursors of the facts")

    def __str__(self) -> str:
        return f"{self.xid}/{self.event_id}"
