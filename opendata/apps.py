"""The app registry's entry for what publishes."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpendataConfig(AppConfig):
    """Draws, books and publishes; knows areas and keys, never a melding."""

    name = "opendata"
    verbose_name = _("Open data")

    def ready(self) -> None:
        import opendata.admin  # noqa: F401
