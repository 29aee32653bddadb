"""What pages and interfaces ask of the areas."""

from difflib import get_close_matches

from django.conf import settings
from django.contrib.gis.db.models.functions import Envelope, Transform
from django.db.models import QuerySet

from meldingen.places.models import Area
from meldingen.tenancy.models import Municipality

MOST_BUURTEN = 20


def buurten(municipality: Municipality) -> QuerySet[Area]:
    """The buurten in use, without their borders, by name."""
    buurten = Area.objects.in_use(municipality).filter(level=Area.Level.BUURT)
    return buurten.defer("geometry").order_by("name", "code")


def name_of(pk: int) -> str:
    """The name of one area."""
    return Area.objects.filter(pk=pk).values_list("name", flat=True).first() or ""


def bounds(municipality: Municipality) -> tuple[float, float, float, float] | None:
    """West, south, east and north of the town in degrees; None before its areas were loaded."""
    gemeente = Area.objects.in_use(municipality).filter(level=Area.Level.GEMEENTE)
    box = gemeente.values_list(Transform(Envelope("geometry"), settings.SRID_DOOR), flat=True).first()
    return box.extent if box else None


def attribution(municipality: Municipality) -> str:
    """Whose borders are in use, as a map must say it; empty where nobody asks for it."""
    gemeente = Area.objects.in_use(municipality).filter(level=Area.Level.GEMEENTE)
    return gemeente.values_list("attribution", flat=True).first() or ""


def buurten_by_name(municipality: Municipality, name: str) -> list[Area]:
    """The buurten in use of this name, or else those whose name has it in it; capitals do not count."""
    name = name.strip()
    if not name:
        return []
    rows = buurten(municipality)
    return list(rows.filter(name__iexact=name)) or list(rows.filter(name__icontains=name)[:MOST_BUURTEN])


def names_like(municipality: Municipality, text: str) -> list[str]:
    """The names of buurten in use that are spelt nearly like the text, the likest first."""
    names = {name.casefold(): name for name in buurten(municipality).values_list("name", flat=True)}
    return [names[key] for key in get_close_matches(text.strip().casefold(), names, n=3, cutoff=0.75)]
