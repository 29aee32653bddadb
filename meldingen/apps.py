"""The app registry's entry for the operational service."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class MeldingenConfig(AppConfig):
    """Receives, classifies, routes and follows meldingen."""

    name = "meldingen"
    verbose_name = _("Meldingen")

    def ready(self) -> None:
        """Fill the staff site once every model is known, and tell Django of our checks."""
        from meldingen.notifications.duty import check_duty
        from meldingen.notifications.files import check_mail
        from meldingen.prediction import check_models
        from meldingen.tenancy.site import discover

        discover()
        checks.register(check_models, checks.Tags.database)
        checks.register(check_duty, checks.Tags.database)
        checks.register(check_mail)
