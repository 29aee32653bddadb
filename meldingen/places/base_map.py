"""What the map of a municipality draws below its pin."""

from dataclasses import dataclass

from django.conf import settings

from meldingen.tenancy.models import BaseMap, Municipality

SQUARES = "/kaart/vlak/{z}/{x}/{y}.json"


@dataclass(frozen=True)
class Drawn:
    """Addresses of tiles, or of squares of our own; with neither only the buurten are there."""

    tiles: str = ""
    squares: str = ""
    attribution: str = ""


def base_map(municipality: Municipality) -> Drawn:
    """Our own streets where they were loaded; tiles where the municipality wants those, or nothing was loaded."""
    wants = municipality.base_map
    if wants == BaseMap.OWN and municipality.map_loaded_at:
        return Drawn(squares=f"{SQUARES}?{int(municipality.map_loaded_at.timestamp())}")
    if wants != BaseMap.NONE and settings.TILES_URL:
        return Drawn(tiles=settings.TILES_URL, attribution=settings.TILES_ATTRIBUTION)
    return Drawn()
