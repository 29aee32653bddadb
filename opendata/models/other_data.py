"""Other data of the town, that stands elsewhere: a line on the page of open data."""

from django.core.validators import URLValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Owned


class OtherData(Owned):
    """What it is, whose, under which licence, and where."""

    title = models.CharField(_("title"), max_length=120)
    owner = models.CharField(_("owner"), max_length=120)
    licence = models.CharField(_("licence"), max_length=60, help_text=_("As its owner calls it: CC0, CC BY 4.0."))
    address = models.URLField(_("address"), max_length=300, validators=[URLValidator(["https", "http"])])

    class Meta:
        verbose_name = _("other data")
        verbose_name_plural = _("other data")
        ordering = ["title", "id"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "id"], name="other_data_key"),
            models.UniqueConstraint(fields=["municipality", "address"], name="other_data_once"),
        ]

    def __str__(self) -> str:
        return self.title
