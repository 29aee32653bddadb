"""The app registry's entry for what learns and measures."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AnalyticsConfig(AppConfig):
    """Reads meldingen; writes facts, grids and models."""

    name = "analytics"
    verbose_name = _("Analytics")
