"""The app registry's entry for municipalities and who works in them."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TenancyConfig(AppConfig):
    """Municipalities, hosts, teams and colleagues: it knows no melding."""

    name = "meldingen.tenancy"
    label = "tenancy"
    verbose_name = _("Municipality")
