"""The app registry's entry for the operational service."""

from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class MeldingenConfig(AppConfig):
    """Receives, classifies, routes and follows meldingen."""

    name = "meldingen"
    verbose_name = _("Meldingen")

    def ready(self) -> None:
        """Fill the staff site once every model is known, tell Django of our checks, and low rooms of high ones."""
        import meldingen.exports.admin
        import meldingen.exports.views
        import meldingen.handling.desk.configuring
        import meldingen.handling.desk.melding
        import meldingen.handling.desk.pages
        import meldingen.places.admin
        import meldingen.questions.admin
        import meldingen.retention.views
        import meldingen.routing.admin
        import meldingen.staffsite.colleagues
        import meldingen.staffsite.formal
        import meldingen.staffsite.municipality
        import meldingen.staffsite.own_pages
        import meldingen.telephone.pages
        import meldingen.upkeep.views  # noqa: F401
        from meldingen.notifications.files import check_mail
        from meldingen.notifications.staff_mail import check_duty
        from meldingen.retention.forgetting import count_forgotten_sooner
        from meldingen.routing.prediction import check_models
        from meldingen.routing.starter import check_starter
        from meldingen.showroom.checks import check_demo
        from meldingen.tenancy.terms import count_with

        checks.register(check_models, checks.Tags.database)
        checks.register(check_duty, checks.Tags.database)
        checks.register(check_demo, checks.Tags.database)
        checks.register(check_mail)
        checks.register(check_starter, checks.Tags.database)
        count_with(count_forgotten_sooner)
