"""What makes a row one of a municipality."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Owned(models.Model):
    """A row of one municipality. No index of its own: what is looked up together begins with it."""

    municipality = models.ForeignKey(
        "tenancy.Municipality", models.PROTECT, related_name="+", db_index=False, verbose_name=_("municipality")
    )

    class Meta:
        abstract = True
