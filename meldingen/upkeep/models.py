"""Who wants a mail in the morning about what is broken, and when beat last worked."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Owned, User


class MorningReader(Owned):
    """A colleague who wants to know each morning what is broken. `told_on`: the last local day that was looked at."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("colleague"))
    told_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["municipality", "user"], name="morning_reader_once")]

    def __str__(self) -> str:
        return str(self.pk)


class Heartbeat(models.Model):
    """When a periodic task of the whole deployment last ran."""

    name = models.CharField(max_length=30, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
