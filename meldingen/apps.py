"""The app registry's entry for the operational service."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeldingenConfig(AppConfig):
    """Receives, classifies, routes and follows meldingen."""

    name = "meldingen"
    verbose_name = _("Meldingen")
