"""What must be kept for a while although its term is over."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.record.models.melding import Melding
from meldingen.tenancy.models import Owned, User


class Hold(Owned):
    """Until which day nothing is forgotten of who made a melding and who follows it, and why."""

    melding = models.OneToOneField(Melding, models.PROTECT, related_name="hold", db_constraint=False)
    reason = models.CharField(_("why it is kept"), max_length=200)
    until = models.DateField(_("kept until and with"))
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("colleague"))

    class Meta:
        verbose_name = _("hold")
        verbose_name_plural = _("holds")

    def __str__(self) -> str:
        return str(self.pk)
