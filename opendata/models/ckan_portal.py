"""The CKAN in which a municipality shows its datasets beside those of others."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Owned


class CkanPortal(Owned):
    """Where it is, as which organisation it publishes there, and its token, which `opendata.ckan.sealing` encrypts."""

    address = models.URLField(_("address"))
    owner = models.SlugField(_("organisation"), max_length=100)
    sealed_token = models.TextField(_("token, encrypted"), editable=False)

    class Meta:
        verbose_name = _("CKAN portal")
        verbose_name_plural = _("CKAN portals")
        constraints = [models.UniqueConstraint(fields=["municipality"], name="ckan_portal_once")]

    def __str__(self) -> str:
        return self.address
