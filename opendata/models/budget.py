"""The privacy budget: an account per month and per year, and what was booked on it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Owned
from opendata.models.exact import epsilon_field
from opendata.models.release import Release


class Budget(Owned):
    """One account. `spent` is written by the trigger of Booking alone; the row is locked while something is drawn."""

    class Kind(models.TextChoices):
        MONTH = "maand", _("Month")
        YEAR = "jaar", _("Year")

    kind = models.CharField(_("kind"), max_length=5, choices=Kind.choices)
    period = models.CharField(_("period"), max_length=7)
    granted = epsilon_field(_("granted"))
    spent = epsilon_field(_("spent"))

    class Meta:
        verbose_name = _("privacy budget")
        verbose_name_plural = _("privacy budgets")
        ordering = ["-period"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "period"], name="budget_once"),
            models.CheckConstraint(
                condition=models.Q(spent__gte=0, spent__lte=models.F("granted")), name="budget_not_overspent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality_id}/{self.period}"


class Booking(Owned):
    """What one release costs one account. A table per quarter is booked on each of its three months."""

    budget = models.ForeignKey(Budget, models.PROTECT, related_name="bookings", db_constraint=False)
    release = models.ForeignKey(Release, models.PROTECT, related_name="bookings", db_constraint=False)
    epsilon = epsilon_field("epsilon")

    class Meta:
        verbose_name = _("booking")
        verbose_name_plural = _("bookings")
        constraints = [models.UniqueConstraint(fields=["municipality", "release", "budget"], name="booking_once")]

    def __str__(self) -> str:
        return f"{self.release_id} on {self.budget_id}"
