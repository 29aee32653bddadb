"""Where the looks of a municipality are served: addresses that change with what is there."""

from django.templatetags.static import static
from django.urls import reverse

from meldingen.tenancy import themes
from meldingen.tenancy.models import Municipality


def stylesheet_address(where: Municipality | None) -> str:
    """Of its theme, or of the default one."""
    if where is None or not where.theme:
        return static(f"{themes.FOLDER}/theme.css")
    return reverse("stylesheet", args=[themes.digest(where.theme)])


def logo_address(where: Municipality | None) -> str:
    """Of its logo, or of the default one."""
    if where is None or not where.logo:
        return static(f"{themes.FOLDER}/logo.svg")
    return reverse("logo", args=[where.logo])
