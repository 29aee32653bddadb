"""What pages and interfaces ask of the areas."""

from django.db.models import QuerySet

from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality


def buurten(municipality: Municipality) -> QuerySet[Area]:
    """The buurten in use, without their borders, by name."""
    buurten = Area.objects.in_use(municipality).filter(level=Area.Level.BUURT)
    return buurten.defer("geometry").order_by("name", "code")


def attribution(municipality: Municipality) -> str:
    """Whose borders are in use, as a map must say it; empty where nobody asks for it."""
    gemeente = Area.objects.in_use(municipality).filter(level=Area.Level.GEMEENTE)
    return gemeente.values_list("attribution", flat=True).first() or ""
