"""Who asked for a period to be drawn at once, and did not wait for the night."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Owned


class DrawRequest(Owned):
    """History: a row stays what it is, but for when its draw was done; none if it was refused or lost."""

    period = models.CharField(_("period"), max_length=7)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked"), auto_now_add=True)
    drawn_at = models.DateTimeField(_("drawn"), null=True)

    class Meta:
        verbose_name = _("draw that was asked for")
        verbose_name_plural = _("draws that were asked for")
        ordering = ["-asked_at"]
        constraints = [models.UniqueConstraint(fields=["municipality", "id"], name="draw_request_key")]
        indexes = [models.Index(fields=["municipality", "period"], name="draw_request_period")]

    def __str__(self) -> str:
        return self.period

    def drew(self, moment: datetime) -> bool:
        """Whether what was drawn at this moment is its work."""
        return self.drawn_at is not None and self.asked_at <= moment <= self.drawn_at
