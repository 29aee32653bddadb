"""What keeps a period from being drawn for a while, with a reason that everybody may read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Owned


class Hold(Owned):
    """Until a day, or until somebody lifts it. Rows stay: when was held what, and why, is history."""

    period = models.CharField(_("period"), max_length=7)
    reason = models.CharField(_("reason, for everybody to read"), max_length=300)
    until = models.DateField(_("held until"))
    held_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("held by"))
    held_at = models.DateTimeField(_("held since"), auto_now_add=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("lifted by")
    )
    lifted_at = models.DateTimeField(_("lifted"), null=True)

    class Meta:
        verbose_name = _("held period")
        verbose_name_plural = _("held periods")
        ordering = ["-held_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["municipality", "period"], condition=models.Q(lifted_at__isnull=True), name="hold_once"
            ),
            models.UniqueConstraint(fields=["municipality", "id"], name="hold_key"),
        ]

    def __str__(self) -> str:
        return self.period
