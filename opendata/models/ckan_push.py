"""What reached the CKAN of a municipality, and why something did not."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from meldingen.tenancy.models import Owned


class CkanPush(Owned):
    """Of a dataset: when it was last found or made equal there, and the last failure. Without one: of all."""

    class Failure(models.TextChoices):
        """Why it failed, as the data steward reads it; what the portal said stands beside it."""

        AWAY = "away", _("The portal could not be reached, or was too busy. It is tried again each night.")
        TOKEN = "token", _("The portal refuses our token. The administrator can give a new one.")
        ADDRESS = "address", _("At this address there is no CKAN any more. The administrator can give the new address.")
        REFUSED = "refused", _("The portal did not take it, or keeps it otherwise than it was sent.")
        NOT_SENT = "not_sent", _("Nothing was sent: something is not right here. The administrator can see what.")

    dataset = models.SlugField(_("dataset"), max_length=100, blank=True)
    arrived_at = models.DateTimeField(_("last up to date"), null=True)
    failed_at = models.DateTimeField(_("last failure"), null=True)
    failure = models.CharField(_("why"), max_length=10, choices=Failure.choices, blank=True)
    detail = models.CharField(_("what the portal said"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("dataset in CKAN")
        verbose_name_plural = _("datasets in CKAN")
        ordering = ["dataset"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "dataset"], name="ckan_push_once"),
            models.UniqueConstraint(fields=["municipality", "id"], name="ckan_push_key"),
        ]

    def __str__(self) -> str:
        return self.dataset

    @property
    def is_behind(self) -> bool:
        """Whether the last time failed."""
        return self.failed_at is not None and (self.arrived_at is None or self.failed_at > self.arrived_at)
